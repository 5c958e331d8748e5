"""Cuts a module into its parts: every statement goes to one of them, with its text as it is.

Each part gets the imports that it needs, in the order and form of the source, and imports what it
needs of the others. What nobody needs stays in the module, and so does what others import from it.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from relayout.conversions.splitting.assembly import Entry, assembled, heading
from relayout.conversions.splitting.guards import with_imports
from relayout.conversions.splitting.import_text import (
    edited,
    from_import,
    import_text,
)
from relayout.conversions.splitting.shortened import shorter_exports
from relayout.conversions.splitting.spelled import prefix_beside
from relayout.inventory import Inventory
from relayout.planning.split import Split, stem_of
from relayout.planning.splitting.pieces import Piece, Pieces, read_pieces
from relayout.planning.splitting.roles import exported_names
from relayout.planning.splitting.units import touched
from relayout.rewriting.needed_names import NeededNames
from relayout.source import Edit, Source, apply_edits, nodes_in

_BUILT_IN = frozenset(dir(builtins))
_OF_MODULES = frozenset({"__name__", "__file__", "__all__"})


def cut(
    inventory: Inventory,
    split: Split,
    edits: Sequence[Edit] = (),
    asked: Collection[str] | None = None,
) -> dict[str, bytes]:
    """Return the contents of a module and of its parts, by path.

    ``edits`` are made in the module's text before it is cut. ``asked`` are the names that other
    files want of the module (``*`` for all): of these, imports stay in it.

    Raises NotPython, UnicodeEncodeError; ValueError if the edits overlap.
    """
    source = Source.decode(inventory.tree.read(split.path))
    text = apply_edits(source.text, edits)
    pieces = read_pieces(Source(text, source.encoding, source.bom))
    if asked is None:
        asked = NeededNames(inventory).of(split.path)
    cutting = _Cutting(pieces, split, prefix_beside(inventory, split.path), frozenset(asked))
    return {path: source.encode(cutting.text(path)) for path in split.paths}


class _Cutting:
    """One module that is cut."""

    def __init__(self, pieces: Pieces, split: Split, prefix: str, asked: frozenset[str]) -> None:
        self._pieces = pieces
        self._split = split
        self._prefix = prefix
        self._newline = pieces.source.newline
        self._asked = asked
        self._section = {part.path: part.section for part in split.parts}
        self._own: dict[str, list[Piece]] = {}
        self._path_of: dict[int, str] = {}
        self._owner: dict[str, str] = {}
        for piece in pieces.with_role("code"):
            names = touched(piece)
            path = split.part_of(names[0]) if names else split.path
            self._own.setdefault(path, []).append(piece)
            self._path_of[piece.start] = path
            self._owner.update(dict.fromkeys(names, path))

    def text(self, path: str) -> str:
        """Return the text of the module or of one of its parts."""
        if path == self._split.path:
            return assembled(self._pieces, self._entries_that_stay())
        stem = stem_of(self._split.path)
        opening = heading(self._pieces, self._section[path], stem)
        return opening + assembled(self._pieces, self._entries_of_part(path))

    # -- a part

    def _entries_of_part(self, path: str) -> list[Entry]:
        needed = self._needed(path)
        top: list[Entry] = []
        body: list[Entry] = []
        for piece in self._pieces.all:
            text = self._text_in_part(piece, path, needed)
            if text is not None:
                is_top = piece.role in ("future", "import", "block", "setting")
                (top if is_top else body).append(Entry(text, piece))
        return [*top, *self._siblings(path, needed, top), *body]

    def _text_in_part(self, piece: Piece, path: str, needed: frozenset[str]) -> str | None:
        match piece.role:
            case "future" | "setting":
                return self._pieces.text(piece)
            case "import" | "block":
                return self._import(piece, needed)
            case "logger":
                return self._pieces.text(piece) if piece.bound & needed else None
            case "exports":
                return self._exports(piece, path)
            case "code":
                return self._pieces.text(piece) if self._path_of[piece.start] == path else None
            case _:
                return None

    def _needed(self, path: str) -> frozenset[str]:
        """Return the names that a part reads, with those that its imports and loggers read."""
        needed = {name for piece in self._own.get(path, ()) for name in piece.read}
        repeated = self._pieces.with_role("setting")
        needed.update(name for piece in repeated for name in piece.read)
        support = self._pieces.with_role("logger", "block")
        while True:
            more = {name for piece in support if piece.bound & needed for name in piece.read}
            if more <= needed:
                return frozenset(needed)
            needed |= more

    def _import(self, piece: Piece, wanted: Collection[str]) -> str | None:
        if _imports_all(piece):
            is_needed = self._unknown({*wanted}) or piece.bound & {*wanted}
            return self._pieces.text(piece) if is_needed else None
        return import_text(self._pieces, piece, wanted)

    def _unknown(self, names: set[str]) -> set[str]:
        """Return names that only an ``import *`` can give."""
        bound = {name for piece in self._pieces.all for name in piece.bound}
        return names - bound - _BUILT_IN - _OF_MODULES

    def _siblings(self, path: str, needed: Collection[str], above: Sequence[Entry]) -> list[Entry]:
        """Return the imports of what a part needs of the others, as one entry."""
        text = "".join(self._sibling_imports(path, needed))
        if not text:
            return []
        last = above[-1].piece if above else None
        return [Entry(text, None, is_close=last is not None and self._is_like(last))]

    def _sibling_imports(self, path: str, needed: Collection[str]) -> list[str]:
        """Return the imports of what the module at a path needs of the others.

        Those that will stand in the same folder of the layout come last, as import sorters have
        it, since they are imported from beside.
        """
        wanted: dict[str, list[str]] = {}
        for name in needed:
            owner = self._owner.get(name, path)
            if owner != path:
                wanted.setdefault(owner, []).append(name)
        here = self._folder(path)
        far = sorted(owner for owner in wanted if self._folder(owner) != here)
        near = sorted(owner for owner in wanted if self._folder(owner) == here)
        texts = [
            from_import(f"{self._prefix}{stem_of(owner)}", wanted[owner], self._newline)
            for owner in (*far, *near)
        ]
        if far and near and self._prefix == ".":
            texts.insert(len(far), self._newline)
        return texts

    def _folder(self, path: str) -> str:
        section = self._section.get(path, self._split.section)
        return "jobs" if section in ("schedules", "sensors") else section

    def _is_like(self, piece: Piece) -> bool:
        """Tell whether an import is of modules of the same package, as far as its form says so."""
        if piece.role != "import":
            return False
        node = piece.nodes[-1]
        level, module = getattr(node, "level", 0), getattr(node, "module", "") or ""
        if self._prefix == ".":
            return bool(level)
        top = self._prefix.partition(".")[0]
        return bool(top) and module.partition(".")[0] == top

    def _exports(self, piece: Piece, path: str) -> str | None:
        """Return ``__all__`` with the names of one part; imports are named in the module."""
        items = exported_names(piece.nodes[0]) or []
        kept = [self._owner.get(str(item.value), self._split.path) == path for item in items]
        if all(kept):
            return self._pieces.text(piece)
        if not any(kept) and path != self._split.path:
            return None
        return edited(self._pieces, piece, shorter_exports(self._pieces.source, piece, kept))

    # -- the module itself

    def _entries_that_stay(self) -> list[Entry]:
        stays = self._split.path
        needed = self._needed(stays)
        entries: list[Entry] = []
        place = 0
        is_top = True
        for piece in self._pieces.all:
            text = self._text_that_stays(piece, needed)
            if text is not None:
                entries.append(Entry(text, piece))
            is_top = is_top and piece.role not in ("code", "logger", "exports", "guard", "tail")
            if is_top and piece.role != "tail":
                place = len(entries)
        entries[place:place] = self._siblings(stays, needed, entries[:place])
        return entries

    def _text_that_stays(self, piece: Piece, needed: frozenset[str]) -> str | None:
        stays = self._split.path
        match piece.role:
            case "import" | "block":
                return self._import_that_stays(piece)
            case "exports":
                return self._exports(piece, stays)
            case "code":
                return self._pieces.text(piece) if self._path_of[piece.start] == stays else None
            case "guard":
                wanted = {name for name in piece.read if name not in needed}
                statements = [s for s in self._sibling_imports(stays, wanted) if s.strip()]
                return with_imports(self._pieces.source, piece, statements)
            case _:
                return self._pieces.text(piece)

    def _import_that_stays(self, piece: Piece) -> str | None:
        if _imports_all(piece):
            return self._pieces.text(piece)
        return import_text(self._pieces, piece, piece.bound - self._gone)

    @cached_property
    def _gone(self) -> frozenset[str]:
        """Imported names that only parts need."""
        if "*" in self._asked:
            return frozenset()
        exported = {
            str(item.value)
            for piece in self._pieces.with_role("exports")
            for item in exported_names(piece.nodes[0]) or []
        }
        stay = self._needed(self._split.path) | self._asked | exported
        for piece in self._pieces.with_role("guard", "logger", "block"):
            stay |= piece.read
        parts = (self._needed(part.path) for part in self._split.parts)
        return frozenset(name for needed in parts for name in needed) - stay


def _imports_all(piece: Piece) -> bool:
    """Tell whether one of a piece's imports is ``import *``."""
    nodes = (node for statement in piece.nodes for node in nodes_in(statement))
    return any(isinstance(node, ast.alias) and node.name == "*" for node in nodes)


def cut_all(
    inventory: Inventory,
    splits: Sequence[Split],
    edits: Mapping[str, Sequence[Edit]],
    asked: Mapping[str, Collection[str]],
) -> dict[str, bytes]:
    """Return the contents of all modules that are split and of their parts. Raises as cut does."""
    found: dict[str, bytes] = {}
    for split in splits:
        path = split.path
        found |= cut(inventory, split, edits.get(path, ()), asked.get(path, frozenset()))
    return found
