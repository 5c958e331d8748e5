"""Expressions that begin with a literal are told as far as the code spells them out."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.path_texts import CURRENT, UNKNOWN, PathTexts
from relayout.inventory.path_uses import PathUse, uses_in

HEAD = """\
import os
from os.path import join
from pathlib import Path

DIR = "sql"
"""


def uses(code: str, imported: dict[str, str] | None = None) -> list[PathUse]:
    module = ast.parse(HEAD + code)
    found = uses_in(module, PathTexts(module, {}, imported or {}))
    return [use for use in found if use.node.lineno > HEAD.count("\n")]


def told(code: str) -> list[str]:
    return sorted({use.text.text.replace(UNKNOWN, "?") for use in uses(code)})


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("f('a/b')", ["a/b"]),
        ("f(Path('a') / 'b' / name)", ["a/b/?"]),
        ("f(Path('a', 'b').joinpath('c', name))", ["a/b/c/?"]),
        ("f(join('a/', name + '.sql'))", ["a/?.sql"]),
        ("f(str(os.path.abspath(Path('a').resolve())))", ["a"]),
        ("f(f'{DIR}/{name}.sql')", ["sql/?.sql"]),
        ("f('%s/x.sql' % DIR, '{}/y.sql'.format(DIR))", ["sql/x.sql", "sql/y.sql"]),
        ("f('a/%s-%d.sql' % (x, y))", ["a/?-?.sql"]),
        ("f(DIR + '/' + name)", ["sql/?"]),
        ("f('a' if x else 'b')", ["a", "b"]),
        ("f(x or 'a')", ["a"]),
        ("f(os.environ.get('X', 'a/b'))", ["a/b"]),
        ("f(Path('.') / 'a', join('./', 'b'))", ["a", "b"]),
        ("for n in ('a', 'b'):\n    f(n)", ["a", "b"]),
        ("def g(p='a'):\n    f(p)\ng('b')", ["a", "b"]),
        ("class C:\n    d = 'a'\n    def g(self):\n        f(self.d + '/b')", ["a", "a/b"]),
        ("f(f'sqlite:///{DIR}/x.db')", ["sql/x.db"]),
        ("f(Path('a').glob('*.sql'), Path('b').rglob(x))", ["a/?.sql", "b/?"]),
        ("f('line\\n', 1, b'a', x.y)", []),
    ],
)
def test_what_an_expression_may_be(code: str, expected: list[str]) -> None:
    assert told(code) == expected


def test_a_text_counts_from_a_constant_of_another_module() -> None:
    imported = {"ROOT": "", "settings.DIR": "config"}
    found = uses("f(ROOT / 'a', settings.DIR + '/b', ROOT + 'c')", imported)
    assert [(u.text.own, u.text.base) for u in found] == [("a", ""), ("/b", "config"), ("c", None)]


def test_a_text_behind_something_unknown_has_no_base() -> None:
    found = uses("f(join(x, 'a'), x / 'b', 'c')")
    assert {u.text.own: u.text.base for u in found} == {"a": None, "b": None, "c": CURRENT}


def test_a_name_that_a_file_binds_itself_is_not_the_imported_one() -> None:
    assert uses("ROOT = g()\nf(ROOT / 'a')", {"ROOT": ""})[-1].text.base is None


def test_literals_behind_others_are_known() -> None:
    module = ast.parse("A = 'a'\nB = 'b'\nf(A + '/' + B)\nlog('a text: ' + B)")
    texts = PathTexts(module, {}, {})
    uses_in(module, texts)
    values = {
        n.value for n in ast.walk(module) if isinstance(n, ast.Constant) if id(n) in texts.tails
    }
    assert values == {"/", "b"}


@pytest.mark.parametrize(
    "code",
    [
        "f(" + " + ".join(["'a'"] * 500) + ")",
        "f(" + "f'" + "{x}/" * 20_000 + "')",
        "a = 'x'\n" * 3000 + "f(a)\n" * 3000,
        "f(" + "[" * 80 + "'a'" + "]" * 80 + ")",
        "a = b\nb = a\nf(a + '/c')",
        "f('" + "a/" * 500_000 + "')",
    ],
)
def test_large_and_circular_code_is_no_trouble(code: str) -> None:
    assert all(len(use.text.rest) < 1000 for use in uses(code))
