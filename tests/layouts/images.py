"""The build stage of a Dockerfile, replayed in a folder: for machines that have no Docker."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from building import HIDDEN

# What the build stage installs for itself is there already: the Makefile of the repository has
# fetched it, or it is installed around the tests.
_TOOLS = re.compile(r"pip install --no-cache-dir '(uv|poetry)\b.*")


def instructions(dockerfile: Path) -> list[tuple[str, list[str]]]:
    """Return the instructions, each with its words; a RUN has its whole command as one word."""
    text = dockerfile.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    split = [line.partition(" ") for line in lines]
    return [(name, [rest] if name == "RUN" else shlex.split(rest)) for name, _, rest in split]


def replay_build_stage(context: Path, dockerfile: Path, folder: Path) -> None:
    """Do in a folder what the first stage does in `/app`; the test fails if a step does."""
    folder.mkdir()
    environment = {k: v for k, v in os.environ.items() if not HIDDEN.fullmatch(k)}
    tools = (context / ".tools" / "bin", Path(sys.executable).parent)
    environment["PATH"] = os.pathsep.join([*map(os.fspath, tools), environment["PATH"]])
    mirror = context / ".tools" / "index-url"  # what the Makefile tells Poetry of pip's settings
    if mirror.is_file():
        environment["POETRY_PYPI_MIRROR_URL"] = mirror.read_text(encoding="utf-8").strip()
    stages = 0
    for name, words in instructions(dockerfile):
        stages += name == "FROM"
        if stages > 1:
            return
        if name == "COPY":
            _copy(context, words, folder)
        elif name == "ENV":
            environment |= dict(word.split("=", 1) for word in words)
        elif name == "RUN" and not _TOOLS.fullmatch(words[0]):
            done = subprocess.run(
                ["/bin/sh", "-c", words[0]],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{words[0]}\n{done.stdout}\n{done.stderr}"


def _copy(context: Path, words: list[str], folder: Path) -> None:
    *sources, target = words
    for source in sources:
        there = context / source
        if there.is_dir():
            shutil.copytree(there, folder / target, dirs_exist_ok=True)
        else:
            place = folder / target
            place = place / there.name if target.endswith("/") else place
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(there, place)
