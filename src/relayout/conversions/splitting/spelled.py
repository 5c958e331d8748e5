"""How a part of a module is imported by the others."""

from __future__ import annotations

from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.planning.split import stem_of


def prefix_beside(inventory: Inventory, path: str) -> str:
    """Return what stands in front of the name of a module beside a file, in an import in it.

    It is a dot where the file is part of a package; for a program, and outside of packages, what
    the repository writes.
    """
    file = inventory.python[path]
    if any(statement.level for statement in file.statements):
        return "."
    is_started = file.is_script or any(run.path == path for run in inventory.runs)
    if f"{dirname(path)}/__init__.py" in inventory.tree and not is_started:
        return "."
    if _names_siblings_alone(inventory, path):
        return ""
    return _written(inventory, path) or _in_package(inventory, path)


def _names_siblings_alone(inventory: Inventory, path: str) -> bool:
    """Tell whether a file imports a module that stands beside it by its name alone."""
    return any(
        not name.level and "." not in name.module and _is_beside(file, name.module, path)
        for name, resolution in inventory.resolutions(path)
        for file in resolution.files
    )


def _is_beside(file: str, module: str, path: str) -> bool:
    return dirname(file) == dirname(path) and basename(file) == f"{module}.py"


def _written(inventory: Inventory, path: str) -> str:
    """Return what other files write in front of a module's name, if they agree."""
    stem = stem_of(path)
    found: set[str] = set()
    for importer in inventory.python:
        if importer == path:
            continue
        for name, resolution in inventory.resolutions(importer):
            if path not in resolution.files or name.level:
                continue
            is_submodule = resolution.submodule is not None and name.name == stem
            package = name.module if is_submodule else name.module.rpartition(".")[0]
            found.add(f"{package}." if package else "")
    return found.pop() if len(found) == 1 else ""


def _in_package(inventory: Inventory, path: str) -> str:
    """Return the name of the package that a file is in, with a dot; empty outside of packages."""
    names: list[str] = []
    folder = dirname(path)
    while folder and f"{folder}/__init__.py" in inventory.tree:
        names.append(basename(folder))
        folder = dirname(folder)
    if not all(name.isidentifier() for name in names):
        return ""
    return "".join(f"{name}." for name in reversed(names))
