"""TOML is changed by as few bytes as a change needs."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from relayout.conversions.toml_text import Unwritable, rewrite, sections_of


def with_values(text: str, **tables: dict[str, Any]) -> str:
    """Return the text rewritten so that its tables have these keys as well."""
    target = tomlkit.parse(text).unwrap()
    for name, keys in tables.items():
        table = target
        for part in name.split("__"):
            table = table.setdefault(part, {})
        table.update(keys)
    return rewrite(text, target)


def test_what_says_it_already_stays_byte_for_byte() -> None:
    text = "[a]\nx=1   # one\n\n\n"
    assert rewrite(text, {"a": {"x": 1}}) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a]\nx = 1\n", "[a]\nx = 1\nnew = 2\n"),
        ("[a]\nx = 1", "[a]\nx = 1\nnew = 2\n"),
        ("[a]\n", "[a]\nnew = 2\n"),
        ("[a]\nx = 1\n\n\n[b]\ny = 1\n", "[a]\nx = 1\nnew = 2\n\n\n[b]\ny = 1\n"),
        ("[a]\nx = 1\n\n# of b\n[b]\n", "[a]\nx = 1\nnew = 2\n\n# of b\n[b]\n"),
        ("[a]\nx = 1\n# of b\n[b]\n", "[a]\nx = 1\nnew = 2\n# of b\n[b]\n"),
        ("[a]\nx = 1\n# z = 2\n\n[b]\n", "[a]\nx = 1\n# z = 2\nnew = 2\n\n[b]\n"),
        ("[a]\nx = 1\n[a.b]\ny = 2\n", "[a]\nx = 1\nnew = 2\n[a.b]\ny = 2\n"),
        ("[a]\nx = [\n  [1],\n]\n", "[a]\nx = [\n  [1],\n]\nnew = 2\n"),
        ('[a]\nx = """\n[b]\n"""\n', '[a]\nx = """\n[b]\n"""\nnew = 2\n'),
        ("[a]\r\nx = 1\r\n\r\n[b]\r\n", "[a]\r\nx = 1\r\nnew = 2\r\n\r\n[b]\r\n"),
        ("a = { x = 1 }\n", "a = { x = 1, new = 2 }\n"),
    ],
)
def test_a_new_key_goes_to_the_end_of_its_table(before: str, after: str) -> None:
    assert with_values(before, a={"new": 2}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "[t.new]\nx = 1\n"),
        ("[a]\ny = 1\n", "[a]\ny = 1\n\n[t.new]\nx = 1\n"),
        ("[a]\ny = 1\n\n\n", "[a]\ny = 1\n\n[t.new]\nx = 1\n"),
        ("[a]\ny = 1", "[a]\ny = 1\n\n[t.new]\nx = 1\n"),
        ("[t]\ny = 1\n\n[b]\n", "[t]\ny = 1\n\n[t.new]\nx = 1\n\n[b]\n"),
        ("[t]\ny = 1\n[b]\n", "[t]\ny = 1\n\n[t.new]\nx = 1\n\n[b]\n"),
        ("[t.old]\n\n# of b\n[b]\n", "[t.old]\n\n[t.new]\nx = 1\n\n# of b\n[b]\n"),
        ("[t.old]\ny = 1\n# the end\n", "[t.old]\ny = 1\n# the end\n\n[t.new]\nx = 1\n"),
        ("[[t.list]]\ny = 1\n", "[[t.list]]\ny = 1\n\n[t.new]\nx = 1\n"),
    ],
)
def test_a_new_table_has_one_blank_line_before_it(before: str, after: str) -> None:
    assert with_values(before, t__new={"x": 1}) == after


def test_a_new_table_of_the_template_brings_its_comments() -> None:
    template = "[a]\n# why\nx = 1 # one\n\n[b]\ny = 1\n"
    assert (
        rewrite("[z]\n", {"z": {}, "a": {"x": 1}}, template) == "[z]\n\n[a]\n# why\nx = 1 # one\n"
    )
    assert rewrite("[z]\n", {"z": {}, "a": {"x": 2}}, template) == "[z]\n\n[a]\nx = 2\n"


def test_items_are_added_and_removed_in_place() -> None:
    before = "[a]\nx = [\n  'p', # first\n  'q',\n] # list\n"
    after = "[a]\nx = [\n  'p', # first\n  'q',\n  \"r\",\n] # list\n"
    assert rewrite(before, {"a": {"x": ["p", "q", "r"]}}) == after
    assert rewrite(after, {"a": {"x": ["p", "q"]}}) == before


def test_items_may_change_their_order() -> None:
    result = rewrite("x = ['p', 'q', 'r']\n", {"x": ["r", "s", "p"]})
    assert tomlkit.parse(result).unwrap() == {"x": ["r", "s", "p"]}


def test_a_value_that_changes_keeps_its_comment() -> None:
    assert rewrite("x = 'p'  # why\ny=1\n", {"x": "q", "y": 1}) == 'x = "q"  # why\ny=1\n'


def test_keys_of_a_table_with_dotted_names_are_added() -> None:
    before = "[t]\na.x = 1\n\n[u]\n"
    after = "[t]\na.x = 1\na.new = 2\n\n[t.b]\ny = 3\n\n[u]\n"
    assert with_values(before, t__a={"new": 2}, t__b={"y": 3}) == after
    assert with_values("t.a.x = 1\n", t__a={"new": 2}) == "t.a.x = 1\nt.a.new = 2\n"


def test_a_comment_belongs_to_what_is_below_it_if_nothing_is_between() -> None:
    text = "a = 1\n# of a\n\n[b]\nc = 1\n# of d\n[d]\n"
    found = {section.names: text[: section.end] for section in sections_of(text)}
    assert found[()].endswith("# of a\n")
    assert found[("b",)].endswith("c = 1\n")


NAMES = st.sampled_from(["a", "b", "c d"])
VALUES = st.one_of(st.integers(0, 9), st.text("xy\n\"'#[", max_size=4), st.lists(st.integers(0, 3)))
TABLES = st.recursive(
    st.dictionaries(NAMES, VALUES, max_size=3),
    lambda inner: st.dictionaries(NAMES, st.one_of(VALUES, inner), max_size=3),
    max_leaves=6,
)


@given(TABLES, TABLES, st.sampled_from(["", "\n\n", "# end\n", "# end"]))
def test_the_result_says_what_it_is_to_say(
    mine: dict[str, Any], more: dict[str, Any], end: str
) -> None:
    text = tomlkit.dumps(mine) + end
    target = _merged(mine, more)
    try:
        result = rewrite(text, target)
    except Unwritable:
        return
    assert tomlkit.parse(result).unwrap() == target
    assert rewrite(result, target) == result
    kept = iter(result.splitlines())
    assert all(line in kept for line in text.splitlines() if line.strip())


def _merged(mine: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    target = copy.deepcopy(mine)
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(target.get(key), dict):
            target[key] = _merged(target[key], value)
        else:
            target.setdefault(key, value)
    return target
