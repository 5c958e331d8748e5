"""An edit of an annotation may change names of modules, and nothing else."""

from __future__ import annotations

import pytest

from relayout.source import Edit, Source
from relayout.verification.annotations import KIND, unexplained_annotation

TEXT = "def f(x: 'a.b.C | None') -> 'D': ...\n"


def judged(new: str, start: int = 9, end: int = 23) -> str:
    source = Source(TEXT, "utf-8", bom=False)
    return unexplained_annotation(source, source.parse(), [Edit(start, end, new, KIND)])


@pytest.mark.parametrize("new", ["'p.a.b.C | None'", "'q.C | None'", "'a.b.C | None'"])
def test_another_module_is_explained(new: str) -> None:
    assert judged(new) == ""


@pytest.mark.parametrize(
    "new", ["'p.a.b.D | None'", "'p.a.b.C'", "p.a.b.C | None", "'p.a.b.C | Nothing'", "'p.a.b.C |'"]
)
def test_another_meaning_is_not(new: str) -> None:
    assert "changes its meaning" in judged(new)


def test_an_edit_elsewhere_is_not() -> None:
    assert "something else" in judged("'x'", 0, 3)


def test_other_edits_are_not_looked_at() -> None:
    source = Source(TEXT, "utf-8", bom=False)
    assert unexplained_annotation(source, source.parse(), [Edit(0, 3, "class", "import")]) == ""
