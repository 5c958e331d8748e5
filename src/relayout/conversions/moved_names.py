"""What the modules, paths and patterns that a project's settings name are called after moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from posixpath import join, normpath, relpath

from relayout.conversions.ignore_files import follow_moves
from relayout.inventory import Inventory
from relayout.inventory.search_paths import module_name
from relayout.rewriting.destination import Destination


def search_roots(project: str, folders: Iterable[str]) -> tuple[str, ...]:
    """Return the folders of a project that modules are found in, as paths of the repository."""
    roots = dict.fromkeys(normpath(join(project, folder)) for folder in folders)
    return tuple("" if root == "." else root for root in roots)


@dataclass(frozen=True)
class MovedNames:
    """Follows names of one tree through the moves of one migration."""

    inventory: Inventory
    destination: Destination

    def module(self, dotted: str, roots: tuple[str, ...]) -> str | None:
        """Return the new dotted name of a module found in ``roots``, or None if it stays."""
        located = self.inventory.resolver.finder.find(roots, dotted) if dotted else None
        if located is None or located.file is None:
            return None
        place = self.destination.of_file(located.file)
        return module_name(place) if place != located.file else None

    def pattern(self, pattern: str, old: str, new: str) -> str:
        """Return a path or pattern that counted from ``old`` as it is counted from ``new``."""
        path = normpath(join(old, pattern))
        if path in self.destination.before:
            place = self.destination.of_file(path)
            if old == new and place == path:
                return pattern
            return relpath(place, new) if new else place
        moved = follow_moves([path if old else pattern], self.destination, False)
        if not moved:
            return pattern
        return relpath(moved[0], new) if new else moved[0]
