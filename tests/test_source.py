"""Python source is edited by position and written back byte for byte."""

from __future__ import annotations

import ast
import re
import sys
import time
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relayout.source import (
    Edit,
    NotPython,
    Source,
    apply_edits,
    code_of,
    holders,
    line_after,
    line_changes,
)


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


# -- laws

NAMES = ("a", "é", "日本", "\U00020000", "ﬁ", "_1")
TEXTS = ("", "é", "\u2028", "\x85", "\x0b\x0c\x1c", "\U0001f600", "日本語", "plain")
ENDS = ("\n", "\r\n", "\r")
LINES = (
    "{a} = '{t}'; {b}.{a}({b}, '{t}')",
    "import {a}.{b}; x = [{a}, '{t}', {b}]",
    "from {a} import ({e}    {b}, # {t}{e}    {a} as {b}{e})",
    "'''{t}{e}{t}'''; {a}.{b}",
    "if {a}:{e}\t{b} = '{t}' \\{e}    '{t}'",
    "# {t}",
    "\x0c{a}({b}, *{a}, k='{t}')",
    "",
    "def {a}({b}: '{t}' = {a}): return {b}",
)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """Python of wide and narrow characters, of any line ends, some of them mixed."""
    name, text = st.sampled_from(NAMES), st.sampled_from(TEXTS)
    end = st.sampled_from(draw(st.lists(st.sampled_from(ENDS), min_size=1, max_size=3)))
    lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=8))
    return "".join(
        line.format(a=draw(name), b=draw(name), t=draw(text), e=draw(end)) + draw(end)
        for line in lines
    )


def offset_by_bytes(text: str, line: int, column: int) -> int:
    """Return the offset of a position as the reference says: lines, and bytes of UTF-8 in them."""
    lines = re.split(rb"(?<=\n)|(?<=\r)(?!\n)", text.encode())
    return len(b"".join([*lines[: line - 1], lines[line - 1][:column]]).decode())


@given(programs(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-7"]))
def test_positions_are_exact_for_every_node(text: str, encoding: str) -> None:
    """Offsets agree with the reference, and an expression's text alone is that expression."""
    cookie = "" if encoding.startswith("utf-8") else f"# coding: {encoding}\n"
    try:
        source = Source.decode((cookie + text).encode(encoding))
        module = source.parse()
    except NotPython:
        assert encoding in ("utf-16", "utf-7")
        return
    for node in ast.walk(module):
        if not isinstance(node, ast.stmt | ast.expr | ast.alias):
            continue
        start, end = source.span(node)
        assert start == offset_by_bytes(source.text, node.lineno, node.col_offset)
        assert end == offset_by_bytes(source.text, node.end_lineno or 0, node.end_col_offset or 0)
        if isinstance(node, ast.expr) and not isinstance(node, ast.Starred):
            if isinstance(getattr(node, "ctx", None), ast.Load | None):
                alone = ast.parse(f"({source.text[start:end]})", mode="eval").body
                assert ast.dump(alone) == ast.dump(node)


@given(programs(), st.data())
def test_an_edit_changes_its_node_and_nothing_else(text: str, data: st.DataObject) -> None:
    source = Source.decode(text.encode())
    module = source.parse()
    names = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]
    if not names:
        return
    node = data.draw(st.sampled_from(names))
    start, end = source.span(node)
    edited = apply_edits(source.text, [Edit(start, end, "edited", "k")])
    assert edited[:start] + edited[start + len("edited") :] == text[:start] + text[end:]
    node.id = "edited"
    again = Source.decode(source.encode(edited))
    assert again.text == edited
    assert ast.dump(again.parse()) == ast.dump(module)


PIECES = (
    *(b"# -*- coding: %s -*-", b"# vim: set fileencoding=%s :", b"#coding=%s", b"#!/bin/sh"),
    *(b"#", b"", b"  ", b"\x0c", b"x = 1", b"'coding: %s'", b"# coding: ", b"# coding coding:%s"),
    *(b"\xef\xbb\xbf", b"# a\\", b'x = """', b"\\", b"x = '\xc3\xa9'", b"x = '\xe9'", b"\x1a"),
)
COOKIES = (
    *("latin-1", "cp1252", "utf-8", "utf8", "UTF_8", "utf-8-unix", "utf-8-sig", "latin_1_unix"),
    *("ISO-8859-1-dos", "koi8-r", "ascii", "utf-16", "rot13", "klingon", "utf-8-", "-", ".."),
    *("a.b", "__init__", "undefined"),
)


@settings(max_examples=200)
@given(
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.lists(
        st.tuples(st.sampled_from(PIECES), st.sampled_from(COOKIES), st.sampled_from(ENDS)),
        max_size=4,
    ),
)
def test_a_file_is_read_as_the_interpreter_reads_it(
    mark: bytes, lines: list[tuple[bytes, str, str]]
) -> None:
    """The tree, with all positions, is the one of the bytes; or both refuse the file.

    An interpreter may pass over bytes in comments that are no UTF-8; that is not repeated.
    """
    content = mark + b"".join(
        piece.replace(b"%s", name.encode()) + end.encode() for piece, name, end in lines
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expected = ast.dump(ast.parse(content), include_attributes=True)
    except (SyntaxError, ValueError):
        expected = ""
    problem = ""
    try:
        found = ast.dump(Source.decode(content).parse(), include_attributes=True)
    except NotPython as error:
        found, problem = "", str(error)
    assert found == expected or "'utf-8' codec" in problem


# -- cost and depth


@pytest.mark.parametrize("item", ["'a', ", "'é', "])
def test_a_position_in_a_long_line_costs_no_more_than_in_a_short_one(item: str) -> None:
    source = Source.decode(f"x = [{item * 200_000}]".encode())
    size = len(item.encode())
    begun = time.perf_counter()
    offsets = [source.offset(1, 5 + number * size) for number in range(200_000)]
    assert time.perf_counter() - begun < 10
    assert offsets == [5 + number * len(item) for number in range(200_000)]


def test_a_position_behind_the_text_is_its_end() -> None:
    """As in formatted strings before Python 3.12, of which positions are not exact."""
    assert Source.decode(b"x = 1\n").offset(7, 3) == 6


@pytest.mark.parametrize("text", ["-" * 100_000 + "1", "x" + ".y" * 200_000, "(" * 5_000])
def test_a_tree_too_deep_for_the_parser(text: str) -> None:
    with pytest.raises(NotPython, match=r"deeply|nested"):
        Source.decode(text.encode()).parse()


def is_read(text: str, calls: int) -> bool:
    """Tell whether a text is read, from so many calls further down."""
    if calls:
        return is_read(text, calls - 1)
    try:
        Source.decode(text.encode()).parse()
    except NotPython:
        return False
    return True


def test_whether_a_deep_tree_is_read_does_not_depend_on_who_asks() -> None:
    texts = ["-" * depth + "1" for depth in range(2_500, 2_900, 5)]
    limit = sys.getrecursionlimit()
    assert [is_read(text, 0) for text in texts] == [is_read(text, 300) for text in texts]
    assert sys.getrecursionlimit() == limit


def test_the_code_of_small_nodes() -> None:
    [short, long] = ast.parse(f"sys.exit(main())\na{'.b()' * 500}").body
    assert code_of(short) == "sys.exit(main())"
    assert code_of(long) == ""


def test_what_holds_a_node() -> None:
    call = ast.parse("f(a + b, c)", mode="eval").body
    found = holders(call, lambda node: isinstance(node, ast.Name) and node.id == "b")
    held = [ast.unparse(node) for node in ast.walk(call) if id(node) in found]
    assert held == ["f(a + b, c)", "a + b", "b"]


@pytest.mark.parametrize(
    ("text", "span", "bounds"),
    [
        ("", (0, 0), (0, 0)),
        ("a", (1, 1), (0, 1)),
        ("a\n", (2, 2), (2, 2)),
        ("a\n", (0, 1), (0, 2)),
        ("a\rb\rc", (2, 3), (2, 4)),
        ("a\n\nb", (2, 2), (2, 3)),
        ("a\nb\nc", (0, 3), (0, 4)),
        ("a\u2028b\x0cc", (2, 3), (0, 5)),
    ],
)
def test_bounds_of_lines(text: str, span: tuple[int, int], bounds: tuple[int, int]) -> None:
    assert Source(text, "utf-8", False).line_bounds(*span) == bounds


def test_lines_behind_edits_that_add_or_remove_some() -> None:
    text = "one\ntwo\nthree\nfour\n"
    changes = line_changes(text, [Edit(0, 3, "1\n1", ""), Edit(7, 8, " ", "")])
    assert [line_after(line, changes) for line in (0, 1, 2, 3, 4)] == [0, 1, 3, 3, 4]
