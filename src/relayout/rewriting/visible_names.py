"""Names of modules that a program can see: ``__name__``, ``__module__`` and what pickles hold.

A move changes them, and no edit can decide whether the old or the new name is wanted. What only
leads back to the module itself, or names a logger, is no matter: a logger's name counts where a
configuration names it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from relayout.inventory import Inventory
from relayout.inventory.attributes import attributes_of
from relayout.inventory.python import ImportedName, PythonFile
from relayout.inventory.search_paths import is_quarantined, module_name
from relayout.inventory.string_places import Surroundings
from relayout.notebook import is_notebook
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.source import NotPython, Source, last_name
from relayout.tree import Tree

_PICKLERS = re.compile(
    r"(?:c?pickle|_pickle|dill|cloudpickle|joblib|torch)\.(?:dumps?|loads?|save|(?:Unp|P)ickler)"
    r"|shelve\.open"
)
"""Calls that write or read objects together with the names of their classes' modules.

https://docs.python.org/3/library/pickle.html#what-can-be-pickled-and-unpickled
"""

_FINDS_ITSELF = re.compile(
    r"(?i:.*logger)|Flask|Blueprint|Dash|Celery|import_module|reload|find_spec|files|path|run_module"
    r"|read_(?:text|binary)|open_(?:text|binary)|get_data|resource_\w+|as_file|patch|setattr"
)
"""Callables that find the module itself by its name, or name a logger after it."""

_SHOWING = ("__module__", "pickle", "dill", "joblib", "torch", "shelve")
_USUAL = ("getLogger(__name__)", '__name__ == "__main__"', "__name__ == '__main__'")
"""Uses of ``__name__`` that are no matter."""


def may_show_names(text: str) -> bool:
    """Tell whether a file's text has what :func:`visible_names` could report; quick to ask."""
    if any(word in text for word in _SHOWING):
        return True
    if text.count("__package__") > text.count("getLogger(__package__)"):
        return True
    return text.count("__name__") > sum(text.count(usual) for usual in _USUAL)


def visible_names(
    module: ast.Module, path: str, inventory: Inventory, destination: Destination, imported: bool
) -> list[Finding]:
    """Return what a move changes that the file at ``path`` lets be seen.

    ``imported`` tells whether other files import it: one that is only started is ``__main__``
    before and after, and so is every notebook.
    """
    new_path = destination.of_file(path)
    imported = imported and not is_notebook(path)
    if is_quarantined(new_path) or not destination.moves:
        return []
    around = Surroundings(module)
    findings = [] if not imported else _own_names(around, path, new_path)
    findings += _names_of_classes(around, inventory, destination, new_path)
    findings += _pickles(around, path, inventory, destination, imported)
    return findings


def _own_names(around: Surroundings, path: str, new_path: str) -> list[Finding]:
    old, new = module_name(path), module_name(new_path)
    if old == new:
        return []
    lines = {
        (node.lineno, node.id)
        for node in around.nodes
        if isinstance(node, ast.Name)
        and node.id in ("__name__", "__package__")
        and isinstance(node.ctx, ast.Load)
        and not _finds_itself(around, node)
    }
    if "." not in old:
        lines = {(line, name) for line, name in lines if name == "__name__"}
    advice = "Check what reads it; write the old name out where it must stay."
    findings = []
    for line, name in sorted(lines):
        was, now = (old, new) if name == "__name__" else (_package(path), _package(new_path))
        message = f"{name} is used as a value: {was} is now {now}"
        findings.append(Finding("module-name-visible", new_path, line, message, advice))
    return findings


def _package(path: str) -> str:
    return (
        module_name(path) if path.endswith("/__init__.py") else module_name(path).rpartition(".")[0]
    )


def _finds_itself(around: Surroundings, node: ast.expr) -> bool:
    """Tell whether a name is compared with ``__main__``, or given to what finds the module."""
    inner: ast.AST = node
    outer = around.parent(node)
    while isinstance(outer, ast.expr | ast.keyword):
        if isinstance(outer, ast.Compare):
            values = [outer.left, *outer.comparators]
            return any(isinstance(v, ast.Constant) and v.value == "__main__" for v in values)
        if isinstance(outer, ast.Subscript) and inner is outer.slice:
            return around.qualified(outer.value) == "sys.modules"
        if isinstance(outer, ast.Call) and inner is not outer.func:
            name, full = last_name(outer.func), around.qualified(outer.func)
            return bool(_FINDS_ITSELF.fullmatch(name)) or full.startswith("sys.modules.")
        inner, outer = outer, around.parent(outer)
    return False


def _names_of_classes(
    around: Surroundings, inventory: Inventory, destination: Destination, new_path: str
) -> list[Finding]:
    lines = {
        node.lineno
        for node in around.nodes
        if isinstance(node, ast.Attribute)
        and node.attr == "__module__"
        and isinstance(node.ctx, ast.Load)
    }
    if not lines or not any(is_renamed(p, destination) for p in inventory.python):
        return []
    message = "__module__ is read, and modules of this repository have other names now"
    advice = "Check what becomes of the name."
    return [
        Finding("module-name-visible", new_path, line, message, advice) for line in sorted(lines)
    ]


def is_renamed(path: str, destination: Destination) -> bool:
    """Tell whether a move gives a module another name."""
    return module_name(path) != module_name(destination.of_file(path))


# -- pickles


def _pickles(
    around: Surroundings,
    path: str,
    inventory: Inventory,
    destination: Destination,
    imported: bool,
) -> list[Finding]:
    """Report the first place that writes or reads pickles, if a class that it knows has moved."""
    lines = [
        node.lineno
        for node in around.nodes
        if isinstance(node, ast.Call) and _PICKLERS.fullmatch(around.qualified(node.func))
    ]
    if not lines:
        return []
    classes = sorted(set(_classes_known(path, inventory, destination, imported)))
    if not classes:
        return []
    message = f"pickles hold the names of classes that moved: {', '.join(classes)}"
    advice = (
        "Pickles that exist cannot be loaded by the new names: keep a shim, or write them again."
    )
    return [Finding("module-name-visible", destination.of_file(path), min(lines), message, advice)]


def _classes_known(
    path: str, inventory: Inventory, destination: Destination, imported: bool
) -> Iterator[str]:
    """Yield old and new names of the moved classes that a file defines or imports."""
    if imported and not inventory.python[path].is_script:
        yield from _renamed_classes(path, None, inventory, destination)
    for name, resolution in inventory.resolutions(path):
        for file in resolution.files[:1]:
            wanted = _wanted(inventory.python[path], name, file, inventory.tree)
            yield from _renamed_classes(file, wanted, inventory, destination)


def _wanted(
    importer: PythonFile, name: ImportedName, file: str, tree: Tree
) -> frozenset[str] | None:
    """Return the names that an importer takes from a file, or None if it takes them all."""
    if name.name == "*":
        return None
    if name.name is not None and module_name(file).rpartition(".")[2] != name.name:
        return frozenset({name.name})
    if name.name is None and "." in name.module:
        return None
    return attributes_of(name.bound, importer.path, tree)


def _renamed_classes(
    path: str, wanted: frozenset[str] | None, inventory: Inventory, destination: Destination
) -> Iterator[str]:
    if not is_renamed(path, destination):
        return
    try:
        module = Source.decode(inventory.tree.read(path)).parse()
    except NotPython:
        return
    for node in module.body:
        if isinstance(node, ast.ClassDef) and (wanted is None or node.name in wanted):
            old, new = module_name(path), module_name(destination.of_file(path))
            yield f"{old}.{node.name} (now {new}.{node.name})"
