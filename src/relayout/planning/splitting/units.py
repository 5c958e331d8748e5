"""Units: what of a module stays together, and the section that it is in for its own sake."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from relayout.inventory.dagster import DagsterModule
from relayout.planning.sections import MAIN, SECTION_OF
from relayout.planning.splitting.pieces import Piece, Pieces
from relayout.planning.splitting.roles import changed_name, leaves
from relayout.source import nodes_in

_WEAK = frozenset({"op", "graph"})


@dataclass(frozen=True, slots=True)
class Unit:
    """Pieces of code that bind, or change, the same names.

    ``section`` is one of :data:`relayout.planning.sections.MAIN`, or empty for what supports such
    definitions; ``shelf`` is then where it goes if several share it: ``config`` or ``utils``.
    ``names`` are in the order of the source; ``reads`` are names of the module's other units.
    ``is_weak`` tells of an op or a graph, which may go with the assets that are made of it.
    ``clash`` names a second section that it has definitions of, else it is empty.
    """

    pieces: tuple[Piece, ...]
    names: tuple[str, ...]
    reads: frozenset[str]
    section: str
    shelf: str
    lines: int
    is_weak: bool = False
    clash: str = ""

    @property
    def line(self) -> int:
        """The line that it begins on."""
        return self.pieces[0].line


def units_of(pieces: Pieces, dagster: DagsterModule) -> tuple[Unit, ...]:
    """Return the units of a module, in the order of their first lines."""
    kinds = {definition.name: definition.kind for definition in dagster.definitions}
    groups = _together(pieces.with_role("code"))
    own = frozenset(name for group in groups for piece in group for name in touched(piece))
    return tuple(_unit(group, kinds, own) for group in groups)


def touched(piece: Piece) -> list[str]:
    """Return the names that a piece binds, or whose values it changes in place, in order."""
    found: dict[str, None] = {}
    for statement in piece.nodes:
        for leaf in leaves(statement):
            found.update(dict.fromkeys(_stored(leaf)))
            if changed_name(leaf):
                found[changed_name(leaf)] = None
    ordered = [name for name in found if name in piece.bound or name in changed_names(piece)]
    return list(dict.fromkeys([*ordered, *sorted(piece.bound)]))


def changed_names(piece: Piece) -> list[str]:
    """Return the names whose values the statements of a piece change in place."""
    every = (leaf for statement in piece.nodes for leaf in leaves(statement))
    return [name for leaf in every if (name := changed_name(leaf))]


def names_bound_by(statement: ast.stmt) -> set[str]:
    """Return the names that a statement other than ``if`` and ``try`` binds, imports included."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
    return {*_stored(statement)}


def _stored(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a simple statement, function or class binds, in order."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            names = [node for node in nodes_in(target) if isinstance(node, ast.Name)]
            stored = [node for node in names if isinstance(node.ctx, ast.Store)]
            yield from (n.id for n in sorted(stored, key=lambda n: (n.lineno, n.col_offset)))


def _together(code: Sequence[Piece]) -> list[list[Piece]]:
    """Group pieces that bind or change a name that another one does."""
    above = list(range(len(code)))
    """For each piece one that it is grouped with, or itself: a forest."""

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    having: dict[str, int] = {}
    for number, piece in enumerate(code):
        for name in touched(piece):
            first, second = sorted([top(having.setdefault(name, number)), top(number)])
            above[second] = first
    groups: dict[int, list[Piece]] = {}
    for number, piece in enumerate(code):
        groups.setdefault(top(number), []).append(piece)
    return list(groups.values())


def _unit(group: Sequence[Piece], kinds: Mapping[str, str], own: frozenset[str]) -> Unit:
    names = tuple(dict.fromkeys(name for piece in group for name in touched(piece)))
    found = [kinds[name] for name in names if name in kinds]
    sections = list(dict.fromkeys(s for kind in found if (s := SECTION_OF[kind]) in MAIN))
    return Unit(
        pieces=tuple(group),
        names=names,
        reads=frozenset(n for piece in group for n in piece.read if n in own) - {*names},
        section=sections[0] if sections else "",
        shelf=_shelf(group, found),
        lines=sum((p.nodes[-1].end_lineno or p.line) - p.line + 1 for p in group),
        is_weak=bool(found) and all(kind in _WEAK for kind in found),
        clash=sections[1] if len(sections) > 1 else "",
    )


def _shelf(group: Sequence[Piece], kinds: Sequence[str]) -> str:
    """Return where shared support goes: functions and classes to ``utils``, else ``config``."""
    if any(SECTION_OF[kind] == "config" for kind in kinds):
        return "config"
    every = (leaf for p in group for statement in p.nodes for leaf in leaves(statement))
    code = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return "utils" if any(isinstance(leaf, code) for leaf in every) else "config"
