"""``entry-points-resolve``: every console script names a function that exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory import Inventory
from relayout.inventory.declared import table_at
from relayout.planning.homes import Home
from relayout.tree import Tree
from relayout.verification.evidence import Check, Evidence, outcome


def check_entry_points_resolve(evidence: Evidence) -> Check:
    """Count console scripts of the packages' projects that lead nowhere."""
    scripts: dict[str, str] = {}
    problems: list[str] = []
    for home in evidence.homes.all:
        own = _console_scripts(evidence.after.tree, home)
        problems += [f"{name}: two projects have this script" for name in own if name in scripts]
        problems += _leading_nowhere(own, home, evidence.after)
        scripts |= own
    return outcome("entry-points-resolve", problems, {"scripts": scripts})


def _leading_nowhere(scripts: Mapping[str, str], home: Home, after: Inventory) -> Iterator[str]:
    """Yield what is wrong with the console scripts of one project."""
    for name, value in scripts.items():
        module, _, function = value.partition(":")
        located = after.resolver.finder.find((home.source, home.project), module.strip())
        if located is None or located.file is None:
            yield f"{name} = {value}: there is no module {module}"
        elif function.split("[")[0].strip().partition(".")[0] not in (
            after.python[located.file].defines if located.file in after.python else ()
        ):
            yield f"{name} = {value}: {located.file} has no {function}"


def _console_scripts(tree: Tree, home: Home) -> dict[str, str]:
    if not tree.is_regular(home.pyproject):
        return {}
    try:
        text = tree.read(home.pyproject).decode("utf-8", errors="replace")
        document: dict[str, Any] = tomlkit.parse(text).unwrap()
    except TOMLKitError:
        return {}
    found = table_at(document, "tool", "poetry", "scripts")
    found = {**found, **table_at(document, "project", "scripts")}
    return {name: value for name, value in found.items() if isinstance(value, str)}
