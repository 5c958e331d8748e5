"""Where the containers of compose files have the repository's files: what mounts and images say."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from relayout.inventory.configured_paths.compose import (
    build_of,
    image_of,
    is_compose,
    mounted_folders,
    services_of,
)
from relayout.inventory.configured_paths.values import Mounts
from relayout.tree import Tree

_KNOWN: WeakKeyDictionary[Tree, Mounts] = WeakKeyDictionary()
"""Many files of one tree ask for the same."""


def container_places(tree: Tree) -> Mounts:
    """Return which absolute paths are folders of the repository in the services of its containers.

    Never raises for what files contain.
    """
    if tree not in _KNOWN:
        pairs: dict[tuple[str, str], None] = {}
        for path in sorted(tree):
            if is_compose(path) and tree.is_regular(path):
                for _, service in services_of(path, tree):
                    image = image_of(build_of(service, path, tree), tree)
                    pairs |= dict.fromkeys(mounted_folders(service, path, tree))
                    pairs |= dict.fromkeys(reversed(image.mounts))
        _KNOWN[tree] = Mounts(tuple(pairs))
    return _KNOWN[tree]
