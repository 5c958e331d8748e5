"""What three documents say is merged by key: tables recursively, arrays as sets with an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from relayout.conversions.toml_text import Inline
from relayout.evolution.disagreement import Disagreement
from relayout.evolution.list_merge import both_replaced, joined, merge_lists
from relayout.evolution.toml_values import MISSING, Keyed, Path, same

_TABLES_OF_ENTRIES = (
    "",
    "tool",
    "project.scripts",
    "project.gui-scripts",
    "project.entry-points",
    "project.entry-points.*",
    "project.optional-dependencies",
    "project.urls",
    "dependency-groups",
    "tool.poetry.scripts",
    "tool.poetry.dependencies",
    "tool.poetry.group",
    "tool.poetry.group.*.dependencies",
    "tool.ruff.lint.per-file-ignores",
    "tool.uv.sources",
)
"""Tables whose keys have nothing to do with each other: one side may take all of them out, and what
the other side adds still holds. What is added to any other table that is gone contradicts that."""

_REQUIREMENTS = (
    "build-system.requires",
    "project.dependencies",
    "project.optional-dependencies.*",
    "dependency-groups.*",
    "tool.uv.*-dependencies",
)


def merge_values(base: Any, ours: Any, theirs: Any, path: Path = ()) -> Any:
    """Return what ``ours`` and ``theirs`` make of ``base`` together; MISSING if nothing is left.

    A Disagreement stands wherever both changed one thing in different ways.
    """
    if same(ours, theirs) or same(base, theirs):
        return ours
    if same(base, ours):
        return theirs
    sides = (base, ours, theirs)
    if all(isinstance(side, Keyed) or side is MISSING for side in sides):
        return _merge_keyed(base, ours, theirs, path)
    if all(_is_table(side) or side is MISSING for side in sides):
        return _merge_tables(base, ours, theirs, path)
    lists = [_as_list(side) for side in sides]
    if all(isinstance(side, list) or side is MISSING for side in lists):
        return _merge_lists(lists, path)
    return Disagreement(*sides)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and not isinstance(value, Keyed)


def _is_one_of(path: Path, patterns: tuple[str, ...]) -> bool:
    if not all(isinstance(part, str) for part in path):
        return False
    return any(fnmatchcase(".".join(map(str, path)), pattern) for pattern in patterns)


def _merge_tables(base: Any, ours: Any, theirs: Any, path: Path) -> Any:
    sides = (base, ours, theirs)
    is_value = any(isinstance(side, Inline) for side in sides)
    if ours is MISSING or theirs is MISSING:
        is_apart = is_value or not _is_one_of(path, _TABLES_OF_ENTRIES)
    else:
        is_apart = is_value and base is MISSING
    if is_apart:
        return Disagreement(*sides)
    left = _merge_keys([{} if side is MISSING else side for side in sides], path)
    was_empty = any(isinstance(side, dict) and not side for side in (ours, theirs))
    is_gone = not left and (ours is MISSING or theirs is MISSING or not was_empty)
    return MISSING if is_gone else Inline(left) if is_value else left


def _merge_keyed(base: Any, ours: Any, theirs: Any, path: Path) -> Any:
    sides = [{} if side is MISSING else side for side in (base, ours, theirs)]
    if both_replaced(*sides):
        return Disagreement(base, ours, theirs)
    return Keyed(_merge_keys(sides, path)) or MISSING


def _merge_keys(sides: Sequence[Mapping[Any, Any]], path: Path) -> dict[Any, Any]:
    """Return what is left of the keys of base, ours and theirs, in our order."""
    _, ours, theirs = sides
    merged: dict[Any, Any] = {}
    for key in joined([*ours], [*theirs], {*ours, *theirs}):
        was, mine, new = (side.get(key, MISSING) for side in sides)
        merged[key] = merge_values(was, mine, new, (*path, key))
    return {key: item for key, item in merged.items() if item is not MISSING}


def _as_list(value: Any) -> Any:
    return [*value.values()] if isinstance(value, Keyed) else value


def _merge_lists(sides: list[Any], path: Path) -> Any:
    """Return the merged array; MISSING as a base is an empty one, as a side it disagrees."""
    base, ours, theirs = sides
    if ours is MISSING or theirs is MISSING:
        return Disagreement(*sides)
    was = [] if base is MISSING else base
    merged = merge_lists(was, ours, theirs, _is_one_of(path, _REQUIREMENTS))
    return Disagreement(*sides) if merged is None else merged
