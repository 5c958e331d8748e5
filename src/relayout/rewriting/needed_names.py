"""Which names of a module other files need: what they import from it, or reach through it."""

from __future__ import annotations

import re
from functools import cached_property

from relayout.inventory import Inventory
from relayout.inventory.python import ImportedName


class NeededNames:
    """The names that a repository's files need of each other."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._known: dict[str, frozenset[str]] = {}
        if any(file.depends_on_place for file in inventory.python.values()):
            self._importers  # noqa: B018 (worker processes inherit it)

    def of(self, path: str) -> frozenset[str]:
        """Return the names of a file that other files need; rather too many than too few."""
        if path not in self._known:
            self._known[path] = frozenset(self._find(path))
        return self._known[path]

    def is_imported(self, path: str) -> bool:
        """Tell whether another file imports a file."""
        return any(importer != path for importer, _ in self._importers.get(path, ()))

    @cached_property
    def _importers(self) -> dict[str, list[tuple[str, ImportedName]]]:
        found: dict[str, list[tuple[str, ImportedName]]] = {}
        for path in self._inventory.python:
            for name, resolution in self._inventory.resolutions(path):
                for imported in resolution.files:
                    found.setdefault(imported, []).append((path, name))
        return found

    def _find(self, path: str) -> set[str]:
        needed: set[str] = set()
        bound: dict[str, set[str]] = {}
        for importer, name in self._importers.get(path, ()):
            if name.name == "*":
                needed.update(self._inventory.python[path].defines)
            elif name.name is not None:
                needed.add(name.name)
            bound.setdefault(importer, set()).add(name.bound)
        for importer, names in bound.items():
            text = self._inventory.tree.read(importer).decode("utf-8", errors="replace")
            for local in names:
                needed.update(re.findall(rf"\b{re.escape(local)}\s*\.\s*(\w+)", text))
        return needed
