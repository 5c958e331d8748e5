"""Each character of a string is found in the literal that writes it."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.inventory.string_literals import Literal, read_literal
from relayout.source import NotPython, Source

PIECES = [
    *("\\\n", "\\\r\n", "\\n", "\\\\", "\\'", '\\"', "\\x41", "\\101", "\\0", "\\u00e9", "\\d"),
    *("\\U0001f600", "\\N{BULLET}", "\n", "\r\n", "\r", "a", "é", "😀", " ", "\t", "\f", "'", "{"),
]
OPENINGS = ["'''", '"""', "r'''", 'R"""', "u'''", "'", '"', "r'", "U'"]


def literal_of(text: str) -> tuple[Literal | None, str, Source]:
    source = Source(text, "utf-8", False)
    statement = source.parse().body[-1]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    return read_literal(source, statement.value), str(statement.value.value), source


@given(
    st.sampled_from(OPENINGS), st.lists(st.sampled_from(PIECES)), st.sampled_from(["", "é = 1; "])
)
def test_replacing_a_character_in_the_literal_replaces_it_in_the_value(
    opening: str, pieces: list[str], before: str
) -> None:
    text = f"{before}{opening}{''.join(pieces)}{opening.lstrip('rRuU')}\n"
    try:
        literal, value, source = literal_of(text)
    except NotPython:
        return
    if literal is None:
        assert "''" in text  # what follows the first literal is another
        return
    assert len(literal.offsets) == len(value) + 1
    for place, character in enumerate(value):
        if character == "\\":
            continue  # without it, the next character means something else
        start, end = literal.offsets[place], literal.offsets[place + 1]
        changed, other, _ = literal_of(f"{source.text[:start]}@{source.text[end:]}")
        assert changed is not None
        assert other == f"{value[:place]}@{value[place + 1 :]}"


@pytest.mark.parametrize(
    ("text", "line_end"),
    [
        ("'''a\n'''\n", "\n"),
        ("'''a\r\n'''\r\n", "\r\n"),
        ('r"""a"""\r', "\r"),
        ("'a'\n", "\\n"),
        ("r'a'\n", None),
    ],
)
def test_a_line_end_is_written_as_the_literal_writes_one(text: str, line_end: str | None) -> None:
    literal, _, _ = literal_of(text)
    assert literal is not None
    assert literal.line_end == line_end


@pytest.mark.parametrize(
    "text", ["('a' 'b')\n", "'a' r'b'\n", "('''a'''\n 'b')\n", "'a' \\\n'b'\n"]
)
def test_a_string_that_is_written_in_pieces_is_none_literal(text: str) -> None:
    assert literal_of(text)[0] is None
