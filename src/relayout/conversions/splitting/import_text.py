"""The text of imports, of which only some names are needed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable

from relayout.conversions.splitting.shortened import KIND, without_items
from relayout.planning.splitting.pieces import Piece, Pieces
from relayout.planning.splitting.roles import is_for_types
from relayout.source import Edit, apply_edits

Import = ast.Import | ast.ImportFrom


def bound_by(alias: ast.alias) -> str:
    """Return the name that an import binds; ``*`` for all of a module."""
    return alias.asname or alias.name.partition(".")[0]


def import_text(pieces: Pieces, piece: Piece, wanted: Collection[str]) -> str | None:
    """Return the text of imports that bind wanted names, or None if none of them does.

    Names are left out of one statement, and out of ``if TYPE_CHECKING:``; imports that are put
    together in other ways stay together.
    """
    only = piece.nodes[0]
    if len(piece.nodes) == 1 and isinstance(only, Import):
        statements = [only]
    elif len(piece.nodes) == 1 and _is_for_types(only):
        assert isinstance(only, ast.If)
        statements = [node for node in only.body if isinstance(node, Import)]
    else:
        return pieces.text(piece) if piece.bound & {*wanted} else None
    kept = [[bound_by(alias) in wanted for alias in node.names] for node in statements]
    if not any(any(names) for names in kept):
        return None
    edits: list[Edit] = []
    for node, names in zip(statements, kept, strict=True):
        if not any(names):
            edits.append(Edit(*pieces.source.line_bounds(*pieces.source.span(node)), "", KIND))
        elif not all(names):
            edits += without_items(pieces.source, node.names, names)
    return edited(pieces, piece, edits)


def edited(pieces: Pieces, piece: Piece, edits: Iterable[Edit]) -> str:
    """Return the text of a piece with edits of the whole text made that are inside of it."""
    shifted = [e._replace(start=e.start - piece.start, end=e.end - piece.start) for e in edits]
    return apply_edits(pieces.text(piece), shifted)


def _is_for_types(node: ast.stmt) -> bool:
    """Tell whether a block imports for annotations, one statement a line."""
    if not isinstance(node, ast.If) or not is_for_types(node):
        return False
    lines = [statement.lineno for statement in node.body]
    is_plain = len({*lines, node.lineno}) == len(lines) + 1
    return is_plain and all(isinstance(statement, Import) for statement in node.body)


def from_import(module: str, names: Iterable[str], newline: str) -> str:
    """Return ``from module import names``, as the formatters lay it out."""
    ordered = sorted(names, key=_by_form)
    text = f"from {module} import {', '.join(ordered)}"
    if len(text) > _WIDTH:
        lines = [f"    {name},{newline}" for name in ordered]
        return f"from {module} import ({newline}{''.join(lines)}){newline}"
    return f"{text}{newline}"


_WIDTH = 88


def _by_form(name: str) -> tuple[int, str]:
    """Order constants before classes before the rest, as import sorters do."""
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1 if name[:1].isupper() else 2), name
