"""Names that statements bind and read at the module's level."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from relayout.planning.splitting.names import Names, names_in_piece


def names(text: str) -> Names:
    text = dedent(text)
    found = names_in_piece(text, ast.parse(text).body)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "bound", "read"),
    [
        ("a = b", "a", "b"),
        ("a, (b, *c) = d", "a b c", "d"),
        ("a = b = c", "a b", "c"),
        ("a[b] = c.d", "", "a b c"),
        ("import a.b, c as d", "a d", ""),
        ("from a import b as c", "c", ""),
        ("(a := b)", "a", "b"),
        ("a = [b for b in c if (d := b)]", "a d", "c"),
        ("a = {b: c for b, c in d(e)}", "a", "d e"),
        ("a = lambda b, c=d: b + c + e", "a", "d e"),
        ("def a(b, c=d):\n    e = b\n    return e + f", "a", "d f"),
        ("def a():\n    return a()", "a", "a"),
        ("@a(b)\nclass c(d, e=f):\n    g = h\n    def i(self): return g, j", "c", "a b d f g h j"),
        ("class a:\n    b = b", "a", "b"),
        ("def a():\n    def b():\n        nonlocal c\n        c = 1\n    c = d", "a", "d"),
        ("def a(b: c, *d: e) -> f: g: h = 1", "a", "c e f h"),
        ("def a(b: 'c[d.e]', f: 'Literal'): ...", "a", "c d Literal"),
        ("def a(b: Literal['c', 'd']): ...", "a", "Literal"),
        ("a: 'b' = c", "a", "b c"),
        ("a = Optional['b']", "a", "Optional b"),
        ("a = PARTS['b']", "a", "PARTS"),
        ("a = cast('b', c)", "a", "b c cast"),
        ("a = []  # type: List[b]", "a", "List b"),
        ("a = 1  # type: ignore[b]", "a", ""),
        ("a = f'{b} {c!r:{d}}'", "a", "b c d"),
        ("try:\n    a = b\nexcept c as d:\n    pass", "a d", "b c"),
        ("for a in b:\n    c = a", "a c", "a b"),
        ("with a as b: c", "b", "a c"),
        ("del a", "a", ""),
        ("a = yield_ = 'not an annotation'", "a yield_", ""),
    ],
)
def test_names(text: str, bound: str, read: str) -> None:
    found = names(text)
    assert found.bound == {*bound.split()}
    assert found.read == {*read.split()}
    assert found.rebound == frozenset()


def test_names_that_functions_give_to_the_module() -> None:
    found = names("""\
    def a():
        global b, c
        b = 1
        return c
    """)
    assert found.rebound == {"b"}
    assert "c" in found.read


def test_statements_that_no_module_can_have() -> None:
    text = "def a():\n    nonlocal b\n"
    assert names_in_piece(text, ast.parse(text).body) is None
