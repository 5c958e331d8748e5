"""The resources that definitions ask for, and what the repository has for them.

A definition asks by the name of a parameter whose type is a resource, by
``required_resource_keys``, or by the key of an IO manager
(https://docs.dagster.io/guides/build/external-resources).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from relayout.conversions.dagster.contents import Item
from relayout.inventory import Inventory
from relayout.inventory.dagster import ASSETS, Definition
from relayout.notebook import read_source
from relayout.source import NotPython, last_name, nodes_in

_ASKING = frozenset({*ASSETS, "op", "asset_check", "sensor", "schedule"})
_KINDS = ("resource", "io_manager")
_KEYS = ("io_manager_key", "input_manager_key")
_OF_LIBRARIES = re.compile(r"\w+(?:Resource|IOManager)|Pipes\w+Client")
"""How classes of resources in Dagster's libraries are called."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Asked:
    """A key that a definition asks for, and the class that it is to have, empty if any."""

    key: str
    class_name: str
    path: str
    line: int
    name: str


@dataclass(frozen=True, slots=True)
class Provider:
    """Something of the repository that is a resource, or makes one if it is called."""

    item: Item
    class_name: str


def asked_keys(paths: Iterable[str], inventory: Inventory) -> dict[str, Asked]:
    """Return the keys that definitions of modules ask for, each as it is asked first."""
    found: dict[str, Asked] = {}
    classes = {
        definition.name
        for module in inventory.dagster.values()
        for definition in module.definitions
        if definition.kind in _KINDS
    }
    for path in paths:
        for function, definition in _functions(path, inventory):
            for asked in _asked_by(function, path, definition.name, classes, inventory):
                found.setdefault(asked.key, asked)
    return found


def providers(paths: Iterable[str], inventory: Inventory) -> list[Provider]:
    """Return what modules have that is a resource, or a function without parameters that makes one.

    Classes are none: what they are to be configured with is not known.
    """
    found: list[Provider] = []
    for path in paths:
        if path in inventory.dagster and _has_resources(path, inventory):
            named = {d.name: d for d in inventory.dagster[path].definitions}
            for node in _body(path, inventory):
                found += _provided_by(node, path, named)
    return found


def _provided_by(node: ast.stmt, path: str, named: Mapping[str, Definition]) -> Iterator[Provider]:
    """Yield what a statement of a module has that is a resource, or makes one."""
    if isinstance(node, _Function):
        definition = named.get(node.name)
        if definition is not None and definition.kind in _KINDS:
            yield Provider(Item(path, node.name), "")
        elif definition is not None and definition.makes in _KINDS and not _needs(node):
            item = Item(path, node.name, called=True)
            yield Provider(item, last_name(node.returns) if node.returns else "")
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        definition = named.get(last_name(target))
        if definition is not None and definition.kind in _KINDS and definition.certain:
            called = node.value.func if isinstance(node.value, ast.Call) else target
            yield Provider(Item(path, definition.name), last_name(called))


def chosen(asked: Asked, offered: Iterable[Provider]) -> Provider | None:
    """Return what provides a key: what has its name, else the only thing of its class."""
    named = [p for p in offered if p.item.name == asked.key]
    if len(named) == 1:
        return named[0]
    fitting = [p for p in offered if asked.class_name and p.class_name == asked.class_name]
    return fitting[0] if len(fitting) == 1 and not named else None


def _functions(path: str, inventory: Inventory) -> Iterator[tuple[_Function, Definition]]:
    module = inventory.dagster.get(path)
    named = {d.name: d for d in module.definitions if d.kind in _ASKING} if module else {}
    for node in _body(path, inventory) if named else ():
        if isinstance(node, _Function) and node.name in named:
            yield node, named[node.name]


def _asked_by(
    node: _Function, path: str, name: str, classes: Iterable[str], inventory: Inventory
) -> Iterator[Asked]:
    """Yield what one function asks for."""
    imported = {
        bound.bound: bound.module
        for bound, _ in inventory.resolutions(path)
        if bound.module.partition(".")[0].partition("_")[0] == "dagster"
    }
    for argument in (*node.args.args, *node.args.kwonlyargs):
        wanted = _resource_class(argument.annotation, classes, imported)
        if wanted is not None:
            yield Asked(argument.arg, wanted, path, argument.lineno, name)
    own = {key for decorator in node.decorator_list for key in _keys_of(decorator, "resource_defs")}
    for decorator in node.decorator_list:
        for key in _keys_of(decorator, "required_resource_keys"):
            if key not in own:
                yield Asked(key, "", path, decorator.lineno, name)
        for key in _io_manager_keys(decorator):
            if key not in ("io_manager", *own):
                yield Asked(key, "", path, decorator.lineno, name)


def _io_manager_keys(decorator: ast.expr) -> Iterator[str]:
    """Yield the keys of IO managers that are named in a decorator, in its outputs too."""
    for part in nodes_in(decorator):
        if isinstance(part, ast.keyword) and part.arg in _KEYS:
            yield from _texts([part.value])


def _resource_class(
    annotation: ast.expr | None, classes: Iterable[str], imported: dict[str, str]
) -> str | None:
    """Return the class of a resource that an annotation names, or None if it names none."""
    node = annotation
    if isinstance(node, ast.Subscript):
        if last_name(node.value) == "ResourceParam":
            return last_name(node.slice)
        return None
    name = last_name(node) if node is not None else ""
    first = name if isinstance(node, ast.Name) else _first(node)
    if name in classes or (first in imported and _OF_LIBRARIES.fullmatch(name)):
        return name
    return None


def _first(node: ast.expr | None) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _keys_of(decorator: ast.expr, keyword: str) -> list[str]:
    """Return the strings in a set, or the keys of a dictionary, that a decorator is given."""
    for given in decorator.keywords if isinstance(decorator, ast.Call) else ():
        if given.arg == keyword:
            if isinstance(given.value, ast.Dict):
                return _texts(given.value.keys)
            if isinstance(given.value, ast.Set | ast.List | ast.Tuple):
                return _texts(given.value.elts)
    return []


def _texts(nodes: Iterable[ast.expr | None]) -> list[str]:
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def _needs(node: _Function) -> bool:
    arguments = node.args
    required = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    return required > 0 or any(default is None for default in arguments.kw_defaults)


def _has_resources(path: str, inventory: Inventory) -> bool:
    definitions = inventory.dagster[path].definitions
    return any(d.kind in _KINDS or d.makes in _KINDS for d in definitions)


def _body(path: str, inventory: Inventory) -> list[ast.stmt]:
    try:
        return read_source(path, inventory.tree.read(path)).parse().body
    except NotPython:
        return []
