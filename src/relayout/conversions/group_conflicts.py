"""Groups that uv is told never to install together, because they are environments of their own.

uv solves all groups at once, but for those that are said to conflict
(https://docs.astral.sh/uv/concepts/projects/config/#conflicting-dependencies).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from relayout.conversions.toml_text import Inline
from relayout.inventory.declared import Declared, table_at

TOGETHER = frozenset({"", "dev", "test"})
"""Groups that are installed with the package by what every layout brings."""


def environments(requirements: Collection[Declared]) -> frozenset[str]:
    """Return the groups that are environments of their own."""
    return frozenset(d.group for d in requirements if d.is_apart) - TOGETHER


def tell_apart(
    document: dict[str, Any], contradicting: Iterable[tuple[str, str]], alone: Collection[str]
) -> None:
    """Say in a document which of its groups cannot be installed together.

    These are pairs that contradict each other, and those that are ``alone`` with each other and
    with every other one; the main one is the empty string. What is said already stays.
    """
    groups = ["", *table_at(document, "dependency-groups")]
    apart = [group for group in groups if group in alone]
    sets = [[group, *apart] for group in groups if group not in alone and apart]
    covered = [set(several) for several in sets]
    pairs = [sorted(pair, key=groups.index) for pair in contradicting if set(pair) <= {*groups}]
    sets += [pair for pair in pairs if not any(set(pair) <= several for several in covered)]
    if not sets:
        return
    conflicts = document.setdefault("tool", {}).setdefault("uv", {}).setdefault("conflicts", [])
    known = [{_said(item) for item in said} for said in conflicts if isinstance(said, list)]
    name = str(table_at(document, "project").get("name", ""))
    for several in sets:
        items = [_item(group, name) for group in several]
        if not any({_said(item) for item in items} <= said for said in known):
            conflicts.append(items)


def _item(group: str, package: str) -> Inline:
    return Inline(group=group) if group else Inline(package=package)


def _said(item: object) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(item.items())) if isinstance(item, Mapping) else ()
