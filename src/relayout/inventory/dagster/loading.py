"""What each code location of a repository loads, as far as its text tells.

A code location is what ``workspace.yaml``, ``dagster_cloud.yaml``, ``[tool.dagster]`` or a project
of ``dg`` names (https://docs.dagster.io/deployment/code-locations); where nothing names one, every
module with an object of definitions is one, since ``dagster dev -f`` and ``-m`` take any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from relayout.inventory import Inventory
from relayout.inventory.dagster.loading_calls import (
    Loader,
    may_load,
    read_loading_file,
)
from relayout.inventory.dagster.loading_folders import is_of_component
from relayout.inventory.dagster.named_locations import named_locations
from relayout.inventory.dagster.territory import is_part
from relayout.notebook import is_notebook


@dataclass(frozen=True, slots=True)
class CodeLocation:
    """One code location, and what is loaded for it.

    ``name`` is what configuration names, the path of the module if nothing does. ``module`` is the
    file that Dagster loads, empty if the repository has none. ``reached`` are the files that are
    imported for it, one through another; ``loaders`` are those in them.
    """

    name: str
    module: str
    reached: frozenset[str] = frozenset()
    loaders: tuple[Loader, ...] = ()


def loaders(inventory: Inventory) -> tuple[Loader, ...]:
    """Return every call of a loader in the repository, by file and place."""
    files = (read_loading_file(path, inventory) for path in loading_files(inventory))
    return tuple(loader for file in files if file is not None for loader in file.loaders)


def loading_files(inventory: Inventory) -> list[str]:
    """Return the files that may have loaders."""
    return [
        path for path in inventory.python if not is_notebook(path) and may_load(path, inventory)
    ]


def code_locations(inventory: Inventory) -> tuple[CodeLocation, ...]:
    """Return the code locations of a repository, with all that each one reaches."""
    found = [CodeLocation(one.target, one.module) for one in named_locations(inventory)]
    if not any(location.module for location in found):
        found += [CodeLocation(path, path) for path in definitions_objects(inventory)]
    by_path: dict[str, list[Loader]] = {}
    for loader in loaders(inventory):
        by_path.setdefault(loader.path, []).append(loader)
    return tuple(_complete(location, by_path, inventory) for location in found)


def definitions_objects(inventory: Inventory) -> list[str]:
    """Return the modules with an object of definitions, or a function that gives one.

    Those of tests and of components do not count, nor what is in quarantine.
    """
    return [
        path
        for path, module in sorted(inventory.dagster.items())
        if is_part(path) and module.has_object and not is_of_component(path, inventory.tree)
    ]


def _complete(
    location: CodeLocation, by_path: dict[str, list[Loader]], inventory: Inventory
) -> CodeLocation:
    """Return a location with the files that are imported for it, and the loaders in them."""
    reached: set[str] = set()
    found: list[Loader] = []
    pending = [location.module] if location.module else []
    while pending:
        path = pending.pop()
        if path in reached or path not in inventory.python:
            continue
        reached.add(path)
        pending += _imported(path, inventory)
        for loader in by_path.get(path, ()):
            found.append(loader)
            pending += loader.modules or ()
    found.sort(key=lambda loader: (loader.path, loader.start))
    return replace(location, reached=frozenset(reached), loaders=tuple(found))


def _imported(path: str, inventory: Inventory) -> Iterable[str]:
    if inventory.python[path].error is not None:
        return ()
    return (file for _, found in inventory.resolutions(path) for file in found.files)


def loaded_with_components(inventory: Inventory) -> frozenset[str]:
    """Return the modules with Definitions objects in ``defs`` folders that have components too.

    Dagster goes on loading such a folder. A module at the old path that gave the same object once
    more would bring its resources twice, which Dagster refuses.
    """
    return frozenset(
        path
        for loader in loaders(inventory)
        if loader.components and loader.takes_folder
        for path in loader.modules or ()
        if path in inventory.dagster and inventory.dagster[path].has_object
    )
