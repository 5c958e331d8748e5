"""Strings of JSON with comments, their places and the keys that lead to them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.spans.jsonc_spans import JsonString, strings_in

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def values(text: str) -> dict[tuple[str | int, ...], str]:
    return {found.keys: found.value for found in strings_in(text) if not found.is_key}


def test_a_string_is_known_by_its_keys_and_its_place() -> None:
    text = '{"a": [1, {"b": "x\\\\y"}], "c": "z"}'
    inner, outer = (found for found in strings_in(text) if not found.is_key)
    assert inner == JsonString(17, 21, r"x\\y", r"x\y", ("a", 1, "b"))
    assert outer == JsonString(32, 33, "z", "z", ("c",))


def test_the_keys_of_an_object_are_strings_too() -> None:
    keys = [found for found in strings_in('{"a": {"b": 1, "c": []}}') if found.is_key]
    assert [(found.value, found.keys) for found in keys] == [
        ("a", ("a",)),
        ("b", ("a", "b")),
        ("c", ("a", "c")),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"x"', {(): "x"}),
        ("\ufeff[\"x\"]", {(0,): "x"}),
        ('// "no"\n["x", /* "no", */ "y",]\n// end', {(0,): "x", (1,): "y"}),
        ('{"a": "x", // "b": "no"\r\n}', {("a",): "x"}),
        ('{"a": "// no comment /* nor this */"}', {("a",): "// no comment /* nor this */"}),
        ('[["x"], [], ["y"]]', {(0, 0): "x", (2, 0): "y"}),
        ('{"a": -1.5e3, "b": true, "c": "\\u00e4\\""}', {("c",): 'ä"'}),
        ('["x" /**/ , "y"]', {(0,): "x", (1,): "y"}),
    ],
)  # fmt: skip
def test_comments_and_commas_before_brackets_are_allowed(
    text: str, expected: dict[tuple[str | int, ...], str]
) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "{", '{"a"', '{"a": "b', '["a" "b"]', '{"a": "b"} "c"', "{'a': 'b'}", '{"a" "b"}',
        '["a\nb"]', '["\\x"]', "[,]", '["a",,"b"]', '{"a": "b"]', "/* open", "[" * 5000 + '"x"',
        "\0\xff", '{"a": }', "]",
    ],
)  # fmt: skip
def test_what_is_no_json_has_no_strings(text: str) -> None:
    assert strings_in(text) == []


@given(st.text(alphabet='{}[]",:/*\\ \nab1', max_size=40))
def test_no_text_raises_and_spans_are_what_is_written(text: str) -> None:
    for found in strings_in(text):
        assert text[found.start : found.end] == found.text
        assert text[found.start - 1] == text[found.end] == '"'


@given(_VALUES, st.booleans(), st.sampled_from([None, 2]))
def test_every_string_of_a_document_is_found(
    document: object, escaped: bool, indent: int | None
) -> None:
    """Law: the strings are those of the standard library's reader, in its order."""
    text = json.dumps(document, ensure_ascii=escaped, indent=indent)
    expected: list[str] = []
    stack = [document]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            expected.append(item)
        elif isinstance(item, list):
            stack += reversed(item)
        elif isinstance(item, dict):
            for key, value in reversed(item.items()):
                stack += [value, key]
    assert [found.value for found in strings_in(text)] == expected
