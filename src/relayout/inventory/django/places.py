"""Where the Django projects of a tree are: the folders that their dotted names are found from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from posixpath import basename, dirname, join

from relayout.inventory.django.apps import apps_by_content, installed_apps
from relayout.inventory.django.classes import Classes
from relayout.inventory.django.commands import COMMANDS
from relayout.inventory.django.facts import origins_of
from relayout.inventory.django.installed_apps import APPS, strings_assigned
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.settings_modules import configured_settings, named_settings
from relayout.inventory.python import PythonFile
from relayout.inventory.search_paths import ModuleFinder
from relayout.notebook import read_source
from relayout.source import NotPython, last_name, nodes_of
from relayout.tree import Tree, ancestors, is_within

_STARTERS = frozenset({"execute_from_command_line", "ManagementUtility"})
_STARTS = re.compile(rb"\bexecute_from_command_line\b|\bManagementUtility\b")
_MANAGEMENT = ("django.core.management", "configurations.management", "django.core")

_FOR_TRIAL = frozenset(
    {"tests", "test", "testing", "testapp", "testproject", "test_project", "example", "examples",
     "example_project",
     "exampleproject", "demo", "sandbox"}
)  # fmt: skip
"""Folders of projects that are there to try an app that stands beside them."""


DECLARATIONS = ("pyproject.toml", "setup.py", "setup.cfg")
"""Files that describe a distribution."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project is: its folder, what is on the search path, and the programs that start it.

    ``settings`` are the paths of the settings modules that something names, in order. ``roots`` are
    the files that show that a project is there.
    """

    folder: str
    search: tuple[str, ...]
    managers: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()


def find_places(tree: Tree, python: Mapping[str, PythonFile], finder: ModuleFinder) -> list[Place]:
    """Return the places of the projects of a tree: of those with a program first."""
    managed = [
        _of_manager(path, module, tree, python, finder) for path, module in _managers(tree, python)
    ]
    managed = [_with_callers(place, tree, python, finder) for place in managed]
    managed = [place for place in managed if _is_of_project(place)]
    real = [place for place in managed if not is_for_trial(place.folder)]
    for_trial = [place for place in managed if is_for_trial(place.folder)]
    places = _merged(real)
    places += _with_settings(tree, python, finder, [place.folder for place in managed])
    alone = _of_apps(tree, python, finder, [place.folder for place in [*places, *for_trial]])
    if not places and len(alone) == 1:
        return [_joined(alone[0], for_trial)]
    return [*places, *_merged(for_trial), *alone]


def _managers(tree: Tree, python: Mapping[str, PythonFile]) -> Iterator[tuple[str, ast.Module]]:
    """Yield the programs that start Django's commands, parsed."""
    for path in sorted(python):
        file = python[path]
        if f"/{COMMANDS}/" in f"/{path}" or not _may_start(file):
            continue
        if not _STARTS.search(tree.read(path)):
            continue
        try:
            module = read_source(path, tree.read(path)).parse()
        except NotPython:
            continue
        starts = any(
            isinstance(node, ast.Call) and last_name(node.func) in _STARTERS
            for node in nodes_of(module)
        )
        if starts and (file.is_script or basename(path) == "manage.py" or named_settings(module)):
            yield path, module


def _may_start(file: PythonFile) -> bool:
    return any(origin.startswith(_MANAGEMENT) for origin in origins_of(file))


def _of_manager(
    path: str,
    module: ast.Module,
    tree: Tree,
    python: Mapping[str, PythonFile],
    finder: ModuleFinder,
) -> Place:
    hacked = [folder for hack in python[path].hacks for folder in hack.folders or ()]
    here = dirname(path)
    candidates = list(dict.fromkeys([here, *hacked, *ancestors(here), "src"]))
    named = named_settings(module)
    folder = next((f for f in candidates for name in named if _file(finder, [f], name)), None)
    packages = [(f, p) for f in candidates for name in named if (p := _package(f, name, python))]
    if folder is None:
        folder = packages[0][0] if packages else here
    found = _settings_in(tree, finder, folder, named)
    search = _search(folder, [here, *hacked], found, python)
    roots = [path, *found, *(marker for at, marker in packages if at == folder)]
    return Place(folder, search, (path,), found, tuple(roots))


def _package(folder: str, dotted: str, python: Mapping[str, PythonFile]) -> str:
    """Return the package that settings should be in, though the module itself is not tracked."""
    marker = join(folder, dotted.partition(".")[0], "__init__.py")
    return marker if marker in python else ""


def _with_callers(
    place: Place, tree: Tree, python: Mapping[str, PythonFile], finder: ModuleFinder
) -> Place:
    """Return a place with the programs that call its manager's function, such as ``manage.py``."""
    called = set(place.managers)
    modules = ProjectModules(tree, python, finder, place.search)
    callers = [
        path
        for path in sorted(python)
        if python[path].is_script and is_within(path, place.folder) and path not in called
        if called & modules.imported(path)
    ]
    return replace(place, managers=(*callers, *place.managers), roots=(*place.roots, *callers))


def _settings_in(
    tree: Tree, finder: ModuleFinder, folder: str, named: Iterable[str]
) -> tuple[str, ...]:
    """Return the settings modules that a program names, then those that test runners name."""
    texts = [*named, *configured_settings(tree, folder)]
    found = (_file(finder, [folder], text) for text in texts)
    return tuple(dict.fromkeys(path for path in found if path is not None))


def _search(
    folder: str, more: Iterable[str], settings: Iterable[str], python: Mapping[str, PythonFile]
) -> tuple[str, ...]:
    """Return the folders that dotted names are looked for in; the root and ``src`` come last."""
    hacked = (
        added
        for path in settings
        if path in python
        for hack in python[path].hacks
        for added in hack.folders or ()
    )
    return tuple(dict.fromkeys([folder, *more, *hacked, "", "src"]))


def _file(finder: ModuleFinder, folders: list[str], dotted: str) -> str | None:
    located = finder.find(folders, dotted)
    return located.file if located is not None else None


def _is_of_project(place: Place) -> bool:
    """Tell whether a program starts a project of the tree, and not one that it makes."""
    return len(place.roots) > len(place.managers) or any(
        basename(path) == "manage.py" for path in place.managers
    )


def is_for_trial(path: str) -> bool:
    """Tell whether what stands there is to try an app, or to test it."""
    parts = path.lower().split("/")
    return not _FOR_TRIAL.isdisjoint(parts) or any(part.startswith("example_") for part in parts)


def is_alone(place: Place) -> bool:
    """Tell whether a place is of apps without a project but one to try them."""
    return all(is_for_trial(path) for path in (*place.managers, *place.settings))


def _merged(places: Iterable[Place]) -> list[Place]:
    """Return places with one for each folder."""
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.folder, []).append(place)
    return [_joined(first, others) for first, *others in found.values()]


def _joined(place: Place, others: Iterable[Place]) -> Place:
    """Return a place with the programs and settings of others."""
    places = [place, *others]
    return Place(
        place.folder,
        tuple(dict.fromkeys(folder for p in places for folder in p.search)),
        tuple(dict.fromkeys(path for p in places for path in p.managers)),
        tuple(dict.fromkeys(path for p in places for path in p.settings)),
        tuple(dict.fromkeys(path for p in places for path in p.roots)),
    )


def _with_settings(
    tree: Tree, python: Mapping[str, PythonFile], finder: ModuleFinder, taken: list[str]
) -> list[Place]:
    """Return the places of settings that no program of the tree names."""
    places = []
    for path in sorted(python):
        if APPS not in python[path].defines or any(is_within(path, folder) for folder in taken):
            continue
        folder = _above_packages(dirname(path), python)
        found = (path, *_settings_in(tree, finder, folder, ()))
        own = _installed_from(path, folder, tree)
        search = _search(own, (folder, *ancestors(own)), found, python)
        if _has_app(ProjectModules(tree, python, finder, search), path):
            places.append(Place(own, search, (), found, (path,)))
    return _merged(places)


def _has_app(modules: ProjectModules, path: str) -> bool:
    """Tell whether settings install an app of the tree, or define one themselves."""
    names = strings_assigned(modules, [path], APPS)
    return bool(installed_apps(modules, Classes(modules), names))


def _of_apps(
    tree: Tree, python: Mapping[str, PythonFile], finder: ModuleFinder, taken: list[str]
) -> list[Place]:
    """Return the places of apps that no project has."""
    left = [path for path in python if not any(is_within(path, folder) for folder in taken)]
    modules = ProjectModules(tree, python, finder, ("", "src"))
    candidates = [path for path in left if _may_show_app(python[path])]
    places = []
    for app in apps_by_content(modules, Classes(modules), candidates, ""):
        folder = _above_packages(app.folder, python)
        roots = tuple(path for path in left if is_within(path, app.folder))
        own = _installed_from(f"{app.folder}/", folder, tree)
        search = _search(own, (folder, *ancestors(own)), (), python)
        places.append(Place(own, search, (), (), roots))
    return _merged(places)


def _installed_from(path: str, folder: str, tree: Tree) -> str:
    """Return the folder inside another that a path is installed from, or that other folder.

    A package of a repository of several has metadata of its own, whatever its modules are called.
    """
    inside = (f for f in ancestors(path) if f != folder and is_within(f, folder))
    installed = (f for f in inside if any(f"{f}/{name}" in tree for name in DECLARATIONS))
    return next(installed, folder)


def _may_show_app(file: PythonFile) -> bool:
    """Tell whether a module may have a class that shows an app."""
    return bool(file.statements) and (
        f"/{COMMANDS}/" in f"/{file.path}"
        or basename(file.path) in ("apps.py", "models.py", "__init__.py")
        or basename(dirname(file.path)) in ("migrations", "models")
    )


def _above_packages(folder: str, python: Mapping[str, PythonFile]) -> str:
    """Return the folder that holds the outermost package around a folder."""
    while folder and f"{dirname(folder)}/__init__.py" in python:
        folder = dirname(folder)
    return dirname(folder)
