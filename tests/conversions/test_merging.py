"""What the repository has wins; what only the template has is added."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from relayout.conversions.merging import merge_lines, merge_tables

LINES = st.lists(st.sampled_from(["a", "b/", "*.c", "# d", "", "!e"])).map("\n".join)


def test_missing_lines_are_added_at_the_end() -> None:
    assert merge_lines("a\nb", "b\nc\n") == "a\nb\n\n# Added by the layout\nc\n"
    assert merge_lines("a\r\n", "c\n") == "a\r\n\r\n# Added by the layout\r\nc\r\n"
    assert merge_lines("", "c\n") == "\n# Added by the layout\nc\n"


@given(LINES, LINES)
def test_merging_again_changes_nothing(mine: str, template: str) -> None:
    once = merge_lines(mine, template)
    assert once.startswith(mine)
    assert merge_lines(once, template) == once


def test_what_the_repository_says_wins() -> None:
    mine = {"tool": {"ruff": {"line-length": 79}}}
    theirs = {"tool": {"ruff": {"line-length": 100, "fix": True}, "mypy": {"strict": True}}}
    merge_tables(mine, theirs)
    assert mine == {"tool": {"ruff": {"line-length": 79, "fix": True}, "mypy": {"strict": True}}}


def test_what_is_to_be_skipped_is_not_added_at_any_depth() -> None:
    mine: dict[str, Any] = {}
    theirs = {"a": {"x": 1, "y": 2, "b": {"z": 3}}, "c": {"w": 4}, "d": {"e": 5}}
    merge_tables(mine, theirs, ["a.y", "a.b", "c", "d.e"])
    assert mine == {"a": {"x": 1}}


def test_a_value_where_the_template_has_a_table_wins() -> None:
    mine: dict[str, Any] = {"tool": 3}
    merge_tables(mine, {"tool": {"x": {"y": 1}}})
    assert mine == {"tool": 3}
