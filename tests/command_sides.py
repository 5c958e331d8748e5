"""The two sides of a comparison: commands under ``manage.py``, and the console scripts after."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

PROCESS = Path(__file__).parent / "command_process.py"


@dataclass(frozen=True, slots=True)
class Ended:
    """What a run printed, and its exit status."""

    out: str
    err: str
    status: int


class Side:
    """A process in which commands run one after the other."""

    def __init__(
        self,
        folder: Path,
        search_path: Sequence[Path],
        scripts: Mapping[str, str] | None = None,
        python: str = sys.executable,
        **environment: str,
    ) -> None:
        """Start it in a folder: by ``manage.py``, unless console scripts are given."""
        plain = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        self._process = subprocess.Popen(
            [python, PROCESS, "manager" if scripts is None else json.dumps(scripts)],
            cwd=folder,
            env={
                **plain,
                "PYTHONPATH": os.pathsep.join(map(str, search_path)),
                "PYTHONDONTWRITEBYTECODE": "1",
                "COLUMNS": "80",
                **environment,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Side:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def run(
        self,
        argv: Sequence[str],
        terminal: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run a command line: the name of a command, and its arguments."""
        return self._ask(argv=argv, terminal=terminal, environment=environment or {})

    def call(self, name: str) -> Ended:
        """Run the call of that name."""
        return self._ask(call=name)

    def _ask(self, **run: Any) -> Ended:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(run) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


_OF_MANAGER = re.compile(r"\[--settings SETTINGS\]|\[--pythonpath PYTHONPATH\]|\[--skip-checks\]")
_DESCRIBED = re.compile(
    r"^  --(settings|pythonpath|skip-checks)\b.*\n(?: {10,}.*\n)*", re.MULTILINE
)
_USAGE = re.compile(r"^usage: .*(?:\n .*)*", re.MULTILINE)


def comparable(ended: Ended) -> Ended:
    """Return a result without the three options of ``manage.py``.

    The usage is wrapped anew where an option is left out, so it is laid out in one line.
    """
    return replace(ended, out=_without_options(ended.out), err=_without_options(ended.err))


def _without_options(text: str) -> str:
    text = _USAGE.sub(lambda usage: " ".join(_OF_MANAGER.sub("", usage[0]).split()), text)
    return _DESCRIBED.sub("", text)
