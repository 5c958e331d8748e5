"""Names in a pipeline's files that are those of something else, and so stay in its template."""

from __future__ import annotations

from dataclasses import dataclass

from relayout.inventory import Inventory


@dataclass(frozen=True, slots=True)
class ForeignNames:
    """Whole identifiers that are none of the pipeline's: by Python file, and for all of its dbt."""

    by_module: dict[str, frozenset[str]]
    macros: frozenset[str]

    def of(self, path: str) -> frozenset[str]:
        """Return the identifiers of others that a file may have."""
        return self.by_module.get(path, self.macros)


def foreign_names(inventory: Inventory, folder: str) -> ForeignNames:
    """Return what the modules of a pipeline's folder import from elsewhere, and others' macros."""
    own = f"{folder}/"
    by_module = {}
    for path in inventory.python:
        if not path.startswith(own):
            continue
        names: set[str] = set()
        for name, resolution in inventory.resolutions(path):
            if not any(file.startswith(own) for file in resolution.files):
                names.update(name.module.split("."), (name.name or "").split("."))
        by_module[path] = frozenset(names - {""})
    projects = (project for project in inventory.dbt if not project.path.startswith(own))
    macros = frozenset(macro for project in projects for macro in project.macros)
    return ForeignNames(by_module, macros)
