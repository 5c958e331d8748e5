"""How much of an expression's text is known."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.string_readings import Readings, is_dotted_name
from relayout.source import nodes_of


def read(code: str) -> list[tuple[str, bool, bool]]:
    """Return (text, is open, is shared) of what is given to ``f`` in some code."""
    module = ast.parse(code)
    calls = [n for n in nodes_of(module) if isinstance(n, ast.Call)]
    arguments = [c.args[0] for c in calls if isinstance(c.func, ast.Name) and c.func.id == "f"]
    readings = Readings(nodes_of(module), arguments)
    return [(r.text, r.is_open, r.is_shared) for a in arguments for r in readings.of(a)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("f('a.b')", [("a.b", False, False)]),
        ("f(f'a.b')", [("a.b", False, False)]),
        ("f(f'a.{n}.c')", [("a.", True, False)]),
        ("f('a.' 'b')", [("a.b", False, False)]),
        ("f('a.' + 'b')", [("a.b", False, False)]),
        ("f('a.' + n + '.b')", [("a.", True, False)]),
        ("f('a.%s' % n)", [("a.", True, False)]),
        ("f('a.{}'.format(n))", [("a.", True, False)]),
        ("f('a' if n else 'b')", [("a", False, False), ("b", False, False)]),
        ("f(n or 'b')", [("b", False, False)]),
        ("m = 'a'\nf(m)", [("a", False, False)]),
        ("m: str = 'a'\nf(f'{m}.b')", [("a.b", False, False)]),
        ("m = 'a.b'\nf(m + '.' + n)", [("a.b.", True, False)]),
        ("for m in ('a', 'b'):\n    f(m)", [("a", False, False), ("b", False, False)]),
        ("[f(m) for m in ['a']]", [("a", False, False)]),
        ("m = 'a'\nprint(m)\nf(m)", [("a", False, True)]),
        ("m = 'a.b'\nprint(m)\nf(m)", [("a.b", False, False)]),
        ("f(b'a')\nf(n)\nf(g('a'))\nf(f'{n}.a')\nf(1)\nf('%d' + 1)", [("%d", True, False)]),
        ("def g(m='a'):\n    f(m)", []),
        ("m = 'a'\nm += 'b'\nf(m)", []),
        ("m = n = 'a'\nf(m)", []),
        ("for m in names:\n    f(m)", []),
        ("m = 'a'\nm = m\nf(m)", [("a", False, True)]),
    ],
)
def test_what_is_known_of_an_argument(code: str, expected: list[tuple[str, bool, bool]]) -> None:
    assert read(code) == expected


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("a.b", True),
        ("a.b.C", True),
        ("a:b", True),
        ("a.b:C.d", True),
        ("ext://a.b", True),
        ("été.b", True),
        ("a", False),
        ("a.py", False),
        ("a.b ", False),
        ("a. b", False),
        ("a/b.c", False),
        ("a.1", False),
        (".a.b", False),
        ("a.b:", False),
        ("localhost:80", False),
        ("http://a.b", False),
        ("", False),
    ],
)
def test_the_form_of_a_dotted_name(text: str, is_name: bool) -> None:
    assert is_dotted_name(text) is is_name
