"""Imports in another order are no change; anything else is."""

from __future__ import annotations

from relayout.evolution.import_order import in_their_order
from relayout.tree import Tree

OLD = "from z import b\nfrom shop.a import c\nimport os\n\nX = 1\n"
THEIRS = "import os\nfrom shop.a import c\nfrom z import b\n\nX = 2\n"


def test_the_same_imports_are_put_in_their_order() -> None:
    base, ours = Tree.of({"a.py": OLD}), Tree.of({"a.py": OLD + "Y = 1\n"})
    done, mine = in_their_order(base, ours, Tree.of({"a.py": THEIRS}))
    assert done.read("a.py").decode() == THEIRS.replace("X = 2", "X = 1")
    assert mine.read("a.py").decode() == THEIRS.replace("X = 2", "X = 1") + "Y = 1\n"


def test_an_import_of_the_user_keeps_his_order() -> None:
    base, ours = Tree.of({"a.py": OLD}), Tree.of({"a.py": "import csv\n" + OLD})
    done, mine = in_their_order(base, ours, Tree.of({"a.py": THEIRS}))
    assert done.read("a.py").decode() == THEIRS.replace("X = 2", "X = 1")
    assert mine.read("a.py") == ours.read("a.py")


def test_a_file_that_the_user_left_alone_stays_as_it_is() -> None:
    base = Tree.of({"a.py": OLD})
    done = in_their_order(base, base, Tree.of({"a.py": THEIRS}))
    assert [tree.read("a.py").decode() for tree in done] == [OLD, OLD]


def test_other_imports_are_a_change() -> None:
    base, ours = Tree.of({"a.py": OLD}), Tree.of({"a.py": OLD + "Y = 1\n"})
    theirs = Tree.of({"a.py": THEIRS.replace("import os", "import re")})
    done, mine = in_their_order(base, ours, theirs)
    assert done.read("a.py").decode() == OLD
    assert mine.read("a.py") == ours.read("a.py")
