"""Folders that images are built from, and whose files parted: where the image finds its own.

An image has of its context what its Dockerfile copies. If that went to one place together with the
Dockerfile, that place is the context now
(https://docs.docker.com/reference/compose-file/build/#context).
"""

from __future__ import annotations

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.compose import Build, builds_of, image_of, is_compose
from relayout.rewriting.destination import Destination
from relayout.rewriting.mount_places import is_unneeded
from relayout.tree import is_within


def contexts_after(inventory: Inventory, destination: Destination) -> dict[str, str]:
    """Return, by context, the place to which the Dockerfile and all that it copies went."""
    tree = inventory.tree
    paths = [path for path in sorted(tree) if is_compose(path) and tree.is_regular(path)]
    places: dict[str, set[str | None]] = {}
    for build in dict.fromkeys(build for path in paths for build in builds_of(path, tree)):
        if build.context and destination.of_folder(build.context) is None:
            places.setdefault(build.context, set()).add(_place(build, inventory, destination))
    return {
        context: place
        for context, found in places.items()
        if len(found) == 1 and (place := next(iter(found)))
    }


def _place(build: Build, inventory: Inventory, destination: Destination) -> str | None:
    """Return the folder that has the Dockerfile and what it copies as the context had them."""
    context, dockerfile = build.context, build.dockerfile
    if dockerfile is None or not is_within(dockerfile, context):
        return None
    tail, target = dockerfile[len(context) :], destination.of_file(dockerfile)
    if not target.endswith(tail) or target == tail[1:]:
        return None
    place = target[: -len(tail)]
    copied = [one.path for one in image_of(build, inventory.tree).copied]
    for path in inventory.tree:
        if any(is_within(path, one) for one in copied) and is_within(path, context):
            stays = destination.of_file(path) == place + path[len(context) :]
            if not stays and not is_unneeded(path, destination):
                return None
    return place
