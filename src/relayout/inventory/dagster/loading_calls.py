"""Dagster's loaders: calls that collect definitions from modules, and which files those are.

The functions are those of https://docs.dagster.io/api/dagster/assets#loading and
https://docs.dagster.io/api/dagster/definitions, with the older ones that they replaced. A loader
takes what is bound in a module, imported objects and lists of them included; each object once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from relayout.inventory import Inventory
from relayout.inventory.dagster.definition import ASSETS, LOADABLE
from relayout.inventory.dagster.loading_folders import defs_folder, package_modules
from relayout.inventory.dagster.loading_names import LoadingNames
from relayout.inventory.dagster.loading_settings import defs_package
from relayout.inventory.search_paths import Located
from relayout.notebook import read_source
from relayout.source import NotPython, Source, nodes_of

_KINDS = {
    "load_assets_from": frozenset(ASSETS) - {"asset_spec"},
    "load_asset_checks_from": frozenset({"asset_check"}),
    "load_definitions_from": LOADABLE,
}
_MODULES = ("modules", "module", "package_module", "package_name", "current_module")
_FOLDERS: Mapping[str, str] = {
    "load_from_defs_folder": "path_within_project",
    "load_defs": "defs_root",
}

LOADED_KINDS: Mapping[str, frozenset[str]] = {
    **{f"{start}_{by}": kinds for start, kinds in _KINDS.items() for by in _MODULES},
    **dict.fromkeys(_FOLDERS, LOADABLE),
}
"""The kinds of definitions that each loader takes.

Specs of assets are taken by a loader of assets only where it is told ``include_specs=True``.
"""


@dataclass(frozen=True, slots=True)
class Loader:
    """One call of a loader, from ``start`` to ``end`` in the characters of the file at ``path``.

    ``function`` is what Dagster calls it. ``modules`` are the files that it loads, None where that
    cannot be told; ``folder`` is the one that it loads as a whole, empty for a loader that is given
    modules. ``components`` are what makes components of itself in that folder.
    """

    path: str
    line: int
    start: int
    end: int
    function: str
    modules: tuple[str, ...] | None
    folder: str = ""
    components: tuple[str, ...] = ()

    @property
    def takes_folder(self) -> bool:
        """Whether it loads a ``defs`` folder, with its components."""
        return self.function in _FOLDERS


@dataclass(frozen=True)
class LoadingFile:
    """A file with loaders, in hand: its text and its tree, and each loader with its call."""

    path: str
    source: Source
    module: ast.Module
    names: LoadingNames
    calls: tuple[tuple[Loader, ast.Call], ...]

    @property
    def loaders(self) -> tuple[Loader, ...]:
        """The loaders, in order."""
        return tuple(loader for loader, _ in self.calls)


def may_load(path: str, inventory: Inventory) -> bool:
    """Tell whether a file may have loaders, without a parse."""
    file = inventory.python[path]
    if file.error is not None or not any(
        name.partition(".")[0] == "dagster" for s in file.statements for name in s.modules
    ):
        return False
    return b"load_" in inventory.tree.read(path)


def read_loading_file(path: str, inventory: Inventory) -> LoadingFile | None:
    """Return a file with its loaders, or None for a file that has none."""
    if not may_load(path, inventory):
        return None
    try:
        source = read_source(path, inventory.tree.read(path))
        module = source.parse()
    except NotPython:
        return None
    names = LoadingNames(path, inventory)
    calls = [
        (_loader(node, function, path, source, names, module, inventory), node)
        for node in nodes_of(module)
        if isinstance(node, ast.Call) and (function := names.function(node.func)) in LOADED_KINDS
    ]
    calls.sort(key=lambda call: call[0].start)
    return LoadingFile(path, source, module, names, tuple(calls)) if calls else None


def first_argument(node: ast.Call, function: str) -> ast.expr | None:
    """Return what a loader is told to load, or None if it is told nothing."""
    wanted = {_FOLDERS.get(function, ""), "project_root", function.rpartition("_from_")[2]}
    for keyword in node.keywords:
        if keyword.arg in wanted:
            return keyword.value
    takes_none = function.endswith("current_module")
    is_sure = node.args and not isinstance(node.args[0], ast.Starred)
    return node.args[0] if is_sure and not takes_none else None


def _loader(
    node: ast.Call,
    function: str,
    path: str,
    source: Source,
    names: LoadingNames,
    module: ast.Module,
    inventory: Inventory,
) -> Loader:
    """Return what a call loads."""
    start, end = source.span(node)
    loader = Loader(path, node.lineno, start, end, function, None)
    argument = first_argument(node, function)
    if function == "load_from_defs_folder":
        return _of_folder(loader, defs_package(path, inventory), inventory, stops=False)
    if function.endswith("current_module"):
        return replace(loader, modules=(path,))
    if argument is None:
        return loader
    if function == "load_defs":
        return _of_folder(loader, names.module(argument), inventory, stops=True)
    if "package" in function:
        text = names.text(argument) if function.endswith("name") else None
        located = names.named(text) if text else names.module(argument)
        return _of_package(loader, located, inventory)
    listed = (
        [argument]
        if function.endswith("from_module")
        else list(_items(argument, module, names, path, inventory))
    )
    found = [names.module(item) for item in listed]
    files = [located.file for located in found if located is not None and located.file]
    is_known = bool(files) and len(files) == len(listed)
    return replace(loader, modules=tuple(files)) if is_known else loader


def _of_package(loader: Loader, located: Located | None, inventory: Inventory) -> Loader:
    folders = located.package_folders if located is not None else ()
    if located is None or located.file is None:
        return loader
    if not folders:
        return replace(loader, modules=(located.file,))
    modules = package_modules(folders[0], inventory.tree)
    return replace(loader, modules=modules, folder=folders[0])


def _of_folder(
    loader: Loader, located: Located | None, inventory: Inventory, stops: bool
) -> Loader:
    folders = located.package_folders if located is not None else ()
    if len(folders) != 1:
        return loader
    found = defs_folder(folders[0], inventory.tree, stops)
    return replace(loader, modules=found.modules, folder=folders[0], components=found.components)


def _items(
    node: ast.expr, module: ast.Module, names: LoadingNames, path: str, inventory: Inventory
) -> Iterator[ast.expr]:
    """Yield the items of a list: written there, or bound once at the top level of the file."""
    if isinstance(node, ast.Name):
        bound = [
            statement.value
            for statement in module.body
            if isinstance(statement, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == node.id for t in statement.targets)
        ]
        node = bound[0] if len(bound) == 1 else node
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        yield from node.elts
