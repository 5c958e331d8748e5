"""Walks over syntax trees that do not go where nothing of interest can be.

Most of a syntax tree is expressions. What is asked of a file is found in a few of its statements:
imports, which are statements themselves, and code on lines that a search of the text has found.
"""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from relayout.source import nodes_in


def bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield the lists of statements that stand directly inside a node, in the order of the text."""
    fields = node.__dict__
    if isinstance(body := fields.get("body"), list):
        yield body
    for handler in fields.get("handlers", ()):
        yield handler.body
    for case in fields.get("cases", ()):
        yield case.body
    if isinstance(body := fields.get("orelse"), list):
        yield body
    if body := fields.get("finalbody"):
        yield body


def import_runs(
    module: ast.Module, only_at_top: bool = False
) -> list[list[tuple[ast.Import | ast.ImportFrom, int]]]:
    """Return the import statements of a file, neighbours in one body together, in no order.

    With each goes the last line of the statement at the top level that it is, or is in. With
    ``only_at_top``, nothing is looked for inside of other statements.
    """
    runs: list[list[tuple[ast.Import | ast.ImportFrom, int]]] = []
    pending: list[tuple[list[ast.stmt], int]] = [(module.body, 0)]
    while pending:
        body, outer_end = pending.pop()
        run: list[tuple[ast.Import | ast.ImportFrom, int]] | None = None
        for statement in body:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                if run is None:
                    run = []
                    runs.append(run)
                run.append((statement, outer_end or statement.end_lineno or 0))
                continue
            run = None
            if only_at_top:
                continue
            fields = statement.__dict__
            if "body" in fields or "cases" in fields:
                end = outer_end or statement.end_lineno or 0
                pending.extend([(inner, end) for inner in bodies(statement)])
    return runs


def nodes_near(module: ast.Module, lines: Sequence[int]) -> list[ast.AST]:
    """Return the nodes of every statement that stands on one of the lines (sorted, from 1).

    Of a compound statement, its own expressions are given, and the statements in it that stand on
    one of the lines.
    """
    found: list[ast.AST] = []
    pending: list[list[ast.stmt]] = [module.body]
    while pending:
        for statement in pending.pop():
            if not stands_on(statement, lines):
                continue
            inner = list(bodies(statement))
            pending.extend(inner)
            found.extend([statement, *_expressions(statement)] if inner else nodes_in(statement))
    return found


def stands_on(statement: ast.stmt, lines: Sequence[int]) -> bool:
    """Tell whether a statement, decorators included, covers one of the lines (sorted, from 1)."""
    first = statement.lineno
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    if decorators:
        first = min(first, decorators[0].lineno)
    position = bisect_left(lines, first)
    return position < len(lines) and lines[position] <= (statement.end_lineno or first)


def _expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the nodes of a compound statement that are in none of the statements inside it."""
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.ExceptHandler):
            parts: list[ast.AST] = [] if child.type is None else [child.type]
        elif isinstance(child, ast.match_case):
            parts = [child.pattern, *([] if child.guard is None else [child.guard])]
        else:
            parts = [] if isinstance(child, ast.stmt) else [child]
        for part in parts:
            yield from nodes_in(part)
