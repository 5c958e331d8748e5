"""What ``.dockerignore`` leaves out of a context."""

from __future__ import annotations

import pytest

from relayout.rewriting.left_out import left_out, taken_in
from relayout.source import apply_edits
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


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("*.md\n", "*.md\n# the package is made with them\n!README.md\n"),
        ("*.md", "*.md\n# the package is made with them\n!README.md\n"),
        ("*.md\r\n", "*.md\r\n# the package is made with them\r\n!README.md\r\n"),
    ],
)
def test_what_is_needed_is_taken_in_again(text: str, becomes: str) -> None:
    tree = Tree.of({".dockerignore": text})
    edit = taken_in(tree, ("README.md", "LICENSE"))
    assert edit is not None
    assert apply_edits(text, [edit]) == becomes
    assert taken_in(tree.with_content({".dockerignore": becomes.encode()}), ["README.md"]) is None
