"""Python source is edited by position and written back byte for byte."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relayout.source import Edit, NotPython, Source, apply_edits


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x = 1",
        b"x = 1\r\ny = 2\r\n",
        b"x = 1\ry = 2\r",
        b"\xef\xbb\xbfx = 'a'\n",
        "# coding: latin-1\nx = 'é'\n".encode("latin-1"),
        "x = 'é\u2028'\n".encode(),
        b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n",
    ],
)
def test_a_file_survives_decoding_and_encoding(content: bytes) -> None:
    source = Source.decode(content)
    assert source.encode(source.text) == content


@pytest.mark.parametrize(
    "content",
    [
        b"x = '\xe9'\n",
        "x = 1\n".encode("utf-16"),
        b"# coding: klingon\nx = 1\n",
        b"\xef\xbb\xbf# coding: latin-1\n",
    ],
)
def test_an_encoding_that_cannot_be_told(content: bytes) -> None:
    with pytest.raises(NotPython, match="encoding"):
        Source.decode(content)


@pytest.mark.parametrize("text", ["print 'x'\n", "def f(:\n", "x = 1\0\n", "\tx = 1\n y = 2\n"])
def test_what_does_not_parse(text: str) -> None:
    with pytest.raises(NotPython):
        Source.decode(text.encode()).parse()


@pytest.mark.parametrize(
    "text",
    [
        "first = 1\nwanted\n",
        "first = 1\r\nwanted\r\n",
        "first = 1\rwanted\r",
        "é = '日本'; wanted\n",
        "x = '''\n\x0c\x1c\u2028 é'''; wanted",
        "\tif_ = 1; wanted".strip(),
    ],
)
def test_positions_of_the_syntax_tree_are_found_in_the_text(text: str) -> None:
    source = Source.decode(text.encode())
    [name] = [n for n in ast.walk(source.parse()) if isinstance(n, ast.Name) and n.id == "wanted"]
    start, end = source.span(name)
    assert text[start:end] == "wanted"


def test_bounds_of_the_lines_that_hold_a_span() -> None:
    source = Source.decode(b"a\r\nbcd\r\ne")
    assert source.line_bounds(4, 5) == (3, 8)
    assert source.line_bounds(8, 8) == (8, 9)
    assert source.newline == "\r\n"


def test_edits_are_made_in_any_order() -> None:
    edits = [Edit(4, 5, "Z", "k"), Edit(0, 1, "", "k"), Edit(2, 2, "+", "k")]
    assert apply_edits("abcdef", edits) == "b+cdZf"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abcdef", [Edit(0, 3, "", "k"), Edit(2, 4, "", "k")])


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_that_decodes_encodes_to_the_same_bytes(text: str) -> None:
    """What is given back for a text that was not edited is what was read."""
    content = text.encode()
    try:
        source = Source.decode(content)
    except NotPython:
        return
    assert source.encode(apply_edits(source.text, [])) == content
