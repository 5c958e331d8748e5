"""Which modules code in other folders needs: they must be importable by their names."""

from __future__ import annotations

from posixpath import dirname

from relayout.inventory import Inventory


def imported_from_elsewhere(inventory: Inventory) -> frozenset[str]:
    """Return the modules that a module in another folder imports."""
    return frozenset(
        file
        for path in inventory.python
        for _, resolution in inventory.resolutions(path)
        if resolution.works
        for file in resolution.files
        if dirname(file) != dirname(path)
    )
