"""What each code location of a Dagster project takes, as far as the text tells.

A loader takes every definition of its kinds from its modules. What no loader takes is named: in an
argument of ``Definitions``, in what a repository function returns, in a list that is imported.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from relayout.inventory import Inventory
from relayout.inventory.dagster import LOADABLE, Definition
from relayout.inventory.dagster.loading import CodeLocation, code_locations
from relayout.inventory.dagster.loading_calls import LOADED_KINDS
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import read_source
from relayout.source import NotPython, nodes_in

TAKEN_KINDS = LOADABLE - {"asset_spec"}
"""Kinds of what a code location takes: a spec may only tell of an asset that is elsewhere."""

Label = tuple[str, str]
"""A definition's kind, and the name that its module gives it, with the assets that it is about."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one code location takes.

    ``certainly`` is loaded or named, ``perhaps`` is only in files that are imported for it.
    ``unknown`` is True where it has a loader whose modules cannot be told.
    """

    name: str
    certainly: frozenset[Label]
    perhaps: frozenset[Label]
    unknown: bool = False


def label(definition: Definition) -> Label:
    """Return what a definition is called here: several modules may use one name for their own."""
    about = ", ".join(sorted(definition.asset_keys))
    differs = definition.certain and about not in ("", definition.name)
    return definition.kind, f"{definition.name} of {about}" if differs else definition.name


def taken(inventory: Inventory) -> tuple[Taken, ...]:
    """Return what each code location takes whose module is there, outside of quarantine.

    Two that have the same module count once.
    """
    found: dict[str, CodeLocation] = {}
    for location in code_locations(inventory):
        if location.module and not is_quarantined(location.module):
            found.setdefault(location.module, location)
    return tuple(_taken(location, inventory) for location in found.values())


def _taken(location: CodeLocation, inventory: Inventory) -> Taken:
    reached = [path for path in location.reached if path in inventory.dagster]
    imported = [
        definition
        for path in reached
        for definition in inventory.dagster[path].definitions
        if definition.kind in TAKEN_KINDS
    ]
    loaded: set[Label] = set()
    for loader in location.loaders:
        kinds = LOADED_KINDS[loader.function] & TAKEN_KINDS
        loaded |= _of_modules(loader.modules or (), kinds, inventory)
    named = _names_in(_naming(location, inventory), inventory)
    certainly = loaded | {label(one) for one in imported if one.name in named}
    perhaps = frozenset(map(label, imported))
    unknown = any(loader.modules is None for loader in location.loaders)
    return Taken(location.name, frozenset(certainly), perhaps, unknown)


def _of_modules(paths: Iterable[str], kinds: frozenset[str], inventory: Inventory) -> set[Label]:
    return {
        label(definition)
        for path in paths
        if path in inventory.dagster
        for definition in inventory.dagster[path].definitions
        if definition.kind in kinds
    }


def _naming(location: CodeLocation, inventory: Inventory) -> set[str]:
    """Return the files whose names count: the location's own, and what makes definitions for it.

    A list of definitions that such a file imports counts by the names in its own file; a package's
    ``__init__.py`` often has them.
    """
    found = {location.module}
    for path in location.reached:
        module = inventory.dagster.get(path)
        kinds = {definition.kind for definition in module.definitions} if module else set()
        if "definitions" in kinds or path.endswith("__init__.py"):
            found.add(path)
    return found


def _names_in(paths: Iterable[str], inventory: Inventory) -> set[str]:
    """Return the identifiers in the values of some files, and in functions that give definitions.

    What other functions and classes name is what they need: that alone takes nothing.
    """
    found: set[str] = set()
    for path in paths:
        try:
            module = read_source(path, inventory.tree.read(path)).parse()
        except NotPython:
            continue
        defined = inventory.dagster[path].definitions if path in inventory.dagster else ()
        giving = {definition.name for definition in defined if definition.kind == "definitions"}
        for statement in module.body:
            if getattr(statement, "name", None) not in (None, *giving):
                continue
            for node in nodes_in(statement):
                if isinstance(node, ast.Name):
                    found.add(node.id)
                elif isinstance(node, ast.Attribute):
                    found.add(node.attr)
    return found
