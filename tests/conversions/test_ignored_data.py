"""Which paths a ``.gitignore`` names is what git says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from relayout.conversions.ignored_data import ignored_files

PATHS = [
    "a.csv",
    "src/p/a.csv",
    "src/p/keep.csv",
    "src/p/data/b.txt",
    "src/p/data/deep/c.txt",
    "src/p/lib/m.py",
    "src/p/lib2/m.py",
    "src/p/[x].txt",
    "src/p/x y.txt",
    "src/p/build.py",
    "src/p/é.json",
]
PATTERNS = [
    "*.csv",
    "*.csv\n!keep.csv",
    "*.csv\n!src/p/keep.csv",
    "/a.csv",
    "lib/",
    "lib",
    "build/",
    "src/p/data",
    "src/p/data/\n!src/p/data/b.txt",
    "src/p/data/*\n!src/p/data/b.txt",
    "src/**/c.txt",
    "**/deep",
    "src/p/data/**",
    "src/p/**/m.py",
    "src/*/a.csv",
    "p/data",
    "lib?",
    "lib[0-9]",
    "lib[!0-9]",
    "\\[x\\].txt",
    "x y.txt",
    "x y.txt  ",
    "# *.csv",
    "\\#x",
    "!*.csv",
    "",
    "/",
    "é.json",
    "*",
    "*\n!*/\n!*.py",
    "src/p/*.txt\r",
]


@pytest.mark.parametrize("ignore", PATTERNS)
def test_it_is_what_git_says(tmp_path: Path, ignore: str) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text(ignore, encoding="utf-8", newline="")
    done = subprocess.run(
        ["git", "-C", tmp_path, "-c", "core.quotePath=false", "check-ignore", "--stdin", "-z"],
        input="\0".join(PATHS).encode(),
        capture_output=True,
        check=False,
    )
    told = {path for path in done.stdout.decode().split("\0") if path}
    assert set(ignored_files(PATHS, ignore)) == told


@pytest.mark.parametrize("ignore", ["[", "[z-a]", "\\", "*" * 5000, "a*" * 9, "**/" * 40 + "b"])
def test_a_pattern_that_makes_no_sense_ignores_nothing(ignore: str) -> None:
    assert ignored_files(["a" * 2000, "b/c"], ignore) == []
