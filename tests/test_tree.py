"""A tree is immutable; an edit makes a new one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.tree import (
    EXECUTABLE,
    REGULAR,
    SUBMODULE,
    SYMLINK,
    Entry,
    Tree,
    ancestors,
    blob_id,
    relocated,
)

NAMES = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)


def test_a_blob_has_the_id_that_git_gives_it() -> None:
    assert blob_id(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert blob_id(b"what is up, doc?") == "bd9dbf5aae1a3862dd1526723246b20206e5fc37"


def test_content_is_loaded_only_when_it_is_read() -> None:
    loaded = []

    def load(blob: str) -> bytes:
        loaded.append(blob)
        return b"x"

    tree = Tree({"a.py": Entry("1"), "b.py": Entry("2")}, load)
    assert list(tree) == ["a.py", "b.py"]
    assert loaded == []
    assert tree.read("b.py") == b"x"
    assert loaded == ["2"]


def test_a_moved_file_keeps_content_and_mode() -> None:
    tree = Tree.of({"a.sh": "x", "b": "y"}).with_modes({"a.sh": EXECUTABLE})
    moved = tree.moved({"a.sh": "c/a.sh"})
    assert set(moved) == {"c/a.sh", "b"}
    assert moved["c/a.sh"] == tree["a.sh"]
    assert set(tree) == {"a.sh", "b"}


def test_two_files_can_swap_their_places() -> None:
    moved = Tree.of({"a": "1", "b": "2"}).moved({"a": "b", "b": "a"})
    assert (moved.read("a"), moved.read("b")) == (b"2", b"1")


def test_two_files_cannot_be_moved_to_one_path() -> None:
    with pytest.raises(ValueError, match="one path"):
        Tree.of({"a": "1", "b": "2"}).moved({"a": "b"})


def test_written_content_keeps_the_mode() -> None:
    tree = Tree.of({"a.sh": "x"}).with_modes({"a.sh": EXECUTABLE})
    written = tree.with_content({"a.sh": b"y", "new": b"z"})
    assert written["a.sh"].mode == EXECUTABLE
    assert written["new"].mode == REGULAR
    assert tree.read("a.sh") == b"x"


def test_links_and_submodules_are_no_modules() -> None:
    tree = Tree.of({"a.py": "", "b.py": "a.py", "c.py": ""})
    tree = tree.with_modes({"b.py": SYMLINK, "c.py": SUBMODULE})
    assert tree.modules == {"a.py"}
    assert not tree.is_regular("b.py")
    assert not tree.is_regular("nothing")


def test_folders_are_those_that_hold_something() -> None:
    assert Tree.of({"a/b/c": "", "d": ""}).folders == {"", "a", "a/b"}


def test_ancestors_end_at_the_root() -> None:
    assert list(ancestors("a/b/c.py")) == ["a/b", "a", ""]
    assert list(ancestors("c.py")) == [""]


def test_what_is_not_there_cannot_be_read() -> None:
    with pytest.raises(KeyError):
        Tree.of({}).read("a")


@given(st.dictionaries(NAMES, st.binary(max_size=4)), st.dictionaries(NAMES, st.binary(max_size=4)))
def test_the_difference_of_two_trees_leads_from_one_to_the_other(
    older: dict[str, bytes], newer: dict[str, bytes]
) -> None:
    before, after = Tree.of(older), Tree.of(newer)
    written, removed = after.changed_since(before)
    result = {path: before[path] for path in before if path not in removed} | written
    assert result == {path: after[path] for path in after}
    assert not set(written) & set(removed)


def test_places_are_folders_that_are_never_files() -> None:
    tree = Tree.of({"a/b": "1"}).with_places(["data/db", "data/db/log"])
    assert tree.folders == {"", "a", "data/db", "data/db/log"}
    assert list(tree) == ["a/b"]
    assert "data/db" not in tree
    assert tree.below("data").places == {"db", "db/log"}
    assert tree.with_content({"c": b""}).without(["a/b"]).places == tree.places
    moved = tree.moved({"a/b": "a/c", "data/db": "data/services/db"})
    assert moved.places == {"data/services/db", "data/services/db/log"}
    assert moved.changed_since(tree)[1] == ["a/b"]


def test_a_place_goes_with_the_nearest_folder_above_it_that_moves() -> None:
    moves = {"a": "x", "a/b": "y"}
    assert relocated("a/b/c", moves) == "y/c"
    assert relocated("a/c", moves) == "x/c"
    assert relocated("ab", moves) == "ab"
