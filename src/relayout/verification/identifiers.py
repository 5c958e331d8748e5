"""The names of a file, for checks that a name which is brought in is free there."""

from __future__ import annotations

import ast

from relayout.source import nodes_of


def identifiers(module: ast.Module) -> set[str]:
    """Return the names that a file binds or uses anywhere."""
    found: set[str] = set()
    for node in nodes_of(module):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            found.update(node.names)
    return found
