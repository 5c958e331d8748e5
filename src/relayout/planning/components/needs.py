"""Which modules code in other folders needs: they must be importable by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile
from posixpath import dirname

from relayout.inventory import Inventory
from relayout.tree import Tree, ancestors

_BY_NAME = re.compile(rb"-m[\"', \t]+([A-Za-z_]\w*(?:\.\w+)+)")
_TELLING = (".py", ".sh", ".yml", ".yaml", "Makefile", "Dockerfile", ".toml", ".md", ".cfg")


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


def with_what_they_need(paths: Iterable[str], inventory: Inventory) -> frozenset[str]:
    """Return modules with the packages that they are in, and with all that these import."""
    found: set[str] = set()
    packages: set[str] = set()
    pending = list(paths)
    while pending:
        path = pending.pop()
        if path not in found:
            found.add(path)
            package = _package_of(path, inventory.tree)
            if package and package not in packages:
                packages.add(package)
                pending += (m for m in inventory.tree.modules if m.startswith(f"{package}/"))
            for _, resolution in inventory.resolutions(path):
                pending += resolution.files if resolution.works else ()
    return frozenset(found)


def _package_of(path: str, tree: Tree) -> str:
    """Return the folder of the outermost regular package that a module is in; empty for none."""
    folders = [*takewhile(lambda f: f and f"{f}/__init__.py" in tree, ancestors(path))]
    return folders[-1] if folders else ""


def started_by_name(inventory: Inventory) -> frozenset[str]:
    """Return the modules that some text starts by their dotted names: ``python -m jobs.load``.

    See https://docs.python.org/3/using/cmdline.html#cmdoption-m.
    """
    tree = inventory.tree
    found: set[str] = set()
    for path in tree:
        if path.endswith(_TELLING) and tree.is_regular(path) and path not in inventory.foreign:
            content = tree.read(path)
            if b"-m" in content:
                found.update(name.decode() for name in _BY_NAME.findall(content))
    located = (inventory.resolver.finder.find(("", "src"), name) for name in found)
    files = {one.file for one in located if one is not None and one.file is not None}
    return frozenset(file for file in files if file in inventory.python)
