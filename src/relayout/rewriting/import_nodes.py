"""Import statements as syntax trees of their own, made from where the inventory saw them.

A file whose imports alone change need not be parsed again: its statements are.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from relayout.inventory.python import ImportStatement
from relayout.source import Source


def import_nodes(
    source: Source, statements: Sequence[ImportStatement]
) -> list[ast.Import | ast.ImportFrom]:
    """Return the syntax trees of import statements, with positions as in the whole file.

    Raises ValueError if one of them is not at its place.
    """
    texts = [
        source.text[source.offset(s.line, s.column) : source.offset(s.end_line, s.end_column)]
        for s in statements
    ]
    try:
        found = ast.parse("\n".join(texts)).body
    except SyntaxError:
        found = []
    nodes = [node for node in found if isinstance(node, ast.Import | ast.ImportFrom)]
    if len(nodes) != len(statements) or len(found) != len(statements):
        raise ValueError("the imports are not where they were read")
    for node, statement in zip(nodes, statements, strict=True):
        first = node.lineno
        for part in (node, *node.names):
            _shift(part, first, statement)
    return nodes


def _shift(node: ast.stmt | ast.alias, first: int, statement: ImportStatement) -> None:
    """Count a node from where its statement stands; ``first`` is the line that this was parsed on.

    Columns are others on the first line of the statement alone.
    """
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    if node.lineno == first:
        node.col_offset += statement.column
    if node.end_lineno == first:
        node.end_col_offset += statement.column
    node.lineno += statement.line - first
    node.end_lineno += statement.line - first
