"""Placeholders for arguments stand around what is there without arguments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.references.commandline.placeholders import without_placeholders


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("pytest {posargs:tests}", "pytest          tests "),
        ("a {args:b {env:X} c} {d}", "a       b {env:X} c  {d}"),
        ("{posargs:{posargs:x}}", "                  x  "),
        ("{posargs} {args}", "{posargs} {args}"),
        ("{posargs:x", "         x"),
        ("}}{args:x}}", "}}      x }"),
    ],
)
def test_the_braces_become_blanks(text: str, plain: str) -> None:
    assert without_placeholders(text) == plain


def test_many_are_read_in_no_time() -> None:
    assert without_placeholders("{args:" * 100_000).strip() == ""


@given(st.text(alphabet="{}args: x"))
def test_nothing_changes_its_place(text: str) -> None:
    plain = without_placeholders(text)
    assert len(plain) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, plain, strict=True))
