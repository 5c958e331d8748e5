"""Where in its territory a file stands: in the package or not, in which unit, in what section."""

from __future__ import annotations

from functools import cached_property
from posixpath import basename

from relayout.inventory import Inventory
from relayout.inventory.local_projects import is_workspace, project_name
from relayout.planning.homes import Homes, Territory
from relayout.planning.units import Unit, identifier, importable_path, unit_of
from relayout.recipes import Recipe
from relayout.tree import ancestors

_DESCRIBING = ("pyproject.toml", "setup.py", "setup.cfg", "MANIFEST.in")
_OF_PROJECTS = frozenset({"setup.py", "noxfile.py", "conftest.py"})
"""Modules in a project's folder that tools look for there."""


class Ground:
    """The files of a tree as a layout's recipe sees them: units, sections, parts of packages."""

    def __init__(self, inventory: Inventory, recipe: Recipe, homes: Homes) -> None:
        self.inventory = inventory
        self.recipe = recipe
        self.homes = homes
        self._containers = recipe.containers | {home.package for home in homes.all}

    def unit(self, path: str) -> Unit:
        """Return the unit that a file belongs to; the apps of a Django project are containers."""
        territory = self.homes.of(path)
        return unit_of(path, self._containers, territory.base, self._apps(territory))

    def _apps(self, territory: Territory) -> frozenset[str]:
        return self._apps_by_base.get(territory.base, frozenset())

    @cached_property
    def _apps_by_base(self) -> dict[str, frozenset[str]]:
        """The folders of the apps of Django projects, and those above them, by territory."""
        found: dict[str, frozenset[str]] = {}
        for territory in self.homes.territories:
            if territory.django is not None:
                folders = {app.folder for app in territory.django.apps}
                above = {f for folder in folders for f in ancestors(folder)}
                found[territory.base] = frozenset(folders | above)
        return found

    def in_package(self, path: str) -> bool:
        """Tell whether a file belongs to a proper package that may have to move whole.

        Where a project's own folder is the package, what a project has beside its code does not.
        """
        territory = self.homes.of(path)
        folder = territory.package_folder
        if not folder or not path.startswith(f"{folder}/"):
            return False
        if folder != territory.base:
            return True
        inner = territory.inner(path)
        if "/" not in inner:
            return path in self.inventory.python and inner not in _OF_PROJECTS
        top = inner.partition("/")[0]
        return f"{folder}/{top}" in self.code_folders and top not in self.recipe.outside

    @cached_property
    def code_folders(self) -> frozenset[str]:
        """The folders that have modules, or folders with modules, below them."""
        return frozenset(f for path in self.inventory.python for f in ancestors(path))

    def section(self, path: str) -> str:
        """Return the folder of a package that a file's code goes to; empty without sections.

        A unit goes there as a whole, by its name. Of a file that stands for itself, in an app or a
        container, its own name decides, then what it imports. The last section has the rest.
        """
        unit = self.unit(path)
        alone = self._only_groups(unit, path)
        words = self._words(path) if alone else {unit.folder.rpartition("/")[2].lower()}
        imported = self._imports(path) if alone else set()
        for section in self.recipe.sections:
            if section.names & words:
                return section.folder
        for section in self.recipe.sections:
            if section.imports & imported:
                return section.folder
        return self.recipe.sections[-1].folder if self.recipe.sections else ""

    def _words(self, path: str) -> set[str]:
        """Return the words by which a file may say what it is: its stem, the ends of that."""
        stem = basename(path).partition(".")[0].lower()
        return {stem, stem.rpartition("_")[2], stem.partition("_")[0]}

    @cached_property
    def project_files(self) -> frozenset[str]:
        """The files that describe the main package as a project, where they have to go with it.

        That is so if the layout has a workspace in the root, where they stand now.
        """
        home, tree = self.homes.main.home, self.inventory.tree
        if not home.project or home.pyproject in tree or is_workspace(tree):
            return frozenset()
        if not project_name(tree, "") and "setup.py" not in tree:
            return frozenset()
        return frozenset(path for path in _DESCRIBING if path in tree)

    def _imports(self, path: str) -> set[str]:
        file = self.inventory.python.get(path)
        if file is None:
            return set()
        return set(file.imported_tops)

    def part(self, path: str) -> str:
        """Return the path of a file inside its section.

        The folder of its unit stands in it if it says more than the section does, and the app that
        it is in if several have code.
        """
        unit = self.unit(path)
        inner = path[len(unit.folder) + 1 :] if unit.folder else path
        said = {name for section in self.recipe.sections for name in section.names}
        folders = [self.app(path)]
        if unit.name and unit.name.lower() not in said and not self._only_groups(unit, path):
            folders.append(unit.name)
        return importable_path("/".join([*filter(None, folders), inner]))

    def is_program(self, path: str) -> bool:
        """Tell whether a file, if it is a program, stands for itself: in no unit of its own."""
        return path in self.inventory.python and self._only_groups(self.unit(path), path)

    def _only_groups(self, unit: Unit, path: str) -> bool:
        """Tell whether a unit is a container, whose files have nothing to do with each other."""
        territory = self.homes.of(path)
        return (
            unit.folder == territory.base
            or unit.folder.rpartition("/")[2] in self._containers
            or unit.folder in self._apps(territory)
        )

    def app(self, path: str) -> str:
        """Return the name of the Django app that a file is in if several have code, else empty."""
        return self._app_names.get(self._app_folder(path), "")

    def _app_folder(self, path: str) -> str:
        project = self.homes.of(path).django
        apps = {app.folder for app in project.apps} if project is not None else set()
        return next((folder for folder in ancestors(path) if folder in apps), "")

    @cached_property
    def _app_names(self) -> dict[str, str]:
        """The apps that have code without the framework, where they are several."""
        names: dict[str, str] = {}
        for territory in self.homes.territories:
            project = territory.django
            if project is None:
                continue
            code = project.files - project.skeleton.keys() - project.command_modules
            placed = (path for path in code if not self._stands_outside(path, territory))
            folders = {self._app_folder(path) for path in placed if path.endswith(".py")}
            if len(folders) > 1:
                names |= {f: identifier(f.rpartition("/")[2]) for f in folders if f}
        return names

    def _stands_outside(self, path: str, territory: Territory) -> bool:
        """Tell whether a file is in a folder of the root whose code is not of the package."""
        folder, found, _ = territory.inner(path).partition("/")
        return bool(found) and not territory.base and folder in self.recipe.outside
