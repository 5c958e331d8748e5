"""Which files of a tree belong to a project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from posixpath import basename, dirname

from relayout.inventory.django.facts import origins_of
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.names import is_of_django
from relayout.inventory.django.origins import is_for_web
from relayout.inventory.django.places import DECLARATIONS, Place
from relayout.tree import Tree, ancestors, is_within

_BESIDE = frozenset({"templates", "jinja2", "static", "staticfiles", "locale", "fixtures", "media"})
"""Folders in the folder of a project that settings name, and no code stands in."""

_OTHERS = frozenset({"docs", "doc"})

_OF_TOOLS = frozenset({"setup.py", "noxfile.py", "fabfile.py", "dodo.py"})


def files_by_folder(tree: Tree, folders: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the files below each of some folders that are in none of them further inside."""
    found: dict[str, set[str]] = {folder: set() for folder in folders}
    for path in tree:
        folder = next((above for above in ancestors(path) if above in found), None)
        if folder is not None:
            found[folder].add(path)
    return {folder: frozenset(paths) for folder, paths in found.items()}


def without_projects_apart(
    inside: frozenset[str], place: Place, roots: Sequence[str]
) -> frozenset[str]:
    """Return the files without those of folders that are installed on their own.

    Such a folder has metadata of a distribution, and none of the ``roots``: the files and folders
    that are sure to belong to the project.
    """
    declared = {dirname(path) for path in inside if basename(path) in DECLARATIONS}
    apart = {
        folder
        for folder in declared - {place.folder}
        if not any(is_within(root, folder) for root in roots)
    }
    return frozenset(path for path in inside if apart.isdisjoint(ancestors(path)))


def is_whole(place: Place, tree: Tree) -> bool:
    """Tell whether a folder is a project's as a whole: one with a program or with metadata."""
    declared = any(f"{place.folder}/{name}" in tree for name in DECLARATIONS)
    return bool(place.folder) and (bool(place.managers) or declared)


def connected(
    modules: ProjectModules, place: Place, inside: frozenset[str], roots: Sequence[str]
) -> frozenset[str]:
    """Return the files that hang together with the roots of a project.

    At the root of a repository, and around apps that stand without a project, what stands directly
    in the folder belongs to the project if it holds a root or uses Django, or imports or is
    imported by what does. Folders of templates and the like belong to it, too.
    """
    tops = _connected_tops(modules, place, inside, roots)
    tops |= {_top(path, place.folder) for path in inside} & _BESIDE
    return frozenset(path for path in inside if _top(path, place.folder) in tops)


def _top(path: str, folder: str) -> str:
    """Return the folder or file, directly in a folder, that a path is in."""
    inner = path[len(folder) + 1 :] if folder else path
    return inner.partition("/")[0]


def _connected_tops(
    modules: ProjectModules, place: Place, inside: Iterable[str], roots: Iterable[str]
) -> set[str]:
    """Return what stands directly in the project's folder and hangs together by imports."""
    among = {
        path: _top(path, place.folder)
        for path in inside
        if path in modules.python and not _is_other(_top(path, place.folder))
    }
    linked: dict[str, set[str]] = {}
    for path, top in among.items():
        for imported in modules.imported(path):
            other = among.get(imported, top)
            linked.setdefault(top, set()).add(other)
            linked.setdefault(other, set()).add(top)
    pending = [_top(root, place.folder) for root in roots if is_within(root, place.folder)]
    pending += [top for path, top in among.items() if _uses_django(modules, path)]
    found: set[str] = set()
    while pending:
        top = pending.pop()
        if top not in found:
            found.add(top)
            pending += linked.get(top, ())
    return found


def _uses_django(modules: ProjectModules, path: str) -> bool:
    origins = origins_of(modules.python[path])
    return any(is_of_django(origin) or is_for_web(origin) for origin in origins)


def _is_other(top: str) -> bool:
    return top in _OTHERS or top in _OF_TOOLS or top.startswith(".")
