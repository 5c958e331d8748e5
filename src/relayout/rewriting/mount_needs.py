"""What a container has to have besides, because files in it find others from their own place.

A file that names another one by a relative path names it by another one when the two moved apart.
In the container the first is still where it was, so the second is mounted where that path leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath

from relayout.inventory import Inventory
from relayout.inventory.references.reference import Form
from relayout.rewriting.destination import Destination
from relayout.rewriting.mount_places import Mounted
from relayout.tree import is_within


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
                if not any(is_within(named, one.path) for one in before):
                    continue
                found = _needed(path, named, here, known, destination)
                if found is not None:
                    known.append(found)
                    yield Need(named, found)


def seen_at(absolute: str, mounted: Sequence[Mounted]) -> str | None:
    """Return the repository's path that a container has at a path; the innermost mount counts."""
    over = [one for one in mounted if is_within(absolute, one.target)]
    if not over:
        return None
    inner = max(over, key=lambda one: len(one.target))
    return join(inner.path, absolute[len(inner.target) :].lstrip("/")).rstrip("/")


def _named_from_own_place(path: str, inventory: Inventory) -> set[str]:
    """Return the files and folders that a file names from the folder that it stands in."""
    references = inventory.references.get(path, ())
    found = {r.path for r in references if r.base.of_file and r.form is not Form.HELD}
    file = inventory.python.get(path)
    return found | set(file.named_paths) if file is not None else found


def _needed(
    path: str, named: str, here: str, known: Sequence[Mounted], destination: Destination
) -> Mounted | None:
    is_file = named in destination.before
    place = destination.of_file(named) if is_file else destination.of_folder(named)
    if not place or (place == named and destination.of_file(path) == path):
        return None
    way = relpath(place, dirname(destination.of_file(path)) or ".")
    if way.split("/").count("..") > len([part for part in here.split("/") if part]):
        return None
    target = normpath(join(here, way))
    if seen_at(target, known) == place:
        return None
    folder, above = dirname(place), dirname(target)
    is_free = above != "/" and all(one.target != above for one in known)
    if is_file and folder and is_free:
        return Mounted(folder, above)
    return Mounted(place, target)
