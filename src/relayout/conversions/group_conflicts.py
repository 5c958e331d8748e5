"""Groups that uv is told never to install together, because they are environments of their own.

uv solves all groups at once, but for those that are said to conflict
(https://docs.astral.sh/uv/concepts/projects/config/#conflicting-dependencies).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from relayout.conversions.toml_text import Inline
from relayout.inventory.declared import Declared, distribution_name, table_at

TOGETHER = frozenset({"", "dev", "test"})
"""Groups that are installed with the package by what every layout brings."""

_AIRFLOW = frozenset({"apache-airflow", "apache-airflow-core"})


def environments(requirements: Collection[Declared]) -> frozenset[str]:
    """Return the groups that are environments of their own: Airflow's, if the package has it not.

    Airflow asks to be installed with constraints that others need not meet
    (https://airflow.apache.org/docs/apache-airflow/stable/installation/installing-from-pypi.html).
    """
    with_airflow = {d.group for d in requirements if distribution_name(d.text) in _AIRFLOW}
    if not with_airflow.isdisjoint(TOGETHER):
        return frozenset()
    return frozenset(d.group for d in requirements if d.is_apart and d.group in with_airflow)


def tell_apart(
    document: dict[str, Any], contradicting: Iterable[tuple[str, str]], alone: Collection[str]
) -> None:
    """Say in a document which of its groups cannot be installed together.

    These are pairs that contradict each other, and those that are ``alone`` with every other one;
    the main one is the empty string. What is said already stays.
    """
    groups = ["", *table_at(document, "dependency-groups")]
    pairs = {frozenset(pair) for pair in contradicting}
    pairs |= {frozenset((one, other)) for one in alone for other in groups if one != other}
    pairs = {pair for pair in pairs if pair <= set(groups)}
    if not pairs:
        return
    conflicts = document.setdefault("tool", {}).setdefault("uv", {}).setdefault("conflicts", [])
    known = [{_said(item) for item in said} for said in conflicts if isinstance(said, list)]
    name = str(table_at(document, "project").get("name", ""))
    for first, second in sorted(sorted(pair, key=groups.index) for pair in pairs):
        items = [_item(first, name), _item(second, name)]
        if not any({_said(item) for item in items} <= said for said in known):
            conflicts.append(items)


def _item(group: str, package: str) -> Inline:
    return Inline(group=group) if group else Inline(package=package)


def _said(item: object) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(item.items())) if isinstance(item, Mapping) else ()
