"""Which packages a repository has, or gets, and which of its files belong to each.

A layout with one project has one package, for everything. A layout whose recipe gives each package
a project of its own (``packages/{package}``) keeps the projects that stand there, makes one of each
Django project, and one of the code that is in none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname

from relayout.inventory import Inventory
from relayout.inventory.django import DjangoProject
from relayout.inventory.python import standard_library
from relayout.planning.homes import Home, Homes, Territory
from relayout.planning.packages import checked, choose_package, proper_folders
from relayout.planning.units import identifier
from relayout.recipes import Recipe

_LONGEST = 30
"""Letters of a package's name that the template accepts."""


def find_homes(inventory: Inventory, recipe: Recipe, wanted: str) -> Homes:
    """Return the packages of the layout and what belongs to them. Raises Refusal.

    ``wanted`` is the name that a person gives to the main package, or empty.
    """
    if not recipe.source:
        return Homes((Territory(Home(recipe.package, "", "", recipe.apart)),))
    if not recipe.project:
        package, folder = choose_package(inventory, recipe, wanted)
        return Homes((Territory(Home(package), "", folder),))
    standing = list(_standing(inventory, recipe))
    taken = {territory.base for territory in standing}
    projects = [project for project in inventory.django if project.folder not in taken]
    return _with_main_first(inventory, recipe, wanted, standing, projects)


def _standing(inventory: Inventory, recipe: Recipe) -> Iterator[Territory]:
    """Yield the projects that stand where the layout has them."""
    parent = dirname(recipe.project)
    folders = {
        "/".join(path.split("/")[: parent.count("/") + 2])
        for path in inventory.tree
        if path.startswith(f"{parent}/") and path.count("/") > parent.count("/") + 1
    }
    django = {project.folder: project for project in inventory.django}
    for folder in sorted(folders):
        project = django.get(folder)
        below = [path for path in inventory.python if path.startswith(f"{folder}/")]
        if not below and f"{folder}/pyproject.toml" not in inventory.tree:
            continue
        name, package_folder = _package_in(folder, inventory, recipe)
        yield Territory(Home(name, folder), folder, package_folder, project)


def _package_in(folder: str, inventory: Inventory, recipe: Recipe) -> tuple[str, str]:
    """Return the name of a project's package, and the folder that it is if that has to move."""
    name = identifier(folder.rpartition("/")[2])
    placed = proper_folders(inventory, recipe, (f"{folder}/src",))
    if placed:
        names = [place.rpartition("/")[2] for place in placed]
        return (name if name in names else names[0]), ""
    if f"{folder}/__init__.py" in inventory.python:
        return name, folder
    flat = proper_folders(inventory, recipe, (folder,))
    named = [place for place in flat if place.rpartition("/")[2] == name]
    if len(flat) == 1 or named:
        place = (named or flat)[0]
        return place.rpartition("/")[2], place
    return name, ""


def _with_main_first(
    inventory: Inventory,
    recipe: Recipe,
    wanted: str,
    standing: list[Territory],
    projects: list[DjangoProject],
) -> Homes:
    """Return all territories; the main one has the files that are in no other."""
    names = {territory.home.package for territory in standing}
    django = [
        Territory(_home(name, inventory, recipe), project.folder, "", project)
        for project, name in _named(inventory, recipe, projects, names, wanted)
    ]
    candidates = [*django, *standing]
    chosen = [t for t in candidates if t.home.package == wanted] if wanted else django[:1]
    if not chosen and not wanted and standing:
        chosen = [max(standing, key=lambda t: _modules_in(t.base, inventory))]
    if chosen:
        first = chosen[0]
        rest = [territory for territory in candidates if territory is not first]
        return Homes((*(() if not first.base else (Territory(first.home),)), first, *rest))
    package, folder = choose_package(inventory, recipe, wanted)
    return Homes((Territory(_home(package, inventory, recipe), "", folder), *candidates))


def _home(name: str, inventory: Inventory, recipe: Recipe) -> Home:
    return Home(checked(name, inventory), recipe.project.format(package=name))


def _modules_in(folder: str, inventory: Inventory) -> tuple[int, str]:
    return sum(path.startswith(f"{folder}/") for path in inventory.python), folder


def _as_package(name: str) -> str:
    """Return a name as one of a package, in lower case (PEP 8); empty if nothing is left of it."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier(name)).lower()
    plain = re.sub(r"__+", "_", re.sub(r"[^a-z0-9_]", "_", parted)).strip("_")
    return plain[:_LONGEST].strip("_") if plain[:1].isalpha() else ""


def _named(
    inventory: Inventory,
    recipe: Recipe,
    projects: list[DjangoProject],
    taken: set[str],
    wanted: str,
) -> Iterator[tuple[DjangoProject, str]]:
    """Yield Django projects with the names that their packages get, each one once."""
    used = {*taken, *inventory.dependencies, *standard_library()}
    for number, project in enumerate(projects):
        own = _as_package(project.name) or _as_package(project.folder.rpartition("/")[2])
        is_asked = bool(wanted) and number == 0 and wanted not in taken
        base = wanted if is_asked else own or recipe.package
        name, count = base, 2
        while name in used and not is_asked:
            name, count = f"{base}_{count}", count + 1
        used.add(name)
        yield project, name
