"""Paths that are copied together become several groups where they went apart."""

from __future__ import annotations

import pytest

from relayout.inventory.references.reference import ROOT, Form, Group, Reference
from relayout.planning.homes import Home
from relayout.rewriting.destination import Destination
from relayout.rewriting.reference_groups import Groups
from relayout.rewriting.spelling import Spelling
from relayout.tree import Tree

MOVES = {"a.py": "src/pkg/a.py", "b.py": "src/pkg/b.py", "jobs/run.py": "src/pkg/run.py"}
STAYS = ("notes.txt", "jobs/notes.txt")
KIND = "dockerfile"


def written(*paths: str, target: str = "./") -> str | None:
    tree = Tree.of(dict.fromkeys((*MOVES, *STAYS), ""))
    sources = tuple(
        Reference(0, 0, path, "" if "*" in path else path, KIND, form=_form(path), climbs=False)
        for path in paths
    )
    files = tuple(path for path in paths if path in tree)
    form = Form.FOLDER if files else Form.PATH
    place = Reference(0, 0, target, paths[0], KIND, ROOT, form=form, others=files[1:])
    group = Group(0, 0, sources, place, " ", " ", "\nCOPY ")
    return Groups(Spelling(Destination(tree, MOVES, (Home("pkg"),)))).of(group, "Dockerfile")


def _form(path: str) -> Form:
    return Form.PATTERN if "*" in path else Form.PATH


@pytest.mark.parametrize(
    ("paths", "target", "expected"),
    [
        (("a.py", "notes.txt"), "./", "src/pkg/a.py ./src/pkg/\nCOPY notes.txt ./"),
        (("notes.txt", "a.py", "b.py"), "./",
         "notes.txt ./\nCOPY src/pkg/a.py src/pkg/b.py ./src/pkg/"),
        (("jobs",), "./jobs", "jobs ./jobs\nCOPY src/pkg/run.py ./src/pkg/"),
    ],
)  # fmt: skip
def test_each_group_keeps_the_repositorys_shape(
    paths: tuple[str, ...], target: str, expected: str
) -> None:
    assert written(*paths, target=target) == expected


def test_what_can_be_followed_alone_is_no_group() -> None:
    assert written("a.py", "b.py") is None
    assert written("notes.txt") is None
