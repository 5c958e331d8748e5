"""What each code location of a repository loads, as far as its text tells.

A code location is what ``workspace.yaml``, ``dagster_cloud.yaml``, ``[tool.dagster]`` or a project
of ``dg`` names (https://docs.dagster.io/deployment/code-locations); where nothing names one, every
module with an object of definitions is one, since ``dagster dev -f`` and ``-m`` take any.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from posixpath import basename, dirname, join, normpath

from relayout.inventory import Inventory
from relayout.inventory.dagster.loading_calls import (
    LOADED_KINDS,
    Loader,
    may_load,
    read_loading_file,
)
from relayout.inventory.dagster.loading_names import LoadingNames
from relayout.inventory.dagster.loading_settings import (
    dagster_settings,
    dg_project,
    find_module,
)
from relayout.inventory.references import decoded
from relayout.inventory.references.data.dagster import names_locations
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import is_notebook, read_source
from relayout.source import NotPython, line_at

__all__ = [
    "LOADED_KINDS",
    "CodeLocation",
    "Loader",
    "code_locations",
    "component_places",
    "loaded_with_components",
    "loaders",
    "named_locations",
]

_OBJECTS = frozenset({"Definitions", "definitions", "repository", "lazy_repository"})
_SIGNS = (b"Definitions", b"definitions", b"repository", b"load_")


@dataclass(frozen=True, slots=True)
class CodeLocation:
    """One code location: where it is named, and what is loaded for it.

    ``named_in`` is the file that names it, the module itself if nothing does. ``name`` is what is
    said there. ``module`` is the file that Dagster loads, empty if the repository has none.
    ``reached`` are the files that are imported for it, one through another; ``loaders`` are those
    in them.
    """

    named_in: str
    line: int
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


def component_places(inventory: Inventory) -> frozenset[str]:
    """Return the folders and modules that Dagster loads as components: they stay where they are.

    A component says in its own folder what it has.
    """
    return frozenset(place for loader in loaders(inventory) for place in loader.components)


def code_locations(inventory: Inventory) -> tuple[CodeLocation, ...]:
    """Return the code locations of a repository, with all that each one reaches."""
    named = list(named_locations(inventory))
    if not any(location.module for location in named):
        found = sorted(p for p in inventory.python if has_definitions_object(p, inventory))
        named += [CodeLocation(path, 0, path, path) for path in found if not is_quarantined(path)]
    by_path: dict[str, list[Loader]] = {}
    for loader in loaders(inventory):
        by_path.setdefault(loader.path, []).append(loader)
    return tuple(_complete(location, by_path, inventory) for location in named)


def named_locations(inventory: Inventory) -> Iterator[CodeLocation]:
    """Yield the code locations that configuration names, with nothing of what they reach."""
    tree = inventory.tree
    for path in sorted(tree):
        if path in inventory.foreign or is_quarantined(path):
            continue
        if basename(path) in ("pyproject.toml", "dg.toml"):
            yield from _in_settings(path, inventory)
        elif names_locations(path):
            text = ""
            for reference in inventory.references.get(path, ()):
                if reference.runs:
                    text = text or decoded(tree.read(path))[0]
                    module = _module_at(reference.path, inventory)
                    line = line_at(text, reference.start)
                    yield CodeLocation(path, line, reference.text, module)


def _in_settings(path: str, inventory: Inventory) -> Iterator[CodeLocation]:
    folder = dirname(path)
    project = dg_project(path, inventory)
    if project is not None:
        located = find_module(project.target_module, folder, inventory)
        module = (located.file if located is not None else None) or ""
        yield CodeLocation(path, project.line, project.target_module, module)
    if basename(path) != "pyproject.toml":
        return
    for line, name, is_file in dagster_settings(path, inventory):
        if is_file:
            module = _module_at(normpath(join(folder, name)), inventory)
        else:
            located = find_module(name, folder, inventory)
            module = (located.file if located is not None else None) or ""
        yield CodeLocation(path, line, name, module)


def _module_at(path: str, inventory: Inventory) -> str:
    return next((p for p in (path, f"{path}/__init__.py") if p in inventory.python), "")


def has_definitions_object(path: str, inventory: Inventory) -> bool:
    """Tell whether a module binds a Definitions object, or one of those functions that make one."""
    file = inventory.python[path]
    if is_notebook(path) or file.error is not None:
        return False
    names = LoadingNames(path, inventory)
    content = inventory.tree.read(path)
    if b"dagster" not in content or not any(sign in content for sign in _SIGNS):
        return False
    try:
        module = read_source(path, content).parse()
    except NotPython:
        return False
    return any(_is_object(node, names) for node in module.body)


def _is_object(node: ast.stmt, names: LoadingNames) -> bool:
    """Tell whether a statement binds definitions: by a call, or by a decorated function."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        decorators = (d.func if isinstance(d, ast.Call) else d for d in node.decorator_list)
        return any(names.function(decorator) in _OBJECTS for decorator in decorators)
    if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Call):
        return False
    function = node.value.func
    whole = function.value if isinstance(function, ast.Attribute) else function
    called = names.function(function)
    if called.startswith("load_"):
        return LOADED_KINDS.get(called) == LOADED_KINDS["load_defs"]
    return called in _OBJECTS or names.function(whole) in _OBJECTS


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
        if path in inventory.dagster
        if any(d.kind == "definitions" for d in inventory.dagster[path].definitions)
    )
