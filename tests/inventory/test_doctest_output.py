"""Which names in expected output are those of classes."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.doctest_output import names_in_output

TRACE = "Traceback (most recent call last):\n"


@pytest.mark.parametrize(
    ("docstring", "names"),
    [
        (">>> A\n<class 'a.b.A'>", ["a.b.A"]),
        (">>> [A,\n... B]\n[<class 'a.A'>, <class 'int'>,\n<class 'b.B.C'>]", ["a.A", "b.B.C"]),
        (">>> A()\n<a.A object at 0x...>\n\n<b.B object at 0x1>", ["a.A"]),
        (f">>> f()\n{TRACE}    ...\na.b.Error: 1", ["a.b.Error"]),
        (f"  >>> f()\n  {TRACE}      x.y\n  a.Error\n  b.Error: x", ["a.Error"]),
        (f">>> f()\n{TRACE}    a.b: x\nValueError: a.b.Error: x", []),
        (">>> f()\na.b.Error: 1", []),
        (f"{TRACE}a.b.Error: 1", []),
        ("<class 'a.A'>\n>>> A\n\n<class 'a.A'>", []),
        (">>> '<class \\'a.A\\'>'\n>>> B\n", []),
        (">>> A\n'a.b.A'\na.b.A", []),
    ],
)
def test_names_in_output(docstring: str, names: list[str]) -> None:
    statement = ast.parse(f"'''{docstring}'''").body[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    found = names_in_output(statement.value)
    assert [name.text for name in found] == names
    value = str(statement.value.value)
    assert all(value[name.start :].startswith(name.text) for name in found)
