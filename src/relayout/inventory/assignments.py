"""What statements are made of: their own expressions, and the names that they bind."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator

_LIST_CHANGERS = frozenset(
    {"append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort", "update", "add"}
)
"""Methods that change a list, or another collection, in its place."""


def assigned_names(node: ast.AST) -> list[str]:
    """Return the names that a statement binds by assignment, at any depth."""
    return [
        n.id
        for n in ast.walk(node)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store | ast.Del)
    ]


def times_bound(nodes: Iterable[ast.AST]) -> Counter[str]:
    """Return how often each name is bound among the nodes, whatever binds it."""
    bound: Counter[str] = Counter()
    for node in nodes:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound[node.id] += 1
        elif isinstance(node, ast.alias):
            bound[node.asname or node.name.partition(".")[0]] += 1
        elif isinstance(node, ast.arg):
            bound[node.arg] += 1
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound[node.name] += 1
    return bound


def changed_list(node: ast.AST) -> str | None:
    """Return the name of the list that a statement such as ``names.append(x)`` changes, or None."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return None
    function = node.value.func
    if not isinstance(function, ast.Attribute) or function.attr not in _LIST_CHANGERS:
        return None
    return function.value.id if isinstance(function.value, ast.Name) else None


def gives_value(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function returns anything but None."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            return True
        if isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for field in ("body", "orelse", "finalbody", "handlers", "cases"):
                    pending += getattr(node, field, ())
    return False


def own_expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """Yield the expressions of a statement itself, not of the statements inside it."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        arguments = statement.args
        yield from statement.decorator_list
        yield from arguments.defaults
        yield from (default for default in arguments.kw_defaults if default is not None)
        return
    if isinstance(statement, ast.ClassDef):
        yield from [*statement.decorator_list, *statement.bases]
        return
    for value in statement.__dict__.values():
        if isinstance(value, ast.expr):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, ast.expr):
                    yield item
                elif isinstance(item, ast.withitem):
                    yield item.context_expr
