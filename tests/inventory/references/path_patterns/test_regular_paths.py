"""Literal paths at the beginning of the alternatives of a regular expression are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.path_patterns.regular_paths import regular_references
from relayout.tree import Tree

TREE = Tree.of(dict.fromkeys(["etl/a.py", "etl/b-c.py", "sql/x.sql", "deep/in/load.py"], ""))


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("^etl/", [("etl/", "etl")]),
        (r"^etl/a\.py$", [(r"etl/a\.py", "etl/a.py")]),
        (r"^etl/b\-c\.py$", [(r"etl/b\-c\.py", "etl/b-c.py")]),
        ("^(etl|sql)/", [("etl", "etl"), ("sql", "sql")]),
        ("^((etl)|(?:sql/))", [("etl", "etl"), ("sql/", "sql")]),
        ("(?P<a>etl)/|sql", [("etl", "etl"), ("sql", "sql")]),
        ("^etl/.*|x/sql/", [("etl/", "etl")]),
        ("(?x) ^ ( etl/ # sql/\n | sql/ )", [("etl/", "etl"), ("sql/", "sql")]),
        ("in/load.py", [("in/load.py", "deep/in/load.py")]),
        ("^in/load.py", []),
        ("^src/(etl|sql)/", []),
        ("(^|/)etl/", []),
        ("[e]tl/", []),
        (r"\betl/", []),
        ("etl?/", []),
    ],
)
def test_a_path_is_found(pattern: str, found: list[tuple[str, str]]) -> None:
    references = list(regular_references(pattern, "test", TREE))
    assert [(r.text, r.path) for r in references] == found
    assert all(pattern[r.start : r.end] == r.text for r in references)


@pytest.mark.parametrize(
    ("pattern", "between"),
    [
        ("^(etl/|x)", "|"),
        ("^etl/|^x", "|^"),
        ("(?x)(\n  etl/|\n  x)", "|\n  "),
        ("^(etl|x)/", None),
        ("^etl/.*", None),
        ("^etl$", None),
    ],
)
def test_what_may_stand_between_alternatives(pattern: str, between: str | None) -> None:
    assert next(iter(regular_references(pattern, "test", TREE))).between == between


@given(st.text(st.sampled_from("etl/sq.|()^$[]*+?\\x# \n{}P<>=!"), max_size=60))
def test_any_text_is_read(pattern: str) -> None:
    """Law: no text makes it fail, and references stand in order without overlaps."""
    end = 0
    for reference in regular_references(pattern, "test", TREE):
        assert end <= reference.start < reference.end <= len(pattern)
        end = reference.end


def test_a_long_text_is_read_in_time() -> None:
    for text in ("(" * 30_000, "etl/|" * 10_000, "(?x)" + "#" * 50_000, "[" * 50_000):
        list(regular_references(text, "test", TREE))
