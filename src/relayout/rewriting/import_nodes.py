"""Import statements as syntax trees of their own, made from where the inventory saw them.

A file whose imports alone change need not be parsed again: its statements are.
"""

from __future__ import annotations

import ast

from relayout.inventory.python import ImportStatement
from relayout.source import Source


def import_node(source: Source, statement: ImportStatement) -> ast.Import | ast.ImportFrom:
    """Return the syntax tree of an import statement, with positions as in the whole file.

    Raises ValueError if there is no import statement at that place.
    """
    start = source.offset(statement.line, statement.column)
    end = source.offset(statement.end_line, statement.end_column)
    try:
        [node] = ast.parse(source.text[start:end]).body
    except SyntaxError:
        node = ast.Pass()
    if not isinstance(node, ast.Import | ast.ImportFrom):
        raise ValueError(f"line {statement.line}: no import statement stands here")
    _shift(node, statement.line - 1, statement.column)
    for alias in node.names:
        _shift(alias, statement.line - 1, statement.column)
    return node


def _shift(node: ast.stmt | ast.alias, lines: int, columns: int) -> None:
    """Count a node's lines from further down; columns shift on what was the first line."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    if node.lineno == 1:
        node.col_offset += columns
    if node.end_lineno == 1:
        node.end_col_offset += columns
    node.lineno += lines
    node.end_lineno += lines
