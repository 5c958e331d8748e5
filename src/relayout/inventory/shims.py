"""Shims: modules at old import paths, known by their form alone.

A shim is a docstring, an import of ``forward`` from the package's support module, and one call::

    forward(__name__, "package.new.path", removed_in="0.2.0")

What has anything more is a module like any other.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.python import PythonFile
from relayout.inventory.search_paths import module_name
from relayout.notebook import is_notebook, read_source
from relayout.source import NotPython
from relayout.tree import ancestors

FORWARD = "forward"
SUPPORT = "_moved"
"""What the support module's name begins with; a number follows where the name was taken."""

_OF_SUPPORT = frozenset({FORWARD, "_Forwarding", "_Moved"})


@dataclass(frozen=True, slots=True)
class Shim:
    """A module at an old path: what it is called, and the dotted names that it stands for.

    ``removed_in`` is the version that removes it, empty for the next one. ``support`` is the dotted
    name of the module that it calls.
    """

    path: str
    name: str
    targets: tuple[str, ...]
    removed_in: str
    support: str


def shims_of(inventory: Inventory) -> dict[str, Shim]:
    """Return the shims of a tree by path. Never raises for what files contain."""
    found = (
        read_shim(p, inventory.tree.read(p)) for p in inventory.python if is_shim(p, inventory)
    )
    return {shim.path: shim for shim in found if shim is not None}


def is_shim(path: str, inventory: Inventory) -> bool:
    """Tell whether the file at a path has what a shim imports and binds, and nothing else."""
    return path in inventory.python and looks_like_shim(inventory.python[path])


def files_for_old_paths(inventory: Inventory) -> frozenset[str]:
    """Return the paths of all shims, of what they call, and of markers that only they need.

    Such a marker is an empty ``__init__.py`` below which nothing stands but shims.
    """
    python = inventory.python
    found = {p for p, file in python.items() if looks_like_shim(file) or is_support(file)}
    if not found:
        return frozenset()
    folders = {folder for path in found for folder in ancestors(path) if folder}
    markers = {f"{folder}/__init__.py" for folder in folders if _is_empty(folder, inventory)}
    others = python.keys() - found - markers
    alive = {folder for path in others for folder in ancestors(path)}
    return frozenset(found | {marker for marker in markers if dirname(marker) not in alive})


def _is_empty(folder: str, inventory: Inventory) -> bool:
    path = f"{folder}/__init__.py"
    return path in inventory.python and not inventory.tree.read(path).strip()


def looks_like_shim(file: PythonFile) -> bool:
    """Tell by the facts about a file whether it is a shim."""
    if len(file.statements) != 1 or is_notebook(file.path):
        return False
    statement = file.statements[0]
    support = (statement.module or "").rpartition(".")[2]
    return (
        statement.names == ((FORWARD, None),)
        and support.startswith(SUPPORT)
        and file.defines == {FORWARD}
        and not file.is_script
    )


def is_support(file: PythonFile) -> bool:
    """Tell by the facts about a file whether it is the module that shims call."""
    return basename(file.path).startswith(SUPPORT) and file.defines >= _OF_SUPPORT


def read_shim(path: str, content: bytes) -> Shim | None:
    """Return the shim that a file is, or None. Never raises for what the file contains."""
    try:
        body = read_source(path, content).parse().body
    except NotPython:
        return None
    match body:
        case [
            ast.Expr(value=ast.Constant(value=str())),
            ast.ImportFrom(module=str(support), names=[ast.alias(name="forward", asname=None)]),
            ast.Expr(
                value=ast.Call(
                    func=ast.Name(id="forward"),
                    args=[ast.Name(id="__name__"), ast.Constant(value=str()), *_] as arguments,
                    keywords=keywords,
                )
            ),
        ]:
            targets = _strings(arguments[1:])
            removed_in = _removed_in(keywords)
            if removed_in is not None and len(targets) == len(arguments) - 1:
                return Shim(path, module_name(path), targets, removed_in, support)
    return None


def _strings(nodes: list[ast.expr]) -> tuple[str, ...]:
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return tuple(value for value in values if isinstance(value, str))


def _removed_in(keywords: list[ast.keyword]) -> str | None:
    """Return the version that a call names, empty if it names none; None for other keywords."""
    match keywords:
        case []:
            return ""
        case [ast.keyword(arg="removed_in", value=ast.Constant(value=str(version)))]:
            return version
    return None
