from __future__ import annotations

import ast

import pytest

from relayout.verification.identifiers import identifiers


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("a = b.c\n", {"a", "b"}),
        ("import a.b, c.d as e\nfrom f import g, h as i\n", {"a", "e", "g", "i"}),
        ("def a(b, *c, d=e, **f): global g; g = 1\n", set("abcdefg")),
        (
            "class A(B):\n    async def c(self): d = 'e'\n",
            {"A", "B", "c", "self", "d"},
        ),
        ("def a():\n    b = 1\n    def c():\n        nonlocal b\n", set("abc")),
        ("lambda a: a\n", {"a"}),
    ],
)
def test_names_that_are_bound_or_used(code: str, names: set[str]) -> None:
    assert identifiers(ast.parse(code)) == names
