"""A module's text in pieces: each a top-level statement with the comments that belong to it.

Statements that share a line are one piece. Comments above a statement go with it, those behind an
indented block, or right below a statement and apart from the next, with what they stand behind.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from relayout.planning.splitting.names import Names, names_in_piece
from relayout.planning.splitting.roles import Role, is_text, role_of
from relayout.source import NotPython, Source

_NOTHING = Names(frozenset(), frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a module's text from ``start`` to ``end``: whole lines.

    ``lead`` are the blank lines in front of it. ``line`` is that of its first statement, from 1.
    """

    role: Role
    lead: str
    start: int
    end: int
    line: int
    nodes: tuple[ast.stmt, ...] = ()
    names: Names = _NOTHING

    @property
    def bound(self) -> frozenset[str]:
        """The names that it binds at the module's level."""
        return self.names.bound

    @property
    def read(self) -> frozenset[str]:
        """The names that it reads from the module, when it is imported or later."""
        return self.names.read


@dataclass(frozen=True, slots=True)
class Pieces:
    """All pieces of a module, in the order of the text; together they are the text.

    ``odd`` is the line of a statement that no module can have, 0 if there is none.
    """

    source: Source
    module: ast.Module
    all: tuple[Piece, ...]
    odd: int = 0

    def with_role(self, *roles: Role) -> list[Piece]:
        """Return the pieces of some roles."""
        return [piece for piece in self.all if piece.role in roles]

    def text(self, piece: Piece) -> str:
        """Return the text of a piece, without the blank lines in front of it."""
        return self.source.text[piece.start : piece.end]


def read_pieces(source: Source) -> Pieces:
    """Return the pieces of a module. Raises NotPython."""
    module = source.parse()
    lines = _Lines(source)
    groups = _sharing_lines(module.body, lines)
    found: list[Piece] = []
    odd = 0
    above = 1
    for number, (nodes, first, last) in enumerate(groups):
        is_first = number == 0
        text_of_nodes = lines.text(first, last)
        names = names_in_piece(text_of_nodes, nodes)
        odd = odd or (first if names is None else 0)
        role = role_of(nodes, is_first)
        below, start = _gap(lines, above, first, groups[number - 1][0] if number else ())
        if is_first:
            start = _header_end(lines, first, role)
            if start > 1:
                found.append(Piece("header", "", 0, lines.offset(start), 1))
            lead = ""
        else:
            found[-1] = _longer(found[-1], lines.offset(below))
            lead = source.text[lines.offset(below) : lines.offset(start)]
        begin, end = lines.offset(start), lines.offset(last + 1)
        found.append(Piece(role, lead, begin, end, first, tuple(nodes), names or _NOTHING))
        above = last + 1
    if groups and above <= lines.count:
        below, start = _gap(lines, above, lines.count + 1, groups[-1][0])
        found[-1] = _longer(found[-1], lines.offset(below))
        begin = lines.offset(start)
        lead = source.text[lines.offset(below) : begin]
        if below <= lines.count:
            found.append(Piece("tail", lead, begin, len(source.text), start))
    return Pieces(source, module, tuple(found), odd)


def pieces_of(content: bytes) -> Pieces | None:
    """Return the pieces of a file, or None if it cannot be read."""
    try:
        return read_pieces(Source.decode(content))
    except NotPython:
        return None


class _Lines:
    """The lines of a text, from 1."""

    def __init__(self, source: Source) -> None:
        self._text = source.text
        self._starts = source.line_starts
        ends_open = not self._text or self._starts[-1] != len(self._text)
        self.count = len(self._starts) - (0 if ends_open else 1)

    def offset(self, line: int) -> int:
        return self._starts[line - 1] if line <= len(self._starts) else len(self._text)

    def text(self, first: int, last: int) -> str:
        return self._text[self.offset(first) : self.offset(last + 1)]

    def is_blank(self, line: int) -> bool:
        return not self.text(line, line).strip()

    def is_comment(self, line: int) -> bool:
        return self.text(line, line).startswith("#")

    def is_inner_comment(self, line: int) -> bool:
        text = self.text(line, line)
        return text[:1] in " \t" and text.lstrip().startswith("#")


def _sharing_lines(
    body: Sequence[ast.stmt], lines: _Lines
) -> list[tuple[list[ast.stmt], int, int]]:
    """Return statements with their first and last line, those that share one together."""
    groups: list[tuple[list[ast.stmt], int, int]] = []
    for node in body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
        last = node.end_lineno or node.lineno
        while lines.text(last, last).rstrip("\r\n").endswith("\\") and last < lines.count:
            last += 1
        above = groups[-1] if groups else None
        is_one = above is not None and (
            first <= above[2]
            or (first == above[2] + 1 and _is_about(above[0], node, len(groups) == 1))
        )
        if above is not None and is_one:
            groups[-1] = ([*above[0], node], above[1], max(above[2], last))
        else:
            groups.append(([node], first, last))
    return groups


def _is_about(above: Sequence[ast.stmt], node: ast.stmt, is_first: bool) -> bool:
    """Tell whether one of two statements, on lines next to each other, is a text about the other.

    A string below an assignment is about its name (PEP 258); one right above a definition is often
    written in place of a comment. The docstring of the module, its first statement, is neither.
    """
    if is_text(node):
        is_assigned = isinstance(above[-1], ast.Assign | ast.AnnAssign)
        return is_assigned and role_of(above, False) == "code"
    is_comment = all(map(is_text, above)) and not is_first
    return is_comment and role_of([node], False) == "code"


def _gap(lines: _Lines, first: int, after: int, above: Sequence[ast.stmt]) -> tuple[int, int]:
    """Return the line behind what belongs to the upper statement, and the lower one's first.

    Blank lines are in between.
    """
    below = first
    for line in range(first, after):
        if lines.is_inner_comment(line):
            below = line + 1
        elif not lines.is_blank(line):
            break
    apart = below
    while above and apart < after and lines.is_comment(apart):
        apart += 1
    if apart < after and lines.is_blank(apart):
        below = apart
    start = below
    while start < after and lines.is_blank(start):
        start += 1
    return below, start


def _header_end(lines: _Lines, first: int, role: Role) -> int:
    """Return the line behind the comments that are about the file, and not its first statement."""
    if role != "code":
        return first
    start = first
    while start > 1 and lines.is_comment(start - 1):
        text = lines.text(start - 1, start - 1)
        if text.startswith(("#!", "# -*-")) or "coding" in text:
            break
        start -= 1
    return start


def _longer(piece: Piece, end: int) -> Piece:
    """Return a piece that ends further down, if it does."""
    if end <= piece.end:
        return piece
    kept = (piece.role, piece.lead, piece.start, end, piece.line, piece.nodes, piece.names)
    return Piece(*kept)
