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
from relayout.inventory.module_strings import Literal, literals_of
from relayout.inventory.string_meanings import meaning_of
from relayout.source import Edit, Source, nodes_of

KIND = "module-string"

_OLD = re.compile(r"\.*(?:[^\W\d]\w*(?:\.[^\W\d]\w*)*)?")
_NEW = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


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
    values: dict[int, str] = {}
    wanted = [edit for edit in edits if edit.kind == KIND]
    if not wanted:
        return ChangedStrings(values)
    literals = _literals(source, module)
    for edit in wanted:
        old = source.text[edit.start : edit.end]
        holders = [(e - s, s, n) for s, e, n in literals if s < edit.start and edit.end < e]
        if not holders:
            return ChangedStrings({}, f"an edit of {old!r} lies in no string")
        constant, text = _beginning(min(holders, key=lambda holder: holder[:2])[2])
        if not old or not _OLD.fullmatch(old) or not _NEW.fullmatch(edit.replacement):
            return ChangedStrings({}, f"an edit of {old!r} is no change of a module's name")
        start = text.find(old)
        if id(constant) in values or start not in (0, len("ext://")):
            return ChangedStrings({}, f"an edit of {old!r} is not at the start of a string")
        values[id(constant)] = f"{text[:start]}{edit.replacement}{text[start + len(old) :]}"
    return ChangedStrings(values)
    literals = _literals(source, module)
    for edit in wanted:
        old = source.text[edit.start : edit.end]
        holders = [(e - s, s, n) for s, e, n in literals if s < edit.start and edit.end < e]
        if not holders:
            return ChangedStrings({}, f"an edit of {old!r} lies in no string")
        constant, text = _beginning(min(holders, key=lambda holder: holder[:2])[2])
        if not old or not _OLD.fullmatch(old) or not _NEW.fullmatch(edit.replacement):
            return ChangedStrings({}, f"an edit of {old!r} is no change of a module's name")
        start = 0 if constant is None else constant.value.find(old)
        if constant is None or id(constant) in values or start not in (0, len("ext://")):
            return ChangedStrings({}, f"an edit of {old!r} is not at the start of a string")
        end = start + len(old)
        text = constant.value
        values[id(constant)] = f"{text[:start]}{edit.replacement}{text[end:]}"
    return ChangedStrings(values)


def wrong_names(
    before: Side, after: Side, edits: Sequence[Edit], targets: Mapping[str, str]
) -> str:
    """Return which edited string names another module than it did, or an empty string.

    ``edits`` are all of the file's, ``targets`` the old and new paths of what moved.
    """
    starts = [edit.start for edit in edits if edit.kind == KIND]
    if not starts:
        return ""
    now = {after.source.span(x.node)[0]: x for x in literals_of(after.module) if _is_real(x)}
    for literal in literals_of(before.module):
        if not _is_real(literal):
            continue
        start, end = before.source.span(literal.node)
        if not any(start < edited < end for edited in starts):
            continue
        changed = now.get(_shifted(start, edits))
        if changed is None or not _names_same(before, literal, after, changed, targets):
            return f"line {literal.string.line} before: a string names another module than it did"
    return ""


def _is_real(literal: Literal) -> bool:
    """Tell whether a literal stands in the file: ``__name__`` does not."""
    return hasattr(literal.node, "lineno")


def _shifted(position: int, edits: Sequence[Edit]) -> int:
    """Return where a position is after the edits."""
    before = [e for e in edits if e.end <= position]
    return position + sum(len(e.replacement) - (e.end - e.start) for e in before)


def _names_same(
    before: Side, old: Literal, after: Side, new: Literal, targets: Mapping[str, str]
) -> bool:
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
