"""The tree after the moves, and what a moved module is called from a file in it."""

from __future__ import annotations

import keyword
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property
from posixpath import dirname

from relayout.inventory.dbt import place_in_project
from relayout.inventory.search_paths import (
    Located,
    ModuleFinder,
    counted_from,
    is_quarantined,
    is_standard_library,
    module_stem,
    quarantine_above,
)
from relayout.planning.homes import Home, home_of
from relayout.planning.units import inside
from relayout.tree import Tree, ancestors, is_within, relocated


def package_folders(tree: Tree, homes: Iterable[Home]) -> list[str]:
    """Return the packages' folders that hold modules but no ``__init__.py``."""
    known = tuple(homes)
    roots = tuple(home.root for home in known)
    folders = {
        folder
        for module in tree.modules
        if home_of(module, known) is not None
        for folder in ancestors(module)
        if any(is_within(folder, root) for root in roots)
    }
    return sorted(folder for folder in folders if f"{folder}/__init__.py" not in tree)


class Destination:
    """Where files are after the moves, and how modules are found there.

    A package will have all its ``__init__.py`` files, and so hides other folders of its name.
    ``homes`` are the packages of the layout, ``brought`` the paths of modules that are written for
    them. ``foreign`` are names of what is installed: a folder of such a name that has no
    ``__init__.py`` is not found. ``external`` are modules that the packages' code finds under a
    name that does not lead to their file: their dotted names, by their path after. In a repository
    that ``is_rearranged`` within its layout, a folder is where it was while no file has left it.
    """

    def __init__(
        self,
        before: Tree,
        moves: Mapping[str, str],
        homes: Sequence[Home],
        brought: Collection[str] = (),
        foreign: Collection[str] = (),
        *,
        is_rearranged: bool = False,
    ) -> None:
        self.before = before
        self.is_rearranged = is_rearranged
        self.moves = moves
        self.homes = tuple(homes)
        self.sources = tuple(home.source for home in homes)
        self.tree = before.moved(moves)
        markers = {f"{folder}/__init__.py": b"" for folder in package_folders(self.tree, homes)}
        self.brought = frozenset(brought)
        self.foreign = frozenset(foreign)
        self.finder = ModuleFinder(self.tree.with_content(markers | dict.fromkeys(brought, b"")))
        self.external: Mapping[str, str] = {}
        self._targets: dict[Located, Located | None] = {}
        self._names: dict[tuple[tuple[str, ...], Located], str | None] = {}

    def with_external(self, external: Mapping[str, str]) -> Destination:
        """Return the same destination, with modules that are found under external names."""
        other = copy(self)
        other.external = {self.of_file(path): name for path, name in external.items()}
        return other

    def of_file(self, path: str) -> str:
        """Return the path of a file after the moves."""
        return self.moves.get(path, path)

    def before_moves(self, path: str) -> str:
        """Return the path that the file at a path after the moves had before."""
        return self._origins.get(path, path)

    @cached_property
    def _origins(self) -> Mapping[str, str]:
        return {target: path for path, target in self.moves.items()}

    def source_of(self, path: str) -> str | None:
        """Return the folder that a module at a new path is imported from, or None outside of it."""
        return next((home.source for home in self.homes if home.serves(path)), None)

    def of_folder(self, folder: str) -> str | None:
        """Return where a folder went, or None if its files went to different places.

        That of a dbt project is where the project is, whatever left it.
        """
        place = self._folders.get(folder) if folder else ""
        return self._of_project(folder) if place is None else place

    def of_untracked(self, path: str) -> str:
        """Return where a path is that git does not hold: it stays, and what dbt writes goes along.

        Below the folder of a dbt project it belongs to the project, which makes it anew; below a
        place that was moved it is moved with it.
        """
        return self._of_project(path) or relocated(path, self.moves)

    def _of_project(self, path: str) -> str | None:
        return place_in_project(self.before, self.moves, path)

    def of_package(self, folder: str) -> str | None:
        """Return where a package went whose modules were sorted within it: to its ``__init__.py``.

        None stands for what is no package, and for one that files left.
        """
        marker = f"{folder}/__init__.py"
        if marker not in self.before:
            return None
        place = dirname(self.of_file(marker))
        paths = (f"{folder}/{inner}" for inner in self.before.below(folder))
        return place if all(is_within(self.of_file(path), place) for path in paths) else None

    def has_moved(self, path: str) -> bool:
        """Tell whether a path is that of a file that moved, or of a folder that files left."""
        if path in self.moves:
            return True
        if path in self._folders:
            return self._folders[path] != path
        return self.of_untracked(path) != path

    @cached_property
    def _folders(self) -> Mapping[str, str | None]:
        found = {
            folder: None if place != folder and place and self.is_of_many(place) else place
            for folder, place in _folders(self.before, self.moves).items()
        }
        if self.is_rearranged:
            left = _left(self.moves)
            found |= {f: f for f, place in found.items() if place is None and f not in left}
        return found

    def is_of_many(self, place: str) -> bool:
        """Tell whether a folder after the moves is one that the layout makes of several.

        A pipeline's own folder is, where pipelines stand in the package: no folder became it alone.
        """
        return place in self._roots_of_pipelines or dirname(place) in self._roots_of_pipelines

    @cached_property
    def _roots_of_pipelines(self) -> frozenset[str]:
        return frozenset(home.root for home in self.homes if not home.inside)

    @cached_property
    def _packages(self) -> Mapping[str, str | None]:
        """Where folders went, by their modules alone: data beside them may have stayed."""
        return _places(self.before.modules, self.moves)

    def came_apart(self, located: Located) -> bool:
        """Tell whether a package's modules are no longer all below it, by the names they had."""
        if located.file is None:
            return any(self._packages.get(folder) is None for folder in located.folders)
        if not located.file.endswith("/__init__.py"):
            return False
        place = self._packages.get(dirname(located.file))
        return place is None or f"{place}/__init__.py" != self.of_file(located.file)

    def of_located(self, located: Located) -> Located | None:
        """Return where a module or package went; None for a namespace that came apart."""
        if located not in self._targets:
            self._targets[located] = self._find_target(located)
        return self._targets[located]

    def _find_target(self, located: Located) -> Located | None:
        if located.file is not None:
            return Located(self.of_file(located.file))
        places = [self._packages.get(folder) for folder in located.folders]
        folders = tuple(place for place in places if place is not None)
        if len(folders) != len(places):
            return None
        return self.finder.package(folders[0]) if len(folders) == 1 else Located(None, folders)

    def find(self, folders: Sequence[str], dotted: str) -> Located | None:
        """Return where an absolute name leads after the moves, or None.

        ``src.name`` is no name of what ``name`` calls already: it is found from the root alone, and
        makes a second module of it.
        """
        found = self.finder.find(folders, dotted)
        if found is not None and dotted.startswith("src."):
            if self.finder.find(("src",), dotted.removeprefix("src.")) == found:
                return None
        return found

    def name_of(self, target: Located, folders: Sequence[str]) -> str | None:
        """Return the dotted name that leads to a module on a search path, or None."""
        key = (tuple(folders), target)
        if key not in self._names:
            self._names[key] = self._find_name(target, key[0])
        return self._names[key]

    def _find_name(self, target: Located, folders: tuple[str, ...]) -> str | None:
        path = target.file or (target.folders[0] if len(target.folders) == 1 else None)
        if path is None:
            return None
        stem = module_stem(path)
        quarantine = quarantine_above(path)
        if quarantine is not None and not any(is_within(f, quarantine) for f in folders):
            return None  # nothing outside of it may need what is there
        for folder in folders:
            if folder and not stem.startswith(f"{folder}/"):
                continue
            parts = inside(stem, folder).split("/")
            if all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
                dotted = ".".join(parts)
                installed = folder in self.sources and self.source_of(path) is not None
                hidden = not installed and (is_standard_library(dotted) or self._is_hidden(parts))
                if not hidden and self.finder.find(folders, dotted) == target:
                    return dotted
        return None

    def _is_hidden(self, parts: Sequence[str]) -> bool:
        """Tell whether a name from the root is that of an installed package: PEP 420 prefers it."""
        return parts[0] in self.foreign and f"{parts[0]}/__init__.py" not in self.tree

    def import_name(self, target: Located, folders: Sequence[str]) -> str | None:
        """Return the name by which an import on a search path leads to a module, or None.

        What is in quarantine may have an external name. Strings are no imports: what reads them,
        such as Django's own start, asks for the module itself.
        """
        name = self.name_of(target, folders)
        in_quarantine = any(is_quarantined(f"{folder}/") for folder in folders)
        return name if name or in_quarantine else self.external.get(target.file or "")

    def relative(self, path: str, level: int, module: str) -> Located | None:
        """Return where a relative import in the file at ``path`` (after the moves) leads.

        It leads nowhere beyond the top-level package.
        """
        folder = dirname(path)
        if counted_from(folder, level) in self.sources:
            return None
        return self.finder.relative(folder, level, module)


def _left(moves: Mapping[str, str]) -> set[str]:
    """Return the folders that a file has left: after its move it is not below them."""
    return {
        folder
        for path, target in moves.items()
        for folder in ancestors(path)
        if not is_within(target, folder)
    }


def _folders(before: Tree, moves: Mapping[str, str]) -> dict[str, str | None]:
    """Return where each folder and place of a tree went; None if it no longer has one place.

    A folder from which only a place was moved is still where it was.
    """
    moved = {place for place in before.places if place in moves}
    inner = [path for path in before if moved and not moved.isdisjoint(ancestors(path))]
    found = _places(before.without(inner) if inner else before, moves)
    for place in before.places:
        found.setdefault(place, relocated(place, moves))
    for path in inner:
        for folder in ancestors(path):
            if folder in moved or not moved.isdisjoint(ancestors(folder)):
                found.setdefault(folder, relocated(folder, moves))
    for place in moved:
        for folder in ancestors(place):
            if folder:
                found.setdefault(folder, folder)
    return found


def _places(paths: Iterable[str], moves: Mapping[str, str]) -> dict[str, str | None]:
    """Return where each folder above the files went; None if they no longer share one place."""
    places: dict[str, str | None] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        target: str | None = moves.get(path, path)
        while folder:
            tail = f"/{name}"
            target = target[: -len(tail)] if target is not None and target.endswith(tail) else None
            if places.setdefault(folder, target) != target:
                places[folder] = None
            folder, _, name = folder.rpartition("/")
    return places
