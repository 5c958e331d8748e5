"""Which statements change the search path, and where they add to it."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.library_names import library_names
from relayout.inventory.search_path_changes import search_path_change

IMPORTS = "import os, sys, site\n"


def change(statement: str) -> tuple[str | None, str] | None:
    module = ast.parse(IMPORTS + statement)
    found = search_path_change(library_names(module), module.body[1])
    if found is None:
        return None
    return (None if found.expression is None else ast.unparse(found.expression)), found.where


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("sys.path.insert(0, a)", ("a", "front")),
        ("sys.path.insert(1, a)", ("a", "second")),
        ("sys.path.insert(i, a)", ("a", "front")),
        ("sys.path.append(a)", ("a", "back")),
        ("site.addsitedir(sitedir=a)", ("a", "back")),
        ("sys.path[:0] = a", ("a", "front")),
        ("sys.path[1:1] = a", ("a", "second")),
        ("sys.path += a", ("a", "back")),
        ("[sys.path.append(x) for x in a]", ("[x for x in a]", "back")),
        ("b and sys.path.append(a)", ("a", "back")),
        ("sys.path.append(a) if b else None", ("a", "back")),
        ("os.environ['PYTHONPATH'] = a", ("a", "front")),
        ("os.environ['PYTHONPATH'] += a", ("a", "back")),
        ("os.environ.setdefault('PYTHONPATH', a)", ("a", "front")),
        ("os.environ.update(PYTHONPATH=a)", ("a", "front")),
        ("os.environ.update(PYTHONPATH=a, B=b)", (None, "front")),
        ("sys.path.pop()", (None, "none")),
        ("sys.path.clear()", (None, "none")),
        ("del sys.path[0]", (None, "none")),
        ("del os.environ['PYTHONPATH']", (None, "none")),
        ("del sys.path[0], b", (None, "front")),
        ("x = sys.path.pop()", (None, "front")),
        ("x, sys.path = a", (None, "front")),
        ("f(sys.path.append)", (None, "front")),
        ("return_value = lambda p: sys.path.append(p)", (None, "front")),
        ("exec('import sys; sys.path.append(1)')", (None, "front")),
        ("print(sys.path)", None),
        ("x = sys.path", None),
        ("x = sys.path.append", None),
        ("x = sys.path[0]", None),
        ("os.environ['PATH'] = a", None),
        ("os.environ.update(B=b)", None),
        ("os.chdir(a)", None),
        ("path.append(a)", None),
        ("for p in sys.path: print(p)", None),
        ("def f():\n    sys.path.append(a)", None),
    ],
)
def test_what_a_statement_itself_changes(
    statement: str, expected: tuple[str | None, str] | None
) -> None:
    assert change(statement) == expected
