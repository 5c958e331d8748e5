"""Edits of strings that name modules: each must lie in one literal, and name the same module.

What the edits make of the literals is computed from their values alone, so that the syntax trees
before and after can be compared exactly.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relayout.inventory import Inventory
from relayout.inventory.module_strings import RUNS_MODULE, Literal, literals_of
from relayout.inventory.string_meanings import meaning_of
from relayout.inventory.string_readings import NAME
from relayout.rewriting.module_strings import KIND
from relayout.source import Edit, Source, nodes_of

_NEW = re.compile(rf"{NAME}(?:\.{NAME})*")
_OLD = re.compile(r"\.*(?:[\w-]+(?:\.[\w-]+)*)?")
"""What imports by name takes files that no statement can name as well: ``till-receipts``."""


@dataclass(frozen=True, slots=True)
class Side:
    """A file on one side of a migration: where it is in which inventory, and its syntax."""

    inventory: Inventory
    path: str
    source: Source
    module: ast.Module


@dataclass(frozen=True, slots=True)
class ChangedStrings:
    """What edits make of a file's strings: by the id of each constant, its value after them.

    ``problem`` says what is wrong with one of the edits, or is empty.
    """

    values: Mapping[int, str]
    problem: str = ""


def changed_strings(source: Source, module: ast.Module, edits: Sequence[Edit]) -> ChangedStrings:
    """Return the values that strings have after the edits of the kind ``module-string``.

    An edit has to lie in a string, and put one dotted name in the place of another; in an f-string,
    it has to lie in the text that it begins with.
    """
    wanted = sorted((e for e in edits if e.kind == KIND), key=lambda e: e.start)
    literals = _literals(source, module) if wanted else []
    changes: dict[int, _Change] = {}
    for edit in wanted:
        old = source.text[edit.start : edit.end]
        holders = [(e - s, s, n) for s, e, n in literals if s < edit.start and edit.end < e]
        if not holders:
            return ChangedStrings({}, f"an edit of {old!r} lies in no string")
        constant, text = _beginning(min(holders, key=lambda holder: holder[:2])[2])
        if not old or not _OLD.fullmatch(old) or not _NEW.fullmatch(edit.replacement):
            return ChangedStrings({}, f"an edit of {old!r} is no change of a module's name")
        change = changes.setdefault(id(constant), _Change(text))
        if not change.replace(old, edit.replacement):
            return ChangedStrings({}, f"an edit of {old!r} is not where a module is named")
    return ChangedStrings({key: change.result for key, change in changes.items()})


class _Change:
    """A string that edits are made to, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._done = 0
        self._pieces: list[str] = []

    def replace(self, old: str, new: str) -> bool:
        """Replace a name at the next place where a module may be named; tell whether it is one."""
        for place in _places(self._text):
            if place >= self._done and self._text.startswith(old, place):
                self._pieces += [self._text[self._done : place], new]
                self._done = place + len(old)
                return True
        return False

    @property
    def result(self) -> str:
        """The string after the edits."""
        return "".join([*self._pieces, self._text[self._done :]])


def _places(text: str) -> list[int]:
    """Return where in a string a module may be named: its beginning, and after ``python -m``."""
    first = len("ext://") if text.startswith("ext://") else 0
    return [first, *(match.start(1) for match in RUNS_MODULE.finditer(text))]


def wrong_names(
    before: Side, after: Side, edits: Sequence[Edit], targets: Mapping[str, str]
) -> str:
    """Return which edited string names another module than it did, or an empty string.

    ``edits`` are all of the file's, ``targets`` the old and new paths of what moved.
    """
    starts = [edit.start for edit in edits if edit.kind == KIND]
    if not starts:
        return ""
    now = _by_start(after)
    for start, literals in _by_start(before).items():
        end = before.source.span(literals[0].node)[1]
        if not any(start < edited < end for edited in starts):
            continue
        changed = now.get(_shifted(start, edits), [])
        pairs = list(zip(literals, changed, strict=False))
        if len(literals) != len(changed) or not all(
            _names_same(before, old, after, new, targets) for old, new in pairs
        ):
            line = literals[0].string.line
            return f"line {line} before: a string names another module than it did"
    return ""


def _by_start(side: Side) -> dict[int, list[Literal]]:
    """Return the literals of a file by where they begin; ``__name__`` stands for none."""
    found: dict[int, list[Literal]] = {}
    for literal in literals_of(side.module):
        if hasattr(literal.node, "lineno"):
            found.setdefault(side.source.span(literal.node)[0], []).append(literal)
    return found


def _shifted(position: int, edits: Sequence[Edit]) -> int:
    """Return where a position is after the edits."""
    before = [e for e in edits if e.end <= position]
    return position + sum(len(e.replacement) - (e.end - e.start) for e in before)


def _names_same(
    before: Side, old: Literal, after: Side, new: Literal, targets: Mapping[str, str]
) -> bool:
    if old.string.text == new.string.text:
        return True
    was = meaning_of(before.inventory, before.path, old.string)
    now = meaning_of(after.inventory, after.path, new.string)
    if was is None or now is None:
        return False
    file = was.module.file
    if file is None:
        return bool(now.module.package_folders)
    return targets.get(file, file) == now.module.file


def _literals(
    source: Source, module: ast.Module
) -> list[tuple[int, int, ast.Constant | ast.JoinedStr]]:
    """Return the outermost string literals with their spans; parts of f-strings are not listed."""
    inner = {
        id(part) for n in nodes_of(module) if isinstance(n, ast.JoinedStr) for part in n.values
    }
    return [
        (*source.span(node), node)
        for node in nodes_of(module)
        if (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner
        )
        or isinstance(node, ast.JoinedStr)
    ]


def _beginning(node: ast.Constant | ast.JoinedStr) -> tuple[ast.AST, str]:
    """Return the constant that a literal begins with, and its text: empty if there is none."""
    first = node if isinstance(node, ast.Constant) else node.values[0] if node.values else node
    is_text = isinstance(first, ast.Constant) and isinstance(first.value, str)
    return first, str(first.value) if is_text and isinstance(first, ast.Constant) else ""
