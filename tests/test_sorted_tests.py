"""Tests of cases that are sorted, run for real by pytest and unittest: the same ones pass."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
_PASSED = re.compile(r"^(?:\S+::)?(test_\w+)\b.* (?:PASSED|\.\.\. ok)", re.MULTILINE)


def passed(folder: Path, command: str, search_path: str) -> list[str]:
    """Run a test command in a folder and return the names of the tests that passed, in order."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [sys.executable, "-B", *command.split()],
        cwd=folder,
        env={**plain, "PYTHONPATH": search_path},
        capture_output=True,
        text=True,
        check=False,
    )
    printed = done.stdout + done.stderr
    assert done.returncode == 0, printed
    return sorted(_PASSED.findall(printed))


def commands_of(folder: Path) -> list[str]:
    """Return what the Makefile has Python do, with every test named."""
    text = (folder / "Makefile").read_text(encoding="utf-8")
    return [f"{line} -v" for line in re.findall(r"^\tpython (-m .*)$", text, re.MULTILINE)]


@pytest.mark.parametrize(
    ("case", "count"),
    [
        ("tests-of-many-places", 10),
        ("tests-that-are-a-package", 2),
        ("tests-that-unittest-finds", 1),
    ],
)
def test_what_the_makefile_runs_passes_as_before(case: str, count: int, tmp_path: Path) -> None:
    """Before, code is found from the root; after, in the package alone.

    What stood elsewhere is below ``tests/`` now, where ``pytest tests`` finds it as well.
    """
    repository = Path(shutil.copytree(CASES / case, tmp_path / "case"))
    before, after = repository / "before", repository / "after"
    there: set[str] = set()
    now: set[str] = set()
    for command, follows in zip(commands_of(before), commands_of(after), strict=True):
        names = passed(before, command, "")
        found = passed(after, follows, "src")
        assert {*names} <= {*found}
        there.update(names)
        now.update(found)
    assert now == there
    assert len(now) == count
