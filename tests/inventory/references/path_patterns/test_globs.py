"""A pattern matches the files that git and the services match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.path_patterns.globs import divided, matched

FILES = ("a.py", "b.md", "etl/a.py", "etl/sql/x.sql", "etl/sql/y.sql", "docs/[a].md")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.py", ["a.py"]),
        ("**.py", ["a.py", "etl/a.py"]),
        ("**/*.py", ["a.py", "etl/a.py"]),
        ("**", list(FILES)),
        ("etl", ["etl/a.py", "etl/sql/x.sql", "etl/sql/y.sql"]),
        ("etl/", ["etl/a.py", "etl/sql/x.sql", "etl/sql/y.sql"]),
        ("etl/*", ["etl/a.py", "etl/sql/x.sql", "etl/sql/y.sql"]),
        ("etl/*.sql", []),
        ("*/sql/?.sql", ["etl/sql/x.sql", "etl/sql/y.sql"]),
        ("etl/**/[xz].sql", ["etl/sql/x.sql"]),
        ("etl/sql/[!x].sql", ["etl/sql/y.sql"]),
        ("{a,b}.*", ["a.py", "b.md"]),
        ("docs/[[]a].md", ["docs/[a].md"]),
        ("*a*b*c*d*e*", []),
        ("x" * 400, []),
        ("[z-a]", []),
        ("[", []),
    ],
)
def test_a_pattern_matches(pattern: str, expected: list[str]) -> None:
    assert matched("", pattern, FILES) == expected


def test_a_pattern_counts_from_a_folder() -> None:
    assert matched("etl", "*.py", FILES) == ["etl/a.py"]
    assert matched("etl/sql", "x*", FILES) == ["etl/sql/x.sql"]


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("etl/sql/*.sql", ("etl/sql", "*.sql")),
        ("etl/{a,b}/x", ("etl", "{a,b}/x")),
        ("**/x", ("", "**/x")),
        ("/etl/**", ("/etl", "**")),
        ("etl/x.py", ("etl/x.py", "")),
    ],
)
def test_a_pattern_has_a_folder_before_its_first_wildcard(
    pattern: str, parts: tuple[str, str]
) -> None:
    assert divided(pattern) == parts


@given(st.text(st.sampled_from("ab/*?[]{},!.-\\"), max_size=30))
def test_any_pattern_matches_or_not(pattern: str) -> None:
    """Law: no pattern makes it fail, and what it matches is among the files."""
    assert set(matched("", pattern, FILES)) <= set(FILES)
