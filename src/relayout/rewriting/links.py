"""Symbolic links: a relative link keeps pointing at the same file, wherever the two went."""

from __future__ import annotations

import os
from posixpath import dirname, isabs, join, normpath, relpath

from relayout.rewriting.destination import Destination
from relayout.tree import SYMLINK


def rewrite_links(destination: Destination) -> dict[str, bytes]:
    """Return new link targets by new path. Links out of the repository are left as they are."""
    rewritten: dict[str, bytes] = {}
    before = destination.before
    for path in before:
        if before[path].mode != SYMLINK:
            continue
        target = os.fsdecode(before.read(path))
        named = normpath(join(dirname(path), target))
        if isabs(target) or named.startswith("../"):
            continue
        place = destination.of_file(named) if named in before else destination.of_folder(named)
        if place is None or (named not in before and named not in before.folders):
            continue
        new_path = destination.of_file(path)
        if normpath(join(dirname(new_path), target)) != place:
            rewritten[new_path] = os.fsencode(relpath(place or ".", dirname(new_path) or "."))
    return rewritten
