"""Ignore files: what the layout added and removed arrives, what the user wrote stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relayout.evolution.line_set_merge import merge_line_sets

BASE = "# Python\n__pycache__/\n*.pyc\n\n# Data\n/data/\n!/data/.gitignore\n"


def test_both_sides_additions_are_made_each_at_its_place() -> None:
    ours = BASE.replace("*.pyc\n", "*.pyc\n.venv/\n") + "/mine/\n"
    theirs = BASE.replace("/data/\n", "/data/\n/cache/\n")
    assert merge_line_sets(BASE, ours, theirs) == (
        "# Python\n__pycache__/\n*.pyc\n.venv/\n\n"
        "# Data\n/data/\n/cache/\n!/data/.gitignore\n/mine/\n"
    )


def test_what_the_layout_removed_goes_with_its_gap() -> None:
    ours = f"{BASE}/mine/\n"
    theirs = "# Data\n/data/\n!/data/.gitignore\n"
    assert merge_line_sets(BASE, ours, theirs) == f"{theirs}/mine/\n"


def test_a_new_section_keeps_its_title_and_its_gap() -> None:
    theirs = f"{BASE}\n# Secrets\n.env\n"
    assert merge_line_sets(BASE, f"{BASE}/mine/\n", theirs) == (
        f"{BASE}\n# Secrets\n.env\n/mine/\n"
    )


def test_a_rule_that_both_added_stands_once() -> None:
    ours = f".env\n{BASE}"
    assert merge_line_sets(BASE, ours, f"{BASE}\n# Secrets\n.env\n") == ours


def test_a_rule_that_the_user_took_out_stays_out() -> None:
    ours = BASE.replace("*.pyc\n", "")
    assert merge_line_sets(BASE, ours, f"{BASE}/new/\n") == f"{ours}/new/\n"


def test_lines_end_as_they_do() -> None:
    ours = f"{BASE}/mine/".replace("\n", "\r\n")
    theirs = f"{BASE}/new/\n"
    assert merge_line_sets(BASE, ours, theirs) == f"{BASE}/new/\n/mine/".replace("\n", "\r\n")


def test_a_line_without_an_end_gets_one_when_another_follows() -> None:
    assert merge_line_sets("a\n", "b\na", "a\nc\n") == "b\na\nc\n"


LINES = st.lists(st.sampled_from(["a/", "*.b", "!c", "/d", "# e", "# f", "", "  "]), max_size=8)
TEXTS = LINES.map(lambda lines: "".join(f"{line}\n" for line in lines))


def rules(text: str) -> set[str]:
    return {line for line in text.splitlines() if line.strip() and not line.startswith("#")}


@given(TEXTS, TEXTS)
def test_a_change_of_one_side_is_the_result(base: str, other: str) -> None:
    assert merge_line_sets(base, base, other) == other
    assert merge_line_sets(base, other, base) == other


@given(TEXTS, TEXTS, TEXTS)
def test_each_rule_is_there_if_no_side_removed_it(base: str, ours: str, theirs: str) -> None:
    merged = rules(merge_line_sets(base, ours, theirs))
    removed = rules(base) - (rules(ours) & rules(theirs))
    added = (rules(ours) | rules(theirs)) - rules(base)
    assert merged == (rules(base) - removed) | added


@given(TEXTS, TEXTS, TEXTS)
def test_merging_again_changes_nothing(base: str, ours: str, theirs: str) -> None:
    merged = merge_line_sets(base, ours, theirs)
    assert merge_line_sets(theirs, merged, theirs) == merged
    assert rules(merge_line_sets(base, merged, theirs)) == rules(merged)
