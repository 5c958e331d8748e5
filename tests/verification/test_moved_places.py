"""Where a path of the tree before leads after the moves, told from the moves alone."""

from __future__ import annotations

import pytest

from relayout.tree import Tree
from relayout.verification.moved_places import place_after, place_of_own_folder

TREE = Tree.of(dict.fromkeys(("a/x.py", "a/in/y.txt", "b/x.py", "b/y.txt", "c/z.txt"), ""))
TARGETS = {"a/x.py": "src/a/x.py", "a/in/y.txt": "src/a/in/y.txt", "b/x.py": "src/b/x.py"}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("a/x.py", "src/a/x.py"),
        ("c/z.txt", "c/z.txt"),
        ("a", "src/a"),
        ("a/in", "src/a/in"),
        ("b", None),
        ("c", "c"),
        ("", ""),
        ("a/new/file.txt", "src/a/new/file.txt"),
        ("b/new.txt", None),
        ("new/file.txt", "new/file.txt"),
    ],
)
def test_where_a_path_leads(path: str, place: str | None) -> None:
    assert place_after(TREE, TARGETS, path) == place


def test_the_own_folder_of_a_file_is_where_the_file_is() -> None:
    assert place_of_own_folder(TREE, TARGETS, "b/x.py", "b") == "src/b"
    assert place_of_own_folder(TREE, TARGETS, "a/x.py", "b") is None
