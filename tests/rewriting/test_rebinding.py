"""Which uses of a name mean the imported package where the name is bound anew."""

from __future__ import annotations

import ast

import pytest

from relayout.rewriting.package_uses import Binding, Group, Use
from relayout.rewriting.rebinding import meanings
from relayout.rewriting.scopes import Scopes, position


def _meanings(code: str) -> list[str]:
    """Return, in line order, what uses of ``a`` mean in code that imports ``a.b``."""
    module = ast.parse(code)
    scopes = Scopes(module)
    aliases = [n for n in ast.walk(module) if isinstance(n, ast.alias) and n.name == "a.b"]
    members = [Binding(alias, "a", "a.b", 0, True, None, "c.b") for alias in aliases]
    group = Group(scopes.scope_of[position(aliases[0])], "a", members)
    for reference in scopes.references("a"):
        if isinstance(reference.node.ctx, ast.Load):
            group.uses.append(Use(reference, len(reference.attributes[:1]), "a.b", "c.b", "a.b"))
    group.uses.sort(key=lambda use: use.place)
    return [meaning.value for meaning in meanings(group)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import a.b\nprint(a.b)\n", ["package"]),
        ("import a.b\nprint(a.b)\na = f()\nprint(a.b)\n", ["package", "other"]),
        ("import a.b\na = a.b\nprint(a)\n", ["package", "other"]),
        ("a = f()\nprint(a)\nimport a.b\nprint(a)\n", ["other", "package"]),
        ("import a.b\nif x:\n    a = f()\nprint(a.b)\n", ["unsure"]),
        ("import a.b\nif x:\n    a = None\nprint(a.b, a)\n", ["package", "unsure"]),
        ("import a.b\nif x:\n    a = f()\n    print(a.b)\n", ["other"]),
        ("for x in y:\n    import a.b\n    a.b\n    a = f()\n    a.b\n", ["package", "other"]),
        ("import a.b\nfor x in y:\n    a.b\n    a = f()\n", ["unsure"]),
        ("import a.b\na = f()\nfor x in y:\n    a.b\n    import a.b\n", ["unsure"]),
        ("import a.b\ndef f():\n    return a.b\na = f()\n", ["unsure"]),
        ("import a.b\nz = lambda: a.b\na = f()\n", ["unsure"]),
        ("import a.b\nz = (a.b for x in y)\na = f()\n", ["unsure"]),
        ("import a.b\nz = [a.b for x in y]\na = f()\n", ["package"]),
        ("import a.b\nclass C:\n    z = a.b\na = f()\n", ["package"]),
        ("import a.b\na: object\nprint(a.b)\n", ["package"]),
        ("import a.b\na.b\ndel a\na = f()\na.b\n", ["unsure", "unsure"]),
        ("import a.b\ndef f():\n    global a\n    a = g()\na.b\n", ["unsure"]),
        ("import a.b\nwith a.b() as a:\n    a.b\na.b\n", ["package", "unsure", "other"]),
        ("try:\n    import a.b\nexcept E as a:\n    a.b\na.b\n", ["unsure", "unsure"]),
        ("import a.b\nx and (a := f())\na.b\n", ["unsure"]),
        ("def f(a):\n    a.b\n    import a.b\n    return a.b\n", ["unsure", "package"]),
        ("import a.b\na.b\nfrom c import a\na.b\n", ["unsure", "unsure"]),
    ],
)
def test_what_a_use_means(code: str, expected: list[str]) -> None:
    assert _meanings(code) == expected
