"""Files that containers have under a name that a Dockerfile or compose file writes down."""

from __future__ import annotations

from relayout.inventory import Inventory
from relayout.inventory.bind_mounts import bind_mounts
from relayout.inventory.configured_paths.containers import is_dockerfile
from relayout.inventory.configured_paths.images import read_image
from relayout.inventory.references import decoded
from relayout.inventory.references.containers.dockerfile import context_of


def called_elsewhere(inventory: Inventory) -> set[str]:
    """Return the files that images and services have under such a name, whatever theirs is.

    They are copied to the path of a file (https://docs.docker.com/reference/dockerfile/#copy), or
    mounted at one, and not where the container has the repository.
    """
    tree = inventory.tree
    found = {mount.path for mount in bind_mounts(tree) if mount.path is not None}
    for path in tree:
        if not is_dockerfile(path) or path in inventory.foreign or not tree.is_regular(path):
            continue
        text, _ = decoded(tree.read(path))
        for image in read_image(text, context_of(text, path, tree), tree):
            found |= {c.path for c in image.copied if c.root is None and not c.has_own_name}
    return {path for path in found if path in tree}
