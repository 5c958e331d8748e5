"""Texts with expressions are read with their values, and edited as they are written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.commandline.templated import UNKNOWN, filled_in
from relayout.inventory.references.reference import Form, Reference

EXPRESSION = re.compile(r"\{(\w*)\}")
VALUES = {"a": "alpha", "none": "", "": "x"}


def named(text: str, part: str, form: Form = Form.PATH, prefix: str = "") -> list[Reference]:
    filled = filled_in(text, EXPRESSION, lambda match: VALUES.get(match[1]))
    start = filled.text.index(part)
    found = Reference(start, start + len(part), part, part, "k", prefix=prefix, form=form)
    return list(filled.written([found]))


@pytest.mark.parametrize(
    ("text", "part", "written"),
    [
        ("cat b/c", "b/c", "b/c"),
        ("cat {a}/c d", "alpha/c", "{a}/c"),
        ("cat b/{a} d", "b/alpha", "b/{a}"),
        ("cat b/{a}/{}.c", "b/alpha/x.c", "b/{a}/{}.c"),
        ("{a} b {a}", "b", "b"),
        ("{none}b{none}", "b", "b"),
        ("{none}{none}b{none}{none} c", "b", "b"),
        ("{a}{none}b", "b", "b"),
        ("b{none}{a}", "b", "b"),
    ],
)
def test_a_reference_is_led_back(text: str, part: str, written: str) -> None:
    (found,) = named(text, part)
    assert found.text == written == text[found.start : found.end]
    assert (found.filled or found.text) == part


def test_what_cannot_be_replaced_alone_is_left_out() -> None:
    assert named("cat {a}/c", "pha/c") == []
    assert named("cat b/{a}", "b/al") == []
    assert named("run {a}.c", "alpha.c", Form.MODULE) == []


def test_the_beginning_that_stays_is_as_it_is_written() -> None:
    (found,) = named("cat {a}/c/{}", "alpha/c/x", prefix="alpha/")
    assert (found.prefix, found.filled) == ("{a}/", "c/x")


def test_what_cannot_be_told_is_a_variable_that_nobody_knows() -> None:
    assert filled_in("a/{what}/b", EXPRESSION, lambda _: None).text == f"a/{UNKNOWN}/b"


@given(st.text(alphabet="ab{}/ none"), st.integers(0, 30), st.integers(1, 30))
def test_every_part_is_where_it_is_said_to_be(text: str, start: int, length: int) -> None:
    """What is led back stands there, and says the same once it is filled in."""
    filled = filled_in(text, EXPRESSION, lambda match: VALUES.get(match[1]))
    part = filled.text[start : start + length]
    found = Reference(start, start + len(part), part, part, "k")
    for led in filled.written([found] if part else []):
        assert text[led.start : led.end] == led.text
        again = filled_in(led.text, EXPRESSION, lambda match: VALUES.get(match[1]))
        assert again.text == part
