"""The main guard of a module that is split: it imports for itself what went to other modules.

Only a module that is run does so; imported at the top, these modules would need each other.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from relayout.planning.splitting.pieces import Piece
from relayout.source import Source


def with_imports(source: Source, guard: Piece, statements: Sequence[str]) -> str:
    """Return the text of a main guard with import statements, each a line, in front of its code."""
    text = source.text[guard.start : guard.end]
    node = guard.nodes[0]
    if not statements or not isinstance(node, ast.If):
        return text
    first = node.body[0]
    start = source.offset(first.lineno, first.col_offset) - guard.start
    if first.lineno == node.lineno:
        flat = [" ".join(s.split()).replace("( ", "(").replace(", )", ")") for s in statements]
        return f"{text[:start]}{''.join(f'{s}; ' for s in flat)}{text[start:]}"
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    indent = text[line_start:start]
    lines = [line for statement in statements for line in statement.splitlines(keepends=True)]
    return text[:line_start] + "".join(f"{indent}{line}" for line in lines) + text[line_start:]
