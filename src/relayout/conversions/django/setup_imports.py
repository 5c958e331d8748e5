"""Where a file imports the module that sets Django up: before the first import that needs it.

Sorters of imports would put it behind the imports of other packages. They let a line with
``isort: skip`` stand where it is, and what stands before and behind it stay on their sides
(https://pycqa.github.io/isort/docs/configuration/action_comments.html, which Ruff follows).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from relayout.conversions.django.found_uses import FileUses, ImportNode
from relayout.rewriting.taken_names import free_name
from relayout.source import Edit, Source, last_name, nodes_of

KIND = "django-use"

COMMENT = "  # noqa: F401  # isort: skip"

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def setup_imports(file: FileUses, nodes: Sequence[ImportNode], module: str) -> list[Edit]:
    """Return the edits that import a module before statements that need it.

    It is imported once, before the first of them at the top level; where all of them stand in
    functions, before the first in each.
    """
    around = _all_around(file, nodes)
    wanted = sorted(nodes, key=lambda node: (node.lineno, node.col_offset))
    text = _statement(file, module)
    at_import = [node for node in wanted if _function(around[id(node)]) is None]
    if at_import:
        above = around[id(at_import[0])]
        first = above[-2] if len(above) > 1 else at_import[0]
        return [_inserted(file.source, first, text)]
    firsts: dict[int, ImportNode] = {}
    for node in wanted:
        firsts.setdefault(id(_function(around[id(node)])), node)
    return [_inserted(file.source, node, text) for node in firsts.values()]


def imported_at_run(file: FileUses, nodes: Sequence[ImportNode]) -> tuple[ImportNode, ...]:
    """Return statements without those that only type checkers see, and each of them once."""
    around = _all_around(file, nodes)
    unique = {id(node): node for node in nodes}
    return tuple(node for node in unique.values() if not _is_for_types(around[id(node)]))


def _all_around(file: FileUses, nodes: Iterable[ImportNode]) -> dict[int, list[ast.AST]]:
    parents = {id(c): n for n in nodes_of(file.module) for c in ast.iter_child_nodes(n)}
    return {id(node): _around(node, parents) for node in nodes}


def _statement(file: FileUses, module: str) -> str:
    """Return the import; the name that it binds is free in the file."""
    base, _, name = module.rpartition(".")
    bound = free_name(name, file.scopes.identifiers())
    return f"from {base} import {name}" + (f" as {bound}" if bound != name else "")


def _around(node: ast.AST, parents: dict[int, ast.AST]) -> list[ast.AST]:
    """Return what a node stands in, the nearest first and the module last."""
    found: list[ast.AST] = []
    above = parents.get(id(node))
    while above is not None:
        found.append(above)
        above = parents.get(id(above))
    return found


def _function(around: Sequence[ast.AST]) -> ast.AST | None:
    """Return the nearest function, for what stands in it is imported when that is called."""
    return next((node for node in around if isinstance(node, _FUNCTIONS)), None)


def _is_for_types(around: Sequence[ast.AST]) -> bool:
    return any(isinstance(n, ast.If) and last_name(n.test) == "TYPE_CHECKING" for n in around)


def _inserted(source: Source, node: ast.AST, text: str) -> Edit:
    """Return the edit that puts a statement before another one, on a line of its own if it can."""
    assert isinstance(node, ast.stmt)
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    if decorators:
        start = source.span(decorators[0])[0]
        start = source.text.rindex("@", 0, start)
    else:
        start = source.span(node)[0]
    line = max(source.text.rfind("\n", 0, start), source.text.rfind("\r", 0, start)) + 1
    indent = source.text[line:start]
    if indent.strip(" \t") or source.text[:line].rstrip("\r\n").endswith("\\"):
        return Edit(start, start, f"{text}; ", KIND)
    return Edit(line, line, f"{indent}{text}{COMMENT}{source.newline}", KIND)
