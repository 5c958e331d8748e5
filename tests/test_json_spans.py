"""Places in a JSON text are those that the standard library reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.json_spans import (
    NotJson,
    Span,
    elements,
    escapes_all,
    members,
    units,
    value_at,
    whole,
    written,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


def check(text: str, span: Span, value: Any) -> None:
    assert value_at(text, span) == value
    assert json.loads(text[span[0] : span[1]]) == value
    found = members(text, span)
    assert {key: value_at(text, place) for key, place in found.items()} == (
        value if isinstance(value, dict) else {}
    )
    items = elements(text, span)
    assert [value_at(text, place) for place in items] == (value if isinstance(value, list) else [])
    for key, place in found.items():
        check(text, place, value[key])
    for place, item in zip(items, value, strict=True) if items else ():
        check(text, place, item)


@given(VALUES, st.sampled_from([None, 2, "\t"]), st.booleans(), st.sampled_from(["", " \r\n\t"]))
def test_every_value_is_found(value: Any, indent: Any, escaped: bool, around: str) -> None:
    text = around + json.dumps(value, indent=indent, ensure_ascii=escaped) + around
    check(text, whole(text), value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("[1,\n2", 2),
        ('{"a": }', 1),
        ("[] []", 1),
        ("\n\n'a'", 3),
        ('"a\nb"', 1),
        ("[1,]", 1),
        ('{"a": 1,}', 1),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    with pytest.raises(NotJson, match=f"^line {line}: "):
        whole(text)


def test_nothing_is_nowhere() -> None:
    assert value_at("", None) is None
    assert members("", None) == {}
    assert elements("", None) == []


@given(st.text(), st.booleans())
def test_a_string_is_taken_apart_into_characters(text: str, escaped: bool) -> None:
    document = json.dumps(text, ensure_ascii=escaped)
    parts = units(document, whole(document))
    assert [json.loads(f'"{part}"') for part in parts] == list(text)
    assert written(text, escaped) == parts


def test_escapes_are_taken_as_they_are_written() -> None:
    document = r'"\u0041\/\ud834\udd1e\ud834x\n"'
    assert units(document, whole(document)) == [
        r"\u0041",
        r"\/",
        r"\ud834\udd1e",
        r"\ud834",
        "x",
        r"\n",
    ]


@pytest.mark.parametrize(
    ("document", "escaped"),
    [('"a"', False), (r'"\n\u001b"', False), ('"é"', False), (r'"\u00e9"', True)],
)
def test_how_a_document_writes_other_characters(document: str, escaped: bool) -> None:
    assert escapes_all(document) is escaped
