"""Imports that did not resolve before a migration: repaired ones, and those that cannot be."""

from __future__ import annotations

from relayout.inventory import Inventory
from relayout.inventory.meaning import Status
from relayout.inventory.python import ImportedName
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination


def about_imports(path: str, inventory: Inventory, destination: Destination) -> list[Finding]:
    """Return what is said of the imports of a file that did not resolve before.

    Lines count in the file before.
    """
    new_path = destination.of_file(path)
    findings = []
    repaired: dict[tuple[int, str, str], list[str]] = {}
    doubtful = {
        (name.line, name.module)
        for name, resolution in inventory.resolutions(path)
        if resolution.status in (Status.BROKEN, Status.AMBIGUOUS)
    }
    for name, resolution in inventory.resolutions(path):
        candidates = ", ".join(destination.of_file(c) for c in resolution.candidates)
        if resolution.status is Status.REPAIRED and (name.line, name.module) in doubtful:
            continue
        if resolution.status is Status.REPAIRED:
            meant = destination.of_file(resolution.files[0])
            module = "." * name.level + name.module
            repaired.setdefault((name.line, module, meant), []).append(name.name or "")
        elif resolution.status in (Status.BROKEN, Status.AMBIGUOUS):
            if _is_brought(name, new_path, destination):
                continue
            message = f"{name}: it does not resolve" + (
                f"; it may mean {candidates}" if candidates else ""
            )
            advice = "Write the import that is meant." if candidates else ""
            findings.append(Finding("import-broken", new_path, name.line, message, advice))
    for (line, module, meant), names in repaired.items():
        asked = f"from {module} import {', '.join(names)}" if names[0] else f"import {module}"
        message = f"{asked}: it did not resolve; only {meant} can be meant, and it is now"
        findings.append(Finding("import-repaired", new_path, line, message))
    return findings


def _is_brought(name: ImportedName, new_path: str, destination: Destination) -> bool:
    """Tell whether an import leads to a module that the migration writes."""
    if name.level:
        located = destination.relative(new_path, name.level, name.module)
    else:
        located = destination.find(destination.sources, name.module)
    return located is not None and located.file in destination.brought
