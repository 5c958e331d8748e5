"""Files that containers have under a name that a Dockerfile or compose file writes down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from relayout.inventory import Inventory
from relayout.inventory.bind_mounts import bind_mounts
from relayout.inventory.configured_paths.containers import is_dockerfile
from relayout.inventory.configured_paths.images import read_image
from relayout.inventory.references import decoded
from relayout.inventory.references.containers.dockerfile import context_of


@dataclass(frozen=True, slots=True)
class Contents:
    """The files that one container has outside of where it has the repository, if anywhere.

    ``named`` are those whose name there does not follow from theirs: they are copied to the path of
    a file (https://docs.docker.com/reference/dockerfile/#copy), or mounted at one.
    """

    files: frozenset[str]
    named: frozenset[str]


def contents_of_containers(inventory: Inventory) -> Iterator[Contents]:
    """Yield what each stage of an image, and each service, has."""
    tree = inventory.tree
    mounted: dict[tuple[str, str], set[str]] = {}
    for mount in bind_mounts(tree):
        if mount.path is not None and mount.path in tree:
            mounted.setdefault((mount.file, mount.service), set()).add(mount.path)
    for paths in mounted.values():
        yield Contents(frozenset(paths), frozenset(paths))
    for path in tree:
        if not is_dockerfile(path) or path in inventory.foreign or not tree.is_regular(path):
            continue
        text, _ = decoded(tree.read(path))
        for image in read_image(text, context_of(text, path, tree), tree):
            copied = [one for one in image.copied if one.root is None]
            named = frozenset(one.path for one in copied if not one.has_own_name)
            yield Contents(frozenset(one.path for one in copied), named)
