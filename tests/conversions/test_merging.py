"""What the repository has wins; what only the template has is added."""

from __future__ import annotations

import tomlkit
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


def test_tables_are_merged_and_comments_stay() -> None:
    mine = tomlkit.parse("# mine\n[tool.ruff]\nline-length = 79 # narrow\n")
    theirs = tomlkit.parse(
        "[tool.ruff]\nline-length = 100\nfix = true\n[tool.mypy]\nstrict = true\n"
    )
    merge_tables(mine, theirs)
    text = tomlkit.dumps(mine)
    assert text.startswith("# mine\n[tool.ruff]\nline-length = 79 # narrow\n")
    assert mine.unwrap()["tool"] == {
        "ruff": {"line-length": 79, "fix": True},
        "mypy": {"strict": True},
    }


def test_what_is_to_be_skipped_is_not_added_at_any_depth() -> None:
    mine = tomlkit.parse("")
    theirs = tomlkit.parse("[a]\nx = 1\ny = 2\n[a.b]\nz = 3\n[c]\nw = 4\n")
    merge_tables(mine, theirs, ["a.y", "a.b", "c"])
    assert mine.unwrap() == {"a": {"x": 1}}
    assert tomlkit.parse(tomlkit.dumps(mine)).unwrap() == {"a": {"x": 1}}


def test_a_value_where_the_template_has_a_table_wins() -> None:
    mine = tomlkit.parse("tool = 3\n")
    merge_tables(mine, tomlkit.parse("[tool.x]\ny = 1\n"))
    assert mine.unwrap() == {"tool": 3}
