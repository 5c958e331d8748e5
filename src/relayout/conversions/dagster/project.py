"""Code locations keep what they load when the modules of a Dagster project are sorted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from posixpath import dirname

from relayout.conversions.conversion import Conversion
from relayout.conversions.dagster.explicit_loads import ExplicitLoads
from relayout.conversions.dagster.written_definitions import write_definitions
from relayout.inventory import Inventory
from relayout.inventory.dagster import LOADABLE
from relayout.inventory.dagster.loading import loading_files
from relayout.inventory.dagster.loading_calls import Loader, LoadingFile, read_loading_file
from relayout.inventory.dagster.loading_folders import defs_folder, package_modules
from relayout.inventory.search_paths import is_quarantined
from relayout.planning.homes import Homes
from relayout.planning.plan import Finding
from relayout.planning.split import Split
from relayout.rewriting.destination import Destination
from relayout.rewriting.needed_names import NeededNames
from relayout.source import Edit

_LOADED = LOADABLE | {"definitions"}


def convert_dagster(
    inventory: Inventory, destination: Destination, homes: Homes, splits: Sequence[Split] = ()
) -> Conversion:
    """Return what lets the code locations of a repository load after the moves what they load now.

    Edits are for the files at their places before: they name modules that the moves take along.
    Additions are by path after; they are the ``definitions.py`` of a package that has none.
    ``splits`` are those that the tree has behind it.
    """
    explicit = _explicit(inventory, destination, splits)
    written = write_definitions(inventory, destination, homes)
    return Conversion(
        edits=explicit.edits,
        additions=written.additions,
        findings=(*explicit.findings, *written.findings),
    )


def _explicit(
    inventory: Inventory, destination: Destination, splits: Sequence[Split]
) -> Conversion:
    """Return the edits by which loaders name the modules that they load."""
    changing = list(_changing(inventory, destination))
    if not changing:
        return Conversion()
    needed = NeededNames(inventory)
    edits: dict[str, tuple[Edit, ...]] = {}
    findings: list[Finding] = []
    for file, loaders in changing:
        loads = ExplicitLoads(file, inventory, destination, splits, needed.of(file.path))
        made = loads.rewrite(loaders)
        findings += loads.findings
        if made:
            edits[file.path] = tuple(sorted(made))
    return Conversion(edits=edits, findings=tuple(findings))


def _changing(
    inventory: Inventory, destination: Destination
) -> Iterator[tuple[LoadingFile, set[Loader]]]:
    """Yield the files that have loaders which would load others after the moves, with these."""
    for file in _files(inventory, destination):
        loaders = {one for one in file.loaders if _loads_others(one, inventory, destination)}
        if loaders:
            yield file, loaders


def _files(inventory: Inventory, destination: Destination) -> Iterator[LoadingFile]:
    """Yield the files with loaders that may load other modules after the moves."""
    for path in loading_files(inventory) if destination.moves else ():
        if not is_quarantined(destination.of_file(path)):
            file = read_loading_file(path, inventory)
            if file is not None:
                yield file


def _loads_others(loader: Loader, inventory: Inventory, destination: Destination) -> bool:
    """Tell whether a loader that is left as it is would load other modules after the moves.

    Modules in which it finds nothing do not count.
    """
    if not loader.folder or loader.modules is None:
        return False
    before = {destination.of_file(p) for p in loader.modules if _has_loadable(p, inventory)}
    after = {
        path
        for path in _modules_after(loader, destination)
        if _has_loadable(destination.before_moves(path), inventory)
    }
    return before != after


def _modules_after(loader: Loader, destination: Destination) -> Collection[str]:
    marker = f"{loader.folder}/__init__.py"
    folder = dirname(destination.of_file(marker))
    if loader.takes_folder:
        return defs_folder(folder, destination.tree, loader.function == "load_defs").modules
    return package_modules(folder, destination.tree)


def _has_loadable(path: str, inventory: Inventory) -> bool:
    module = inventory.dagster.get(path)
    if module is not None and any(d.kind in _LOADED for d in module.definitions):
        return True
    return path in inventory.python and any(
        definition.kind in _LOADED and name.name in ("*", definition.name)
        for name, resolution in inventory.resolutions(path)
        for file in resolution.files
        if file in inventory.dagster
        for definition in inventory.dagster[file].definitions
    )
