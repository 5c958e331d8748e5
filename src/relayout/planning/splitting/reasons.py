"""Why a module is not split: what its parts would not mean the same for."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from relayout.planning.splitting.pieces import Piece, Pieces
from relayout.planning.splitting.roles import names_on_all_paths
from relayout.planning.splitting.units import Unit, changed_names, names_bound_by
from relayout.source import dotted_name, last_name, nodes_in

_WHOLE = frozenset({"globals", "eval", "exec"})
_WHOLE_WITHOUT_ARGUMENTS = frozenset({"locals", "vars", "dir"})
_CURRENT_MODULE = "_from_current_module"
"""How the loaders of Dagster end that look at the module which calls them."""

_OF_THE_MODULE = frozenset({"__doc__", "__spec__", "__loader__", "__package__", "__dict__"})


class Reason(NamedTuple):
    """Why a module is not split, and the line (from 1) that shows it."""

    line: int
    why: str


def reason_against(pieces: Pieces, units: tuple[Unit, ...]) -> Reason | None:
    """Return the first reason not to split a module, or None."""
    if pieces.odd:
        return Reason(pieces.odd, "a statement there is none that a module can have")
    reasons = [
        *_acting(pieces),
        *_on_conditions(pieces),
        *_rebound(pieces),
        *_twice(pieces, units),
        *_as_a_whole(pieces),
    ]
    return min(reasons, default=None)


def _acting(pieces: Pieces) -> Iterator[Reason]:
    defined = {name for piece in pieces.with_role("code") for name in piece.bound}
    used = defined.union(*(piece.read for piece in pieces.with_role("code")))
    for piece in pieces.all:
        if piece.role == "guard" and piece.bound & used:
            names = ", ".join(sorted(piece.bound & used))
            yield Reason(piece.line, f"{names} is bound there, for code above")
        if piece.role == "acts":
            yield Reason(piece.line, "code that runs there may need what stands above it")
        elif piece.role in ("setting", "logger") and piece.read & defined:
            yield Reason(piece.line, "what is set there depends on a name of the module")
        elif piece.role == "code" and not set(changed_names(piece)) <= defined:
            yield Reason(piece.line, "code there changes what was imported")


def _on_conditions(pieces: Pieces) -> Iterator[Reason]:
    """Yield names that may not be bound, and that other code asks for: no import could do that."""
    code = pieces.with_role("code")
    readers = Counter(name for piece in pieces.all for name in piece.read)
    for piece in code:
        if not any(isinstance(node, ast.If | ast.Try) for node in piece.nodes):
            continue
        always = names_on_all_paths(piece.nodes, names_bound_by)
        for name in sorted(piece.bound - always):
            if readers[name] > (name in piece.read):
                yield Reason(piece.line, f"{name} is bound there on a condition")


def _rebound(pieces: Pieces) -> Iterator[Reason]:
    for piece in pieces.all:
        for name in sorted(piece.names.rebound):
            yield Reason(piece.line, f"a function there gives {name} a new value (global)")


def _twice(pieces: Pieces, units: tuple[Unit, ...]) -> Iterator[Reason]:
    imported: dict[str, Piece] = {}
    for piece in pieces.with_role("import", "block", "logger", "future"):
        imported.update(dict.fromkeys(piece.bound, piece))
    for unit in units:
        if unit.clash:
            yield Reason(unit.line, f"{unit.section} and {unit.clash} are defined there as one")
        for name in unit.names:
            if name in imported:
                line = max(unit.line, imported[name].line)
                yield Reason(line, f"{name} is imported, and defined as well")
        if len(unit.pieces) > 1:
            yield from _between(pieces, unit)
    loggers: set[str] = set()
    for piece in pieces.with_role("logger"):
        if piece.bound & loggers:
            yield Reason(piece.line, f"{', '.join(sorted(piece.bound))} is bound there once more")
        loggers |= piece.bound


def _between(pieces: Pieces, unit: Unit) -> Iterator[Reason]:
    """Yield what reads a name between two statements that bind or change it."""
    first, last = unit.pieces[0], unit.pieces[-1]
    own = {piece.start for piece in unit.pieces}
    for piece in pieces.all:
        if first.start < piece.start < last.start and piece.start not in own:
            for name in sorted(piece.read & {*unit.names}):
                yield Reason(piece.line, f"{name} is used there, and changed further down")


def _as_a_whole(pieces: Pieces) -> Iterator[Reason]:
    for piece in pieces.all:
        if "__getattr__" in piece.bound or "__dir__" in piece.bound:
            yield Reason(piece.line, "the module says itself which names it has")
        used = piece.read & _OF_THE_MODULE
        if used:
            yield Reason(piece.line, f"{min(used)} is that of the module")
        for statement in piece.nodes:
            yield from _calls_on_the_module(statement)


def _calls_on_the_module(statement: ast.stmt) -> Iterator[Reason]:
    for node in nodes_in(statement):
        if isinstance(node, ast.Attribute) and dotted_name(node) == "sys.modules":
            yield Reason(node.lineno, "modules are looked up there by their names")
        if not isinstance(node, ast.Call):
            continue
        called = last_name(node.func)
        if called.endswith(_CURRENT_MODULE):
            yield Reason(node.lineno, f"{called} takes what the module has")
        elif isinstance(node.func, ast.Name) and (
            called in _WHOLE
            or (called in _WHOLE_WITHOUT_ARGUMENTS and not node.args and not node.keywords)
        ):
            yield Reason(node.lineno, f"{called}() there may read any name of the module")
