"""Where a file's imports are found after the moves, and which path hacks that takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from posixpath import dirname

from relayout.inventory import Inventory
from relayout.inventory.configured_paths import ConfiguredPath
from relayout.inventory.configured_paths.airflow_folders import read_airflow_folders
from relayout.inventory.configured_paths.entry import folders_of_airflow
from relayout.inventory.meaning import EXTERNAL, Resolution
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.python import PythonFile
from relayout.inventory.search_paths import (
    is_quarantined,
    project_folders,
    quarantine_above,
    search_path,
)
from relayout.notebook import is_notebook
from relayout.planning.homes import holds_others
from relayout.rewriting.destination import Destination
from relayout.tree import is_within


class SearchPathsAfter:
    """The search paths of a tree's files after the moves."""

    def __init__(self, inventory: Inventory, destination: Destination) -> None:
        self._inventory = inventory
        self._destination = destination

    @cached_property
    def _by_airflow(self) -> Mapping[str, ConfiguredPath]:
        """Where modules among DAGs and plugins find others, by the paths that they have then."""
        entries = read_airflow_folders(self._destination.tree, ())
        return {entry.covers: entry for entry in entries}

    def of(self, path: str, after: PathAnalysis | None) -> tuple[str, ...]:
        """Return the folders in which a file's imports are found after the moves.

        A module of the package is found by the package's name alone. Quarantined code keeps the
        path hacks that still lead somewhere, and finds what is beside it when it is started. Code
        outside of the package finds what did not move as configuration lets it, or last in its own
        folder if it did so before: another file may put that on the search path. It finds DAGs by
        the path hacks that led to their folder. Where other projects stand beside the package, code
        that stays finds what it found.
        """
        destination = self._destination
        new_path = destination.of_file(path)
        source = destination.source_of(new_path)
        sources = destination.sources
        resolver = self._inventory.resolver
        if source is not None:
            return tuple(dict.fromkeys([source, *sources]))
        if self.stays_as_it_was(path):
            configured = resolver.configured_folders(path)
            return tuple(dict.fromkeys([*resolver.all_folders(path), *configured, *sources]))
        tree = destination.tree
        old = self._inventory.python[path]
        file = PythonFile(new_path, statements=old.statements, is_script=old.is_script)
        by_airflow = filter(None, [self._by_airflow.get(new_path)])
        found = search_path(file, tree, (*self._inventory.configured, *by_airflow))
        own = found.before_library()
        if is_notebook(new_path):
            own = (*own, dirname(new_path))
        if is_quarantined(new_path):
            hacks = after.hacks if after is not None else []
            led = [folder for hack in hacks for folder in hack.folders or ()]
            top = quarantine_above(new_path) or ""
            project = project_folders(new_path, tree)
            after_all = (*project, *found.back)
            return tuple(dict.fromkeys([*led, *own, *sources, top, f"{top}/src", "", *after_all]))
        was_last = not old.hacks and dirname(path) not in resolver.sure_folders(path)
        last = found.back if was_last else ()
        added = [f for h in old.hacks for f in h.folders or () if self.finds_dags(path, (f,))]
        own = (*(self._dags[folder] for folder in added), *own)
        first = [*filter(None, sources), *own]  # what the root serves, it serves last
        return tuple(dict.fromkeys([*first, "", *resolver.configured_folders(path), *last]))

    def stays_as_it_was(self, path: str) -> bool:
        """Tell whether a file keeps its place beside the package, and the search path that it had.

        Where the package has a folder of its own (``src``), everything else serves it.
        """
        destination = self._destination
        beside = all(not home.inside for home in destination.homes)
        return beside and destination.of_file(path) == path and not is_quarantined(path)

    def is_left_alone(self, path: str) -> bool:
        """Tell whether a file stays within a layout: moves are no reason to change what it finds.

        What it names of the moved files follows, and nothing else.
        """
        return self._destination.is_rearranged and self._destination.of_file(path) == path

    def needs(self, path: str, folders: Collection[str]) -> bool:
        """Tell whether a file outside of the packages needs these folders, which a path hack adds.

        In them are modules of no package of the layout that stay as well: it finds these, or has
        others find them. Or they are folders from which Airflow loads DAGs, which have no other
        names than those that Airflow has for them.
        """
        if self.finds_dags(path, folders):
            return True
        if not self.stays_as_it_was(path) or self._destination.source_of(path) is not None:
            return False
        staying = (
            file for file in self._inventory.python if self._destination.of_file(file) == file
        )
        return holds_others(folders, staying, self._destination.homes)

    def finds_dags(self, path: str, folders: Collection[str]) -> bool:
        """Tell whether a file finds DAGs by a path hack that adds these folders.

        It is outside of the packages, and none that Airflow loads.
        """
        new_path = self._destination.of_file(path)
        if is_quarantined(new_path) or self._destination.source_of(new_path) is not None:
            return False
        is_loaded = any(is_within(path, folder) for folder in self._dags)
        return not is_loaded and not self._dags.keys().isdisjoint(folders)

    @cached_property
    def _dags(self) -> Mapping[str, str]:
        """The folders from which Airflow loads DAGs, and where they are after the moves.

        Those that become a part of a package are left out.
        """
        destination = self._destination
        folders = folders_of_airflow(self._inventory.configured)
        places = {folder: destination.of_folder(folder) for folder in folders}
        return {
            folder: place
            for folder, place in places.items()
            if place and destination.source_of(f"{place}/dag.py") is None
        }

    def concerns(self, path: str, resolutions: Iterable[Resolution]) -> bool:
        """Tell whether an import statement may have to change, by what its names mean.

        Between files that keep their places none has to.
        """
        if not (self.stays_as_it_was(path) or self.is_left_alone(path)):
            return any(resolution is not EXTERNAL for resolution in resolutions)
        destination = self._destination
        return any(
            any(destination.of_file(file) != file for file in resolution.files)
            or names_parted_package(resolution, destination)
            for resolution in resolutions
        )


def names_parted_package(resolution: Resolution, destination: Destination) -> bool:
    """Tell whether an import leads to a package whose modules went apart."""
    parts = (resolution.module, resolution.submodule)
    return any(part is not None and destination.came_apart(part) for part in parts)
