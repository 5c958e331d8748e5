"""Where the files and folders of a tree are after its moves, told from the plan's moves alone."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname

from relayout.inventory.dbt import place_in_project
from relayout.inventory.path_readings import reader_of
from relayout.tree import Tree, ancestors, relocated


def place_after(tree: Tree, targets: Mapping[str, str], path: str) -> str | None:
    """Return where a path of the tree before leads after the moves.

    A folder is where all its files went; None if they parted, unless it is a dbt project's. What is
    not there follows the project, or the nearest folder above it.
    """
    if path in tree:
        return targets.get(path, path)
    if path in tree.folders:
        place = _place_of_folder(tree, targets, path) if path else ""
        return place_in_project(tree, targets, path) if place is None else place
    written = place_in_project(tree, targets, path)
    if written is not None:
        return written
    above = next(folder for folder in ancestors(path) if folder in tree.folders)
    place = place_after(tree, targets, above)
    if place is None or not above:
        return path if not above else None
    return f"{place}{path[len(above) :]}".lstrip("/")


def _place_of_folder(tree: Tree, targets: Mapping[str, str], folder: str) -> str | None:
    if folder in tree.places:
        return relocated(folder, targets)
    places = set()
    moved = {place for place in tree.places if place in targets}
    for path in reader_of(tree).below(folder):
        if not moved.isdisjoint(ancestors(path)):
            continue  # it went with a place, which takes nothing else away from the folder
        tail = path[len(folder) :]
        place = targets.get(path, path)
        places.add(place[: -len(tail)] if place.endswith(tail) else None)
    if not places and moved:
        return folder
    return places.pop() if len(places) == 1 else None


def place_of_own_folder(
    tree: Tree, targets: Mapping[str, str], path: str, folder: str
) -> str | None:
    """Return where a folder is for the file at ``path``: its own folder is where the file is."""
    place = place_after(tree, targets, folder)
    if place is None and folder == dirname(path):
        return dirname(targets.get(path, path))
    return place
