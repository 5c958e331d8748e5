"""Throw-away environments, and what programs print and how they end in them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run printed, and its exit status."""

    out: str
    err: str
    status: int

    @property
    def said(self) -> str:
        """The last line that it printed."""
        lines = (self.err or self.out).strip().splitlines()
        return lines[-1] if lines else f"exit status {self.status}"


class Environment:
    """An environment in which programs run, with a folder of their own to run in."""

    def __init__(self, folder: Path, **environment: str) -> None:
        """Make the environment, with no package in it."""
        self.folder = folder
        self._environment = environment
        _uv("venv", "--quiet", "--python", sys.executable, folder)

    def install(self, *requirements: str | Path) -> str:
        """Install packages; return what uv says if they cannot be installed, else nothing."""
        python = self.folder / "bin" / "python"
        return _uv("pip", "install", "--quiet", "--python", python, *requirements)

    def run(self, program: str, *arguments: str, called: str = "") -> Ended:
        """Run a program of the environment, in an empty folder with the folder ``empty``.

        What the program calls itself is COMMAND in what it prints, and the folder is FOLDER.
        """
        plain = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        with TemporaryDirectory(prefix="relayout-bench-") as folder:
            (Path(folder) / "empty").mkdir()
            done = subprocess.run(
                [self.folder / "bin" / program, *arguments],
                cwd=folder,
                env={**plain, "COLUMNS": "9999", **self._environment},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
        texts = [done.stdout, done.stderr]
        if called:
            texts = [text.replace(called, "COMMAND") for text in texts]
        out, err = (text.replace(folder, "FOLDER") for text in texts)
        return Ended(out, err, done.returncode)


def _uv(*arguments: str | Path) -> str:
    """Run uv; return what it says if it fails, else nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "uv", *arguments], capture_output=True, text=True, check=False
    )
    return done.stderr.strip() if done.returncode else ""
