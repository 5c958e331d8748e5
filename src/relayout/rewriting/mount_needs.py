"""What a container has to have besides, because files in it find others from their own place.

So do imports of what is in a package of the layout now.

A file that names another one by a relative path names it by another one when the two moved apart.
In the container the first is still where it was, so the second is mounted where that path leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath

from relayout.inventory import Inventory
from relayout.inventory.references.reference import Form
from relayout.inventory.search_paths import module_stem
from relayout.planning.homes import home_of
from relayout.rewriting.destination import Destination
from relayout.rewriting.mount_places import Mounted
from relayout.tree import is_within

_READ_IN_CONTAINERS = frozenset(
    {"airflow", "dagster", "dbt", "kestra", "make", "notebook", "prefect", "shell"}
)
"""Kinds of files that say something to what runs in a container; others tell who builds it."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be mounted for a file, which ``named`` (a path before) stands in or is."""

    named: str
    mounted: Mounted


def needs_of(
    before: Sequence[Mounted],
    after: Sequence[Mounted],
    inventory: Inventory,
    destination: Destination,
) -> Iterator[Need]:
    """Yield what a service with these mounts, before and after, has to have besides."""
    known = list(after)
    for mount in before:
        if mount.path not in inventory.tree.folders or not mount.path:
            continue
        for path in (path for path in inventory.tree if path.startswith(f"{mount.path}/")):
            here = dirname(join(mount.target, path[len(mount.path) + 1 :]))
            for named in sorted(_named_from_own_place(path, inventory)):
                old = _from(here, path, named)
                if old is None or seen_at(old, before) != named:
                    continue  # the container did not have it there
                found = _needed(path, named, here, known, destination)
                if found is not None and all(one.target != found.target for one in known):
                    known.append(found)
                    yield Need(named, found)
            for named, package in _packages(path, before, inventory, destination):
                is_free = all(one.target != package.target for one in known)
                if is_free and seen_at(package.target, known) != package.path:
                    known.append(package)
                    yield Need(named, package)


def seen_at(absolute: str, mounted: Sequence[Mounted]) -> str | None:
    """Return the repository's path that a container has at a path; the innermost mount counts."""
    over = [one for one in mounted if is_within(absolute, one.target)]
    if not over:
        return None
    inner = max(over, key=lambda one: len(one.target))
    return join(inner.path, absolute[len(inner.target) :].lstrip("/")).rstrip("/")


def _packages(
    path: str, before: Sequence[Mounted], inventory: Inventory, destination: Destination
) -> Iterator[tuple[str, Mounted]]:
    """Yield modules that code imports and that are in a package now, with a place for that.

    It stands where the container had the folder that the module was found in.
    """
    if path not in inventory.python:
        return
    for name, meaning in inventory.resolutions(path):
        for file in meaning.files if not name.level else ():
            home = home_of(destination.of_file(file), destination.homes)
            for mount in before if home is not None and destination.has_moved(file) else ():
                if home is None or not mount.path or not file.startswith(f"{mount.path}/"):
                    continue
                stem = module_stem(join(mount.target, file[len(mount.path) + 1 :]))
                inner = name.module.replace(".", "/")
                for tail in (f"/{inner}/{name.name}", f"/{inner}"):
                    if stem.endswith(tail) and stem != tail:
                        root = stem[: -len(tail)]
                        yield file, Mounted(home.root, join(root, home.package))
                        break


def _named_from_own_place(path: str, inventory: Inventory) -> set[str]:
    """Return the files and folders that a file names from the folder that it stands in."""
    references = (r for r in inventory.references.get(path, ()) if r.kind in _READ_IN_CONTAINERS)
    found = {r.path for r in references if r.base.of_file and r.form is not Form.HELD}
    file = inventory.python.get(path)
    return found | set(file.named_paths) if file is not None else found


def _from(here: str, path: str, named: str) -> str | None:
    """Return where a file that stands in a folder of a container finds another one from there."""
    way = relpath(named or ".", dirname(path) or ".")
    if way.split("/").count("..") > len([part for part in here.split("/") if part]):
        return None
    return normpath(join(here, way))


def _needed(
    path: str, named: str, here: str, known: Sequence[Mounted], destination: Destination
) -> Mounted | None:
    is_file = named in destination.before
    place = destination.of_file(named) if is_file else destination.of_folder(named)
    if not place or (place == named and destination.of_file(path) == path):
        return None
    target = _from(here, destination.of_file(path), place)
    if target is None or seen_at(target, known) == place:
        return None
    folder, above = dirname(place), dirname(target)
    is_free = above != "/" and all(one.target != above for one in known)
    if is_file and folder and is_free:
        return Mounted(folder, above)
    return Mounted(place, target)
