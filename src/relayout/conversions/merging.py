"""Template files that the repository already has: merged, never replaced.

TOML is merged by table: what the repository says wins, missing tables and keys are added, comments
stay. Ignore files are merged by line. Anything else is kept, and the template's version laid
beside it.
"""

from __future__ import annotations

from collections.abc import Collection, MutableMapping
from typing import Any

import tomlkit
from tomlkit.items import AbstractTable

BESIDE = ".relayout-new"
"""Suffix of a template file that is laid beside the repository's own."""

LINE_MERGED = frozenset({".gitignore", ".dockerignore"})


def merge_lines(mine: str, template: str) -> str:
    """Return ``mine`` with the rules of ``template`` that it lacks at its end."""
    newline = "\r\n" if "\r\n" in mine else "\n"
    have = {line.strip() for line in mine.splitlines()}
    missing = [
        line
        for line in template.splitlines()
        if line.strip() and not line.startswith("#") and line.strip() not in have
    ]
    if not missing:
        return mine
    gap = "" if not mine or mine.endswith(("\n", "\r")) else newline
    return newline.join([f"{mine}{gap}", "# Added by the layout", *missing, ""])


def merge_tables(
    mine: MutableMapping[str, Any], template: MutableMapping[str, Any], skip: Collection[str] = ()
) -> None:
    """Add to ``mine`` what only ``template`` has, table by table; ``skip`` are dotted names."""
    for key, value in template.items():
        if key in skip:
            continue
        if key not in mine:
            mine[key] = _without(value, key, skip)
        elif isinstance(mine[key], AbstractTable) and isinstance(value, AbstractTable):
            inner = [name.partition(".")[2] for name in skip if name.startswith(f"{key}.")]
            merge_tables(mine[key], value, inner)


def _without(value: Any, key: str, skip: Collection[str]) -> Any:
    """Return a table that is new to the repository, without the parts that are to be skipped."""
    inner = [name.partition(".")[2] for name in skip if name.startswith(f"{key}.")]
    if not inner or not isinstance(value, AbstractTable):
        return value
    table = tomlkit.table(is_super_table=all(isinstance(v, AbstractTable) for v in value.values()))
    merge_tables(table, value, inner)
    return table
