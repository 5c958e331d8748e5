"""Where the shim of a module stands: at the path that its old dotted name leads to afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import basename, dirname

from relayout.inventory.search_paths import module_stem
from relayout.planning.homes import Home, home_of
from relayout.tree import Tree, ancestors


def shim_place(path: str, before: Tree, homes: Sequence[Home]) -> str:
    """Return the path of the shim for the module at ``path`` of the tree before.

    It is the same path. A package that came into a ``src`` folder under the name that it has is
    found there from now on: so its old submodules have to be there too.
    """
    if home_of(path, homes) is not None:
        return path
    package = _top_package(path, before) or path.partition("/")[0]
    home = next((h for h in homes if h.package == basename(package)), None)
    if home is None or package == path:
        return path
    return f"{home.source}/{basename(package)}/{path[len(package) + 1 :]}"


def _top_package(path: str, before: Tree) -> str:
    """Return the folder of the topmost regular package that a module is in; empty if in none."""
    folder = dirname(path)
    top = ""
    while folder and f"{folder}/__init__.py" in before:
        top, folder = folder, dirname(folder)
    return top


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
