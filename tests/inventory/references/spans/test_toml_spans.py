"""Where the texts of a TOML document stand."""

from __future__ import annotations

from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.spans.toml_spans import toml_texts

DOCUMENT = """\
# "no" = "text"
title = "a" # "b"
[tool."x.y".z]
list = ["b", 'c', \"\"\"
d\"\"\", # "e"
  "f\\u0041",
]
dotted.key = { in = "line", "or" = ['not', { it = "is" }] }
when = 1979-05-27 07:32:00
[[tool.many]]
module = "one"
[[tool.many]]
module = ["two"]
[tool.many.below]
long = '''
no \\escape ''here'''
"""

WANTED = {
    ("title",): "a",
    ("tool", "x.y", "z", "list", 0): "b",
    ("tool", "x.y", "z", "list", 1): "c",
    ("tool", "x.y", "z", "list", 2): "d",
    ("tool", "x.y", "z", "list", 3): "f\\u0041",
    ("tool", "x.y", "z", "dotted", "key", "in"): "line",
    ("tool", "x.y", "z", "dotted", "key", "or", 0): "not",
    ("tool", "x.y", "z", "dotted", "key", "or", 1, "it"): "is",
    ("tool", "many", 0, "module"): "one",
    ("tool", "many", 1, "module", 0): "two",
    ("tool", "many", 1, "below", "long"): "no \\escape ''here",
}


@pytest.mark.parametrize("text", [DOCUMENT, f"\ufeff{DOCUMENT}", DOCUMENT.replace("\n", "\r\n")])
def test_every_string_has_its_place(text: str) -> None:
    found = {t.names: text[t.start : t.end] for t in toml_texts(text) if not t.is_key}
    assert found == WANTED


def test_every_key_has_its_place() -> None:
    keys = [t for t in toml_texts(DOCUMENT) if t.is_key]
    assert all(DOCUMENT[t.start : t.end] == t.value == t.names[-1] for t in keys)
    assert ("tool", "many", 1, "module") in {t.names for t in keys}


def test_items_say_what_stands_between_them() -> None:
    texts = toml_texts("a = ['b', 'c']\nd = [\r\n  \"e\",\r\n]\nf = 'g'\n")
    between = [t.between for t in texts if not t.is_key]
    assert between == ["', '", "', '", '",\r\n  "', None]


@pytest.mark.parametrize(
    "text",
    ["a = ", "a = 'b", "= 'a'", "a = 'b' c", "[a\nb = 'c'", "a = ['b'", "a = 'b'\na = 'c'"],
)
def test_what_is_no_toml_has_none(text: str) -> None:
    assert toml_texts(text) == []


@pytest.mark.parametrize("mark", ["[", "a = [", 'a = "\\', "a='''", '""', "a.", "{", "#", " "])
def test_much_of_one_thing_is_read_in_no_time(mark: str) -> None:
    toml_texts(mark * 200_000)


VALUES = st.recursive(
    st.text() | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(min_size=1), VALUES, max_size=4))
def test_replacing_a_text_changes_that_value_alone(document: dict[str, Any]) -> None:
    text = tomlkit.dumps(document)
    for found in toml_texts(text):
        if found.is_key:
            continue
        changed = tomlkit.parse(f"{text[: found.start]}other{text[found.end :]}").unwrap()
        parent = changed
        for name in found.names[:-1]:
            parent = parent[name]
        assert parent[found.names[-1]] == "other"
        parent[found.names[-1]] = found.value
        assert changed == tomlkit.parse(text).unwrap()


@given(st.text(alphabet="[]{}=\"'\\.,#\n ab"))
def test_no_text_is_too_bad(text: str) -> None:
    toml_texts(text)
