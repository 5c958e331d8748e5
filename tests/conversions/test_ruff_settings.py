"""Flake8's settings become those of Ruff that mean the same; Ruff accepts every one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from relayout.conversions.ruff_settings import ruff_settings


@pytest.mark.parametrize(
    ("section", "table", "left"),
    [
        ({}, {"lint": {"select": ["E", "F", "W"]}}, []),
        ({"max-line-length": "88"}, {"line-length": 88, "lint": {"select": ["E", "F", "W"]}}, []),
        ({"max_line_length": "999"}, {"lint": {"select": ["E", "F", "W"]}}, ["max-line-length"]),
        ({"select": "E,F401, B9"}, {"lint": {"select": ["E", "F401"]}}, ["B9"]),
        (
            {"ignore": "E501,W503 # no\n  F4", "extend-ignore": "E203,"},
            {"lint": {"select": ["E", "F", "W"], "ignore": ["E501", "F4"]}},
            ["W503", "E203"],
        ),
        (
            {"exclude": ".git,\n  build # made\n", "extend-exclude": "x"},
            {"extend-exclude": [".git", "build", "x"], "lint": {"select": ["E", "F", "W"]}},
            [],
        ),
        (
            {"max-complexity": "10", "docstring-convention": "google"},
            {"lint": {"select": ["E", "F", "W", "C90"], "mccabe": {"max-complexity": 10}}},
            ["docstring-convention"],
        ),
        ({"max-complexity": "-1"}, {"lint": {"select": ["E", "F", "W"]}}, []),
        (
            {"per-file-ignores": "\n  a.py: F401,E501\n  b/*.py:E402 F811\n  c.py: D100\n"},
            {
                "lint": {
                    "select": ["E", "F", "W"],
                    "per-file-ignores": {"a.py": ["F401", "E501"], "b/*.py": ["E402", "F811"]},
                }
            },
            ["D100"],
        ),
    ],
)
def test_each_setting(section: dict[str, str], table: dict[str, Any], left: list[str]) -> None:
    assert ruff_settings(section) == (table, left)


def test_ruff_accepts_every_code_that_is_kept(tmp_path: Path) -> None:
    codes = [f"{letter}{number:03}" for letter in "CEFW" for number in range(1000)]
    table, left = ruff_settings({"ignore": ",".join(codes)})
    assert len(left) < len(codes)
    (tmp_path / "ruff.toml").write_text(tomlkit.dumps(table), encoding="utf-8")
    (tmp_path / "a.py").write_text("x = 1\n", encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff", "check", "--no-cache", "."]
    done = subprocess.run(ruff, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
