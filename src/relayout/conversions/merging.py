"""Template files that the repository already has: merged, never replaced.

TOML is merged by table: what the repository says wins, missing tables and keys are added, comments
stay. Ignore files are merged by line. Anything else is kept, and the template's version laid
beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from relayout.source import newline_of

BESIDE = ".relayout-new"
"""Suffix of a template file that is laid beside the repository's own."""

LINE_MERGED = frozenset({".gitignore", ".dockerignore"})


def merge_lines(mine: str, template: str) -> str:
    """Return ``mine`` with the rules of ``template`` that it lacks at its end."""
    rules = [s for s in template.splitlines() if s.strip() and not s.startswith("#")]
    return append_missing(mine, "# Added by the layout", rules)


def append_missing(text: str, title: str, lines: Sequence[str]) -> str:
    """Return ``text`` with those of the lines that it lacks at its end, under a title."""
    have = {line.strip() for line in text.splitlines()}
    missing = [line for line in lines if line.strip() not in have]
    if not missing:
        return text
    newline = newline_of(text)
    gap = "" if not text or text.endswith(("\n", "\r")) else newline
    return newline.join([f"{text}{gap}", title, *missing, ""])


def merge_tables(
    mine: dict[str, Any], template: dict[str, Any], skip: Collection[str] = ()
) -> None:
    """Add to ``mine`` what only ``template`` has, table by table; ``skip`` are dotted names."""
    for key, value in template.items():
        inner = [name.partition(".")[2] for name in skip if name.startswith(f"{key}.")]
        if key in skip:
            continue
        if isinstance(value, dict):
            is_new = key not in mine
            table = mine.setdefault(key, {})
            if isinstance(table, dict):
                merge_tables(table, value, inner)
            if is_new and not table and value:
                del mine[key]  # all of it was to be skipped
        else:
            mine.setdefault(key, value)
