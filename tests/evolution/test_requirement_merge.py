"""A requirement that both sides changed."""

from __future__ import annotations

import pytest

from relayout.evolution.requirement_merge import meaning, merge_requirements


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        ("a>=1", "a[x]>=1", "a>=2", "a[x]>=2"),
        ("a>=1", "a[x]>=1", "a[y]>=1", "a[x,y]>=1"),
        ("a[x,y]>=1", "a[y]>=1", "a[x,y,z]>=1", "a[y,z]>=1"),
        ("a>=1", "a>=1; python_version < '3.11'", "a>=2", "a>=2; python_version < '3.11'"),
        ("a >= 1", "A >= 1", "a>=2", "A>=2"),
        ("a>=1", "a>=2", "a>=3", None),
        ("a>=1", "a @ file:///x", "a[y]>=1", "a[y]@ file:///x"),
        ("a>=1", "a ~", "a>=2", None),
    ],
)
def test_changes_of_different_parts_are_made(
    base: str, ours: str, theirs: str, both: str | None
) -> None:
    assert merge_requirements(base, ours, theirs) == both


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Django >= 4, <5", "django<5,>=4", True),
        ("a[X,y]", "a[y,x]", True),
        ("a>=1", "a>=2", False),
        ("a", "a; python_version < '3.11'", False),
        ("a ~", "a ~", True),
    ],
)
def test_two_ways_to_ask_for_the_same(one: str, other: str, is_same: bool) -> None:
    assert (meaning(one) == meaning(other)) is is_same
