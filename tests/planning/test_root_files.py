"""A root with more files than the layout has there is told."""

from __future__ import annotations

from dataclasses import replace

from relayout.planning.root_files import about_root_files
from relayout.tree import Tree
from streaming_trees import LAYOUT

FEW = replace(LAYOUT, root_files=2)


def test_more_files_than_the_layout_has_are_listed() -> None:
    tree = Tree.of({"b.md": "", "a.md": "", "c.md": "", "docs/d.md": ""})
    (finding,) = about_root_files(FEW, tree)
    assert (finding.code, finding.path) == ("crowded-root", ".")
    assert finding.message == (
        "3 files stand in the root, where the layout has at most 2: a.md, b.md, c.md"
    )


def test_as_many_as_it_has_say_nothing() -> None:
    assert not list(about_root_files(FEW, Tree.of({"a.md": "", "b.md": "", "x/c.md": ""})))


def test_a_layout_may_leave_it_open() -> None:
    tree = Tree.of({f"{number}.md": "" for number in range(50)})
    assert not list(about_root_files(replace(LAYOUT, root_files=0), tree))
