"""What ``.dockerignore`` leaves out of a context."""

from __future__ import annotations

import pytest

from relayout.rewriting.left_out import left_out
from relayout.tree import Tree

NAMES = ("pyproject.toml", "README.md", "src")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("*.md", "README.md"),
        ("**/*.md", "README.md"),
        ("README*", "README.md"),
        ("/src/", "src"),
        ("src/**", "src"),
        ("*", "pyproject.toml"),
        ("*\n!pyproject.toml\n!src", "README.md"),
        ("*\n!pyproject.toml\n!README.md\n!src", ""),
        ("# src\n\nsrc/tests\ndocs/*.md\n*.log", ""),
        ("", ""),
    ],
)
def test_patterns(lines: str, name: str) -> None:
    assert left_out(Tree.of({".dockerignore": lines}), NAMES) == name


def test_without_the_file_nothing_is() -> None:
    assert left_out(Tree.of({}), NAMES) == ""


def test_a_hostile_file_takes_no_time() -> None:
    assert left_out(Tree.of({".dockerignore": "a*" * 200_000 + "\n" + "*?" * 50}), NAMES) in (
        *NAMES,
        "",
    )
