"""Edits of literals that are paths: each lies in a literal, and names what was named before.

What a literal names is read again on both sides, with everything that follows it in the code, and
compared by the plan's moves.
"""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from posixpath import dirname
from typing import TypeGuard

from relayout.inventory.imported_paths import imported_paths
from relayout.inventory.path_bases import current_folder, texts_of
from relayout.inventory.path_consumers import Wanted
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_readings import Reading, reader_of
from relayout.inventory.path_texts import CURRENT, Literal
from relayout.inventory.path_uses import PathUse, is_text, uses_in
from relayout.inventory.string_literals import read_literal
from relayout.rewriting.command_words import follows_option, is_command, words_in
from relayout.rewriting.working_paths import KIND
from relayout.source import Edit, Source, nodes_of
from relayout.tree import Tree
from relayout.verification.module_strings import ChangedStrings, Side
from relayout.verification.moved_places import place_after

_SURE = frozenset({Wanted.PATH, Wanted.PATTERN, Wanted.RESOURCE})
_NESTED = 50
"""Literals do not stand in each other deeper than this, and hold no more beside an edit."""


def changed_path_literals(
    source: Source, module: ast.Module, edits: Sequence[Edit]
) -> ChangedStrings:
    """Return the values that strings have after the edits of the kind ``working-path``."""
    wanted = sorted((e for e in edits if e.kind == KIND), key=lambda e: -e.start)
    if not wanted:
        return ChangedStrings({})
    literals = _Literals(source, module)
    values: dict[int, str] = {}
    for edit in wanted:
        node = literals.around(edit)
        if node is None or not _change(source, node, edit, values):
            old = source.text[edit.start : edit.end]
            return ChangedStrings({}, f"an edit of {old!r} lies in no string")
    return ChangedStrings(values)


class _Literals:
    """The string literals of a file by where they stand; parts of formatted ones are left out."""

    def __init__(self, source: Source, module: ast.Module) -> None:
        nodes = nodes_of(module)
        formatted = [node for node in nodes if isinstance(node, ast.JoinedStr)]
        parts = {id(part) for node in formatted for part in node.values}
        self._all = sorted(
            ((*source.span(node), node) for node in nodes if _is_literal(node, parts)),
            key=lambda held: held[:2],
        )
        self._starts = [start for start, _, _ in self._all]

    def around(self, edit: Edit) -> Literal | None:
        """Return the innermost literal in which an edit lies, or None."""
        last = bisect_left(self._starts, edit.start)
        for start, end, node in reversed(self._all[max(0, last - _NESTED) : last]):
            if start < edit.start and edit.end < end:
                return node
        return None


def _is_literal(node: ast.AST, parts: Collection[int]) -> TypeGuard[Literal]:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and id(node) not in parts
    return isinstance(node, ast.JoinedStr)


def _change(source: Source, node: Literal, edit: Edit, values: dict[int, str]) -> bool:
    """Note what an edit makes of a literal; tell whether that can be said."""
    if isinstance(node, ast.Constant):
        return _change_constant(source, node, edit, values)
    old = source.text[edit.start : edit.end]
    parts = [p for p in node.values if isinstance(p, ast.Constant) and old in str(p.value)]
    if not parts or not old:
        return False
    before = source.text[source.span(node)[0] : edit.start].count(old)
    for part in parts:
        text = values.get(id(part), str(part.value))
        times = text.count(old)
        if before < times:
            pieces = text.split(old)
            head, tail = old.join(pieces[: before + 1]), old.join(pieces[before + 1 :])
            values[id(part)] = f"{head}{edit.replacement}{tail}"
            return True
        before -= times
    return False


def _change_constant(
    source: Source, node: ast.Constant, edit: Edit, values: dict[int, str]
) -> bool:
    literal = read_literal(source, node) if isinstance(node.value, str) else None
    if literal is None:
        return False
    offsets = list(literal.offsets)
    if edit.start not in offsets or edit.end not in offsets:
        return False
    begin, end = offsets.index(edit.start), offsets.index(edit.end)
    text = values.get(id(node), str(node.value))
    is_raw = source.text[source.span(node)[0]] in "rR"
    new = edit.replacement if is_raw else edit.replacement.replace("\\\\", "\\")
    values[id(node)] = text[:begin] + new + text[end:]
    return True


@dataclass(slots=True)
class _Named:
    """What the uses of one literal name: exactly, by patterns; the folder of what is not there."""

    exact: set[str] = field(default_factory=set)
    by_pattern: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)
    line: int = 0

    def places(self, reading: Reading) -> set[str]:
        """Return the set that what a reading names belongs to."""
        if reading.is_pattern:
            return self.by_pattern
        return self.exact if reading.is_exact else self.around


def wrong_working_paths(
    before: Side, after: Side, edits: Sequence[Edit], targets: Mapping[str, str]
) -> str:
    """Return which edited literal names something else than it did, or an empty string."""
    starts = sorted(edit.start for edit in edits if edit.kind == KIND)
    if not starts:
        return ""
    was, names = _Names(before).by_span(), _Names(after)
    now = {**names.by_span_of_whole(), **names.by_span()}
    by_start = {start: named for (start, _), named in now.items()}
    tree, folders = before.inventory.tree, after.inventory.tree.folders
    left = set(starts)
    ends = sorted(edit.end for edit in edits)
    grown = [len(e.replacement) - (e.end - e.start) for e in sorted(edits, key=lambda e: e.end)]
    shift = [0, *accumulate(grown)]
    for (start, end), named in was.items():
        inside = starts[bisect_right(starts, start) : bisect_left(starts, end)]
        if not inside:
            continue
        left.difference_update(inside)
        new = by_start.get(start + shift[bisect_right(ends, start)], _Named())
        exact = {place_after(tree, targets, p) for p in named.exact}
        found = {place_after(tree, targets, p) for p in named.by_pattern}
        around = {_place_around(tree, targets, p, folders) for p in named.around}
        right = exact | around == new.exact | new.around and found <= new.by_pattern
        if not right or not exact | around | found:
            return f"line {named.line} before: a path names something else than it did"
    return "an edit of a path lies in no path" if left else ""


def _place_around(
    tree: Tree, targets: Mapping[str, str], folder: str, folders: Collection[str]
) -> str | None:
    """Return where what is not in git is looked for, in a folder of the tree before.

    It stays where it is if the folder has no one place and is still there.
    """
    place = place_after(tree, targets, folder)
    return folder if place is None and folder in folders else place


def paths_named(side: Side, surely: bool) -> set[str]:
    """Return what the literals of a file name; ``surely`` leaves out what may be no path."""
    names = _Names(side)
    return {
        path
        for use in names.uses
        if not surely or names.is_sure(use)
        for reading in names.readings(use)
        if not reading.is_pattern
        for path in reading.paths
    }


class _Names:
    """Finds what the literals of one side name."""

    def __init__(self, side: Side) -> None:
        self._side = side
        tree = side.inventory.tree
        imported = imported_paths(side.inventory, side.path)
        analysis = PathAnalysis(side.module, side.path, tree)
        constants = {name: path for name, (path, _) in imported.items()}
        self._texts = texts_of(side.module, analysis, side.path, constants)
        self._current = current_folder(side.path, side.module, self._texts)
        self._reader = reader_of(tree)
        self.uses = [use for use in uses_in(side.module, self._texts) if not is_text(use)]

    def is_sure(self, use: PathUse) -> bool:
        """Tell whether a use is that of a path: one is wanted there, or code made one of it."""
        if use.wanted in _SURE or use.text.is_path or use.hint:
            return True
        return is_command(use) or follows_option(use, self._texts.bindings.parents)

    def by_span(self) -> dict[tuple[int, int], _Named]:
        """Return what is named by the spans of the literals."""
        found: dict[tuple[int, int], _Named] = {}
        uses = self.uses
        used = {id(use.text.literal) for use in uses if not use.bound}
        for use in uses:
            literal = use.text.literal
            if literal is None or (use.bound and id(literal) in used):
                continue  # what a name is given counts through the name's own uses
            self._add(use, literal, found)
        return found

    def by_span_of_whole(self) -> dict[tuple[int, int], _Named]:
        """Return what is named by the spans of formatted literals that begin with other paths."""
        found: dict[tuple[int, int], _Named] = {}
        for use in self.uses:
            if isinstance(use.node, ast.JoinedStr) and use.text.literal is not use.node:
                self._add(use, use.node, found)
        return found

    def _add(self, use: PathUse, literal: Literal, found: dict[tuple[int, int], _Named]) -> None:
        named = found.setdefault(self._side.source.span(literal), _Named(line=literal.lineno))
        for reading in self.readings(use):
            named.places(reading).update(reading.paths)

    def readings(self, use: PathUse) -> Iterable[Reading]:
        if not is_command(use):
            reading = self._reading(use)
            if reading is not None:
                yield reading
            return
        for word in words_in(use):
            reading = self._reading(word.use)
            if reading is not None and word.is_path(reading):
                yield reading

    def _reading(self, use: PathUse) -> Reading | None:
        folder = self._folder(use)
        return None if folder is None else self._reader.read(use, folder)

    def _folder(self, use: PathUse) -> str | None:
        if use.wanted is Wanted.RESOURCE:
            return dirname(self._side.path)
        return self._current if use.text.base == CURRENT else use.text.base
