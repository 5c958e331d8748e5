"""Items left out of lists, with their lines, commas and comments."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from relayout.conversions.splitting.shortened import without_items
from relayout.source import Source, apply_edits


def shortened(text: str, kept: str) -> str:
    source = Source(dedent(text), "utf-8", False)
    node = source.parse().body[0]
    if isinstance(node, ast.ImportFrom):
        flags = [alias.name in kept for alias in node.names]
        edits = without_items(source, node.names, flags)
    else:
        assert isinstance(node, ast.Assign)
        assert isinstance(node.value, ast.List | ast.Tuple)
        items = node.value.elts
        flags = [isinstance(item, ast.Constant) and item.value in kept for item in items]
        edits = without_items(source, items, flags)
    result = apply_edits(source.text, edits)
    ast.parse(result)
    return result


@pytest.mark.parametrize(
    ("text", "kept", "expected"),
    [
        ("from m import a, b, c\n", "a", "from m import a\n"),
        ("from m import a, b, c\n", "b", "from m import b\n"),
        ("from m import a, b, c\n", "c", "from m import c\n"),
        ("from m import (a as x, b, c)  # of m\n", "ac", "from m import (a as x, c)  # of m\n"),
        ("x = ['a', 'b',]\n", "", "x = []\n"),
        ("x = ('a', 'b')\n", "a", "x = ('a')\n"),
        ("x = [\n    'a', 'b',\n    'c',\n]\n", "bc", "x = [\n    'b',\n    'c',\n]\n"),
        ("x = [\n    'a', 'b',\n    'c',\n]\n", "a", "x = [\n    'a',\n]\n"),
        ("from m import (\n    a,\n    b,  # two\n)\n", "a", "from m import (\n    a,\n)\n"),
        ("from m import (\n    a,\n    b\n)\n", "a", "from m import (\n    a,\n)\n"),
    ],
)
def test_lists(text: str, kept: str, expected: str) -> None:
    assert shortened(text, kept) == expected


SECTIONS = """\
x = [
    # first
    "a",
    "b",

    # second
    "c",  # three
    "d",
]
"""


@pytest.mark.parametrize(
    ("kept", "lines"),
    [
        ("ab", ["    # first", '    "a",', '    "b",']),
        ("b", ["    # first", '    "b",']),
        ("cd", ["    # second", '    "c",  # three', '    "d",']),
        ("d", ["    # second", '    "d",']),
        ("bd", ["    # first", '    "b",', "", "    # second", '    "d",']),
    ],
)
def test_comments_go_with_the_items_below_them(kept: str, lines: list[str]) -> None:
    assert shortened(SECTIONS, kept) == "\n".join(["x = [", *lines, "]", ""])
