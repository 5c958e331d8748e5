"""Constants of other modules that are paths, by the names that a file has for them."""

from __future__ import annotations

from relayout.inventory import Inventory


def imported_paths(inventory: Inventory, path: str) -> dict[str, tuple[str, str]]:
    """Return (repository path, module that has the constant) by dotted name in a file."""
    found: dict[str, tuple[str, str]] = {}
    for name, resolution in inventory.resolutions(path):
        module, submodule = resolution.module, resolution.submodule
        if name.name is not None and submodule is None and module is not None:
            constants = _constants(inventory, module.file)
            if name.name in constants:
                found[name.bound] = constants[name.name], module.file or ""
            continue
        holder = submodule or module
        if holder is None or holder.file is None:
            continue
        is_dotted = name.name is None and name.module.partition(".")[0] == name.bound
        prefix = name.module if is_dotted else name.bound
        for constant, value in _constants(inventory, holder.file).items():
            found[f"{prefix}.{constant}"] = value, holder.file
    return found


def _constants(inventory: Inventory, path: str | None) -> dict[str, str]:
    file = inventory.python.get(path) if path is not None else None
    return dict(file.path_constants) if file is not None else {}
