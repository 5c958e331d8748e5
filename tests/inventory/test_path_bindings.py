"""A name stands for every value that the file gives it, in the function that gives it."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.path_bindings import Bindings


def values(code: str) -> list[str]:
    """Return the values of the name or attribute that the last statement is."""
    module = ast.parse(code)
    last = module.body[-1]
    while isinstance(last, ast.FunctionDef | ast.ClassDef):
        last = last.body[-1]
    assert isinstance(last, ast.Expr)
    assert isinstance(last.value, ast.Name | ast.Attribute)
    return [ast.unparse(value) for value in Bindings(module).values_of(last.value)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a = 1\na = 2\na", ["1", "2"]),
        ("a: int = 1\na", ["1"]),
        ("a, b = 1, 2\nb", ["2"]),
        ("for a in (1, 2):\n    pass\na", ["1", "2"]),
        ("with x as a:\n    pass\na", ["x"]),
        ("a = 1\ndef f():\n    a", ["1"]),
        ("a = 1\ndef f():\n    a = 2\n    a", ["2"]),
        ("a = 1\ndef f(a):\n    a", []),
        ("f(3)\ndef f(a, b=2):\n    a", ["3"]),
        ("f(3, b=4)\ndef f(a, *, b=2):\n    b", ["2", "4"]),
        ("def g():\n    x.m(5)\nclass C:\n    def m(self, a):\n        a", ["5"]),
        ("class C:\n    a = 1\nx.a", ["1"]),
        ("self.a = 1\nx.a", ["1"]),
        ("a", []),
        ("f().a", []),
    ],
)
def test_what_a_name_may_stand_for(code: str, expected: list[str]) -> None:
    assert values(code) == expected
