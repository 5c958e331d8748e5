"""The strings of HCL are found with the call or the argument that they are for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.spans.hcl_strings import strings_of

Told = list[tuple[str, str, str, int]]


def told(text: str) -> Told:
    return [(s.text, s.key, s.call, s.position) for s in strings_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a = "b"', [("b", "a", "", 0)]),
        ('a = ["b", "c"]', [("b", "a", "", 0), ("c", "a", "", 0)]),
        ('a = f("b", "c")', [("b", "", "f", 0), ("c", "", "f", 1)]),
        ('a = f(g("b"), "c")', [("b", "", "g", 0), ("c", "", "f", 1)]),
        ('a = f({ k = "b" })', [("b", "k", "", 0)]),
        ('a = { "k" = "b" }', [("k", "", "", 0), ("b", "k", "", 0)]),
        ('a = { k : "b", l : "c" }', [("b", "k", "", 0), ("c", "l", "", 0)]),
        ('a = "x ${f("b")} y"', [("b", "", "f", 0), ('x ${f("b")} y', "a", "", 0)]),
        ('a = "$${f("', [("$${f(", "a", "", 0)]),
        ('a = "b \\" c"', [('b \\" c', "a", "", 0)]),
        ('# "b"\n// "c"\n/* "d" */\na = 1', []),
        ('a = <<E\nb "c"\nE\nd = "e"', [('b "c"\n', "a", "", 0), ("e", "d", "", 0)]),
        ('a = <<-E\n  ${f("c")}\n  E\n', [("c", "", "f", 0), ('  ${f("c")}\n', "a", "", 0)]),
        ('a = provider::x::f("b")', [("b", "", "provider::x::f", 0)]),
        ('a = x ? "b" : "c"', [("b", "a", "", 0), ("c", "a", "", 0)]),
        ('a = [for k, v in x : "b" if v != "c"]', [("b", "a", "", 0), ("c", "a", "", 0)]),
    ],
)
def test_a_string_is_told_by_its_place(text: str, expected: Told) -> None:
    assert told(text) == expected


def test_a_string_knows_the_block_that_it_stands_in() -> None:
    text = (
        'resource "a" "b" {\n  provisioner "c" {\n    x = "d"\n  }\n  y = { z = "e" }\n}\nw = "f"\n'
    )
    blocks = {s.key: s.block for s in strings_of(text) if s.key}
    assert blocks == {
        "x": ("resource", "a", "b", "provisioner", "c"),
        "z": ("=",),
        "w": (),
    }


@pytest.mark.parametrize(
    "text", ['a = "b', 'a = "b\nc"', "a = (", "a = ]", "a = {)", "/* a", "a = <<E\nb", 'a = "${b"']
)
def test_what_is_cut_off_has_no_strings(text: str) -> None:
    assert strings_of(text + '\nc = "d') == []


@given(st.text(alphabet='{}$"<>E\n[](),=:/*#ab%\\- '))
def test_every_string_stands_where_it_is_said_to(text: str) -> None:
    """Reading never raises."""
    for string in strings_of(text):
        assert text[string.start : string.end] == string.text
