"""What the names of a file stand for."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.library_names import library_names


def meaning(code: str, expression: str) -> str | None:
    names = library_names(ast.parse(code))
    return names.qualified(ast.parse(expression, mode="eval").body)


@pytest.mark.parametrize(
    ("code", "expression", "expected"),
    [
        ("import sys", "sys.path", "sys.path"),
        ("import sys as s", "s.path.append", "sys.path.append"),
        ("import os.path", "os.path.join", "os.path.join"),
        ("import os.path as p", "p.join", "os.path.join"),
        ("from sys import path", "path", "sys.path"),
        ("from os import environ as e", "e.get", "os.environ.get"),
        ("import sys\npath = sys.path", "path.append", "sys.path.append"),
        ("import sys\nadd = sys.path.append", "add", "sys.path.append"),
        ("import os\nenv = os.environ", "env.update", "os.environ.update"),
        ("s = __import__('sys')", "s.path", "sys.path"),
        ("", "__import__('sys').path", "sys.path"),
        ("import importlib", "importlib.import_module('sys').path", "sys.path"),
        ("import sys", "getattr(sys, 'path').append", "sys.path.append"),
        ("from sys import path\npath += ['x']", "path", "sys.path"),
        ("from sys import path\npath = ['x']", "path", "path"),
        ("from sys import path\ndef f(path): pass", "path", "path"),
        ("import sys\npath = sys.path\npath = []", "path", "path"),
        ("import json\nload = json.load", "load", "load"),
        ("from . import sys", "sys.path", "sys.path"),
        ("sys = object()", "sys.path.append", None),
        ("class sys: pass", "sys.path", None),
        ("import sys\ndef f(sys): pass", "sys.path", None),
        ("for os in ('linux', 'mac'): pass", "os.path.join", None),
        ("sys = __import__('sys')", "sys.path", "sys.path"),
        ("", "sys.path", "sys.path"),
        ("", "(a or b).c", None),
        ("", "getattr(f(), 'path')", None),
        ("", "__import__(name)", None),
    ],
)
def test_qualified_names(code: str, expression: str, expected: str | None) -> None:
    assert meaning(code, expression) == expected


def test_the_shortest_local_name_is_found() -> None:
    names = library_names(ast.parse("import os\nfrom pathlib import Path as P"))
    assert names.local_name("pathlib.Path") == "P"
    assert names.local_name("os.path.join") == "os.path.join"
    assert names.local_name("json.loads") is None
