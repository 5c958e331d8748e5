"""The folders that are a dbt project's alone: what git does not hold in them belongs to it as well.

dbt writes there (``target``, ``logs``, ``dbt_packages``), and so do programs that bring it seeds or
a database. After moves dbt works in the new place, and all of that is made there anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, join, relpath

from relayout.inventory.dbt.files import folders_of
from relayout.inventory.dbt.finding import files_of, found_in
from relayout.inventory.dbt.project import PROJECT
from relayout.inventory.dbt.settings import Settings
from relayout.tree import Tree, ancestors, is_within

_DATABASES = (".duckdb", ".db", ".sqlite", ".sqlite3")


@dataclass(frozen=True, slots=True)
class Territory:
    """The folders of a tree that belong to dbt projects, each with the project's own folder.

    ``known`` are those in them that dbt reads or writes, whether git holds anything there or not,
    ``written`` those that it writes.
    """

    folders: Mapping[str, str]
    known: frozenset[str]
    written: frozenset[str]

    def around(self, path: str) -> str | None:
        """Return the folder of a project that a path is in, or is."""
        return next((above for above in (path, *ancestors(path)) if above in self.folders), None)


@lru_cache(maxsize=4)
def territory(tree: Tree) -> Territory:
    """Return what belongs to the dbt projects of a tree.

    A project in the root has those of its folders in which nothing else stands.
    """
    found, _ = found_in(tree, frozenset())
    folders = {folder: folder for folder in found if folder}
    known: set[str] = set()
    written: set[str] = set()
    for folder, settings in found.items():
        places = folders_of(folder, settings)
        named = {place for of_kind in places.by_kind.values() for place in of_kind}
        named.update(places.written)
        inside = {place for place in named if place != folder and is_within(place, folder)}
        if not folder:
            own = set(files_of(found, tree)[""])
            held = {above for path in own for above in ancestors(path)}
            inside &= held | _told(settings)
            inside -= {above for path in tree if path not in own for above in ancestors(path)}
            inside = {place for place in inside if not _is_in_any(place, folders)}
            folders |= dict.fromkeys(sorted(inside), "")
        known |= inside
        written |= inside.intersection(places.written)
    return Territory(folders, frozenset(known), frozenset(written))


def _told(settings: Settings) -> set[str]:
    """Return the folders in the root that are dbt's by what a project says, or by their names.

    ``logs`` and ``tests`` are names that anything may have.
    """
    said = {path for kind in settings.said for path in settings.paths[kind]}
    return said | ({*settings.written} - {"logs"})


def _is_in_any(path: str, folders: Mapping[str, str]) -> bool:
    return any(above in folders for above in (path, *ancestors(path)))


def is_made_by_dbt(tree: Tree, path: str) -> bool:
    """Tell whether a path that git does not hold may be there when dbt has run, and is its own.

    It is in a folder that dbt reads or writes, or a database in the folder of a project.
    """
    known = territory(tree).known
    if not known:
        return False
    if any(above in known for above in (path, *ancestors(path))):
        return True
    return path.endswith(_DATABASES) and territory(tree).around(path) is not None


def is_written_by_dbt(tree: Tree, path: str) -> bool:
    """Tell whether a path is in a folder that dbt writes, and is made anew after a move."""
    written = territory(tree).written
    return bool(written) and any(above in written for above in (path, *ancestors(path)))


def place_in_project(tree: Tree, moves: Mapping[str, str], path: str) -> str | None:
    """Return where a path is after moves if it is in a folder of a dbt project, or is one.

    The project is where its ``dbt_project.yml`` is; what is in it has its place there.
    """
    folders = territory(tree)
    around = folders.around(path)
    if around is None:
        return None
    project = folders.folders[around]
    old = join(project, PROJECT)
    place = dirname(moves.get(old, old))
    return join(place, relpath(path, project or ".")).removesuffix("/.") or None
