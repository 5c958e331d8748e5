"""Where the shim of a module stands: at the path that its old dotted name leads to afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import basename

from relayout.inventory.search_paths import QUARANTINE, module_name, module_stem
from relayout.planning.homes import Home, home_of
from relayout.tree import Tree, ancestors


def shim_place(path: str, before: Tree, homes: Sequence[Home]) -> str:
    """Return the path of the shim for the module at ``path`` of the tree before.

    It is the same path. A package that came into a ``src`` folder under the name that it has is
    found there from now on: so its old submodules have to be there too.
    """
    if home_of(path, homes) is not None:
        return path
    for home in homes:
        package = _folder_of(home.package, path, before)
        if package:
            return f"{home.root}/{path[len(package) + 1 :]}"
    return path


def _folder_of(package: str, path: str, before: Tree) -> str:
    """Return the folder above a module that is a package of this name; empty if none is.

    It is the outermost that has an ``__init__.py``, else the innermost.
    """
    named = [folder for folder in ancestors(path) if basename(folder) == package]
    regular = [folder for folder in named if f"{folder}/__init__.py" in before]
    return regular[-1] if regular else next(iter(named), "")


def hides_quarantine(place: str, after: Tree, homes: Sequence[Home]) -> bool:
    """Tell whether quarantined code finds its own modules under the first name of a shim's path."""
    if home_of(place, homes) is not None:
        return False
    parts = module_stem(place).split("/")
    depth = len(module_name(place).split("."))
    kept = QUARANTINE + "/".join(parts[: len(parts) - depth + 1])
    return kept in after.folders or f"{kept}.py" in after


def own_marker(place: str, after: Tree) -> str | None:
    """Return the marker of the package that has the name of a module now, or None.

    ``import a.b`` finds the folder ``a/b`` before the file ``a/b.py``
    (https://docs.python.org/3/reference/import.html#path-entry-finders).
    """
    stem = place.removesuffix(".py")
    if basename(place) == "__init__.py" or stem not in after.folders:
        return None
    holds_modules = any(module.startswith(f"{stem}/") for module in after.modules)
    return f"{stem}/__init__.py" if holds_modules else None


def hidden_by(place: str, after: Tree) -> str | None:
    """Return the module in front of which a shim would stand, or behind which it would be.

    A folder with ``__init__.py`` is found before a module of its name, and a module before a folder
    that has none.
    """
    modules = (f"{folder}.py" for folder in ancestors(place) if folder)
    return next((module for module in modules if module in after), None)


def is_identifier(path: str) -> bool:
    """Tell whether a module can be imported by the name of its file."""
    return basename(module_stem(path)).isidentifier()
