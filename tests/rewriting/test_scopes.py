"""Names belong to the variables that Python's rules give them."""

from __future__ import annotations

import ast

import pytest

from relayout.rewriting.scopes import Scopes, is_called_later


def homes(code: str, name: str = "a") -> list[tuple[int, str]]:
    """Return, for each use of a name, its line and what kind of scope has its variable."""
    scopes = Scopes(ast.parse(code))
    found = []
    for reference in scopes.references(name):
        home = scopes.home(name, reference.scope)
        kind = type(home.node).__name__ if home is not None else "nowhere"
        found.append((reference.node.lineno, kind))
    return sorted(found)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a", "nowhere"),
        ("import a.b\na", "Module"),
        ("import a\ndef f():\n    a", "Module"),
        ("def f(a):\n    a", "FunctionDef"),
        ("a = 1\ndef f(b=a): pass", "Module"),
        ("def f():\n    a\n    a = 1", "FunctionDef"),
        ("a = 1\nclass C:\n    a = 2\n    def f(self):\n        a", "Module"),
        ("a = 1\nclass C:\n    a = 2\n    a", "ClassDef"),
        ("a = 1\nclass C:\n    a = 2\n    [a for _ in b]", "Module"),
        ("a = 1\nclass C:\n    a = 2\n    [b for b in a]", "ClassDef"),
        ("[a for a in b]", "ListComp"),
        ("def f():\n    [a := 1]\n    a", "FunctionDef"),
        ("def f():\n    [(a := b) for b in c]\n    a", "FunctionDef"),
        ("lambda a: a", "Lambda"),
        ("def f():\n    global a\n    a = 1\ndef g():\n    a", "Module"),
        (
            "def f():\n    a = 1\n    def g():\n        nonlocal a\n        a = 2\n        a",
            "FunctionDef",
        ),
        ("a = 1\ndef f():\n    global a\n    def g():\n        a", "Module"),
        ("try: pass\nexcept E as a:\n    a", "Module"),
        ("match b:\n    case {'x': 1, **a}: a", "Module"),
        ("def f():\n    del a\n", "FunctionDef"),
        ("import a\ndef f(x: 'a.b', a): pass", "Module"),
    ],
)
def test_the_scope_of_a_name(code: str, expected: str) -> None:
    assert {kind for _, kind in homes(code)} == {expected}


def test_attributes_follow_their_name() -> None:
    (reference,) = Scopes(ast.parse("a.b.c().d")).references("a")
    assert [attribute.attr for attribute in reference.attributes] == ["b", "c"]


def test_code_of_functions_is_called_later() -> None:
    scopes = Scopes(ast.parse("def f():\n    [a for _ in b]\nclass C:\n    a\n(lambda: a)\n"))
    later = {r.node.lineno: is_called_later(r.scope) for r in scopes.references("a")}
    assert later == {2: True, 4: False, 5: False}


def test_a_deep_expression_is_read_without_recursion() -> None:
    tree: ast.expr = ast.Name("a", ast.Load())
    for _ in range(3000):
        tree = ast.BinOp(tree, ast.Add(), ast.Name("a", ast.Load()))
    module = ast.Module([ast.Expr(tree)], [])
    assert len(Scopes(module).references("a")) == 3001
