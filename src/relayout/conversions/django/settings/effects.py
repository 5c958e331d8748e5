"""What one statement of a settings module binds, changes and needs, read off its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from relayout.source import nodes_in

_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_NAMED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler

_READS_ENVIRONMENT = frozenset({"environ", "getenv", "environb"})
_SETS_ENVIRONMENT = frozenset({"read_env", "load_dotenv", "read_dotenv", "putenv"})
_MAKES_FOLDERS = frozenset({"makedirs", "mkdir"})
_GIVE_PARTS = frozenset({"get", "setdefault", "pop", "popitem", "values", "items"})
"""Methods that give what a container holds, not a copy of it."""

_ENVIRONMENT_READERS = frozenset({"environ", "environs", "decouple", "dj_database_url", "dotenv"})

ENVIRONMENT = "os.environ"
"""Stands for the environment's variables among names; no code can bind it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The names that a statement binds, changes in place and loads.

    ``replaces`` are those that it binds whatever they were before. ``later`` are the names that
    functions in it load when they are called. ``aliases`` pairs names that may mean one object.
    """

    stores: frozenset[str]
    replaces: frozenset[str]
    touches: frozenset[str]
    loads: frozenset[str]
    later: frozenset[str] = frozenset()
    aliases: frozenset[tuple[str, str]] = frozenset()


def effect_of(node: ast.stmt) -> Effect:
    """Return the effect of a statement; an annotation alone has none."""
    if isinstance(node, ast.AnnAssign) and node.value is None:
        nothing = frozenset[str]()
        return Effect(nothing, nothing, nothing, nothing)
    nodes = nodes_in(node)
    inner = set(_within_functions(nodes))
    loads = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    later = {n.id for n in nodes if isinstance(n, ast.Name) and id(n) in inner}
    stores = set(_bound(node, nodes, inner))
    touches = set(_touched(nodes, inner))
    if any(isinstance(n, ast.AugAssign) for n in nodes):
        loads |= touches
    for loop in nodes:
        if isinstance(loop, ast.For) and not touches.isdisjoint(names_in(loop.target)):
            touches |= names_in(loop.iter)
    if not _READS_ENVIRONMENT.isdisjoint(_last_names(nodes)) or _imports_reader(node):
        loads.add(ENVIRONMENT)
    plain = isinstance(node, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom)
    replaces = stores if plain or isinstance(node, _DEFINITIONS) else set()
    return Effect(
        frozenset(stores),
        frozenset(replaces),
        frozenset(touches),
        frozenset(loads),
        frozenset(later),
        frozenset(_aliases(nodes)),
    )


def names_in(node: ast.AST) -> set[str]:
    """Return every name in a node."""
    return {n.id for n in nodes_in(node) if isinstance(n, ast.Name)}


def root_of(node: ast.expr) -> ast.expr:
    """Return what attributes, calls and subscripts are asked of: ``a`` of ``a.b["c"].d()``."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call | ast.Starred):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def _within_functions(nodes: Iterable[ast.AST]) -> Iterator[int]:
    for node in nodes:
        if isinstance(node, _FUNCTIONS):
            body = [node.body] if isinstance(node, ast.Lambda) else node.body
            for part in body:
                yield from (id(n) for n in nodes_in(part))


def _bound(node: ast.stmt, nodes: Iterable[ast.AST], inner: set[int]) -> Iterator[str]:
    """Yield the names that a statement binds in its module."""
    in_comprehensions = {
        id(n)
        for found in nodes
        if isinstance(found, _COMPREHENSIONS)
        for generator in found.generators
        for n in ast.walk(generator.target)
    }
    in_classes = {
        id(n)
        for found in nodes
        if isinstance(found, ast.ClassDef)
        for statement in found.body
        for n in ast.walk(statement)
    }
    elsewhere = inner | in_comprehensions | in_classes
    for found in nodes:
        if id(found) in elsewhere:
            continue
        if isinstance(found, ast.Name) and isinstance(found.ctx, ast.Store):
            yield found.id
        elif isinstance(found, ast.alias):
            yield found.asname or found.name.partition(".")[0]
        elif isinstance(found, _NAMED) and found.name:
            yield found.name


def _touched(nodes: Iterable[ast.AST], inner: set[int]) -> Iterator[str]:
    """Yield the names whose objects a statement changes, or may change by a method of theirs."""
    for node in nodes:
        if id(node) in inner:
            continue
        if isinstance(node, ast.AugAssign):
            yield from _root_name(node.target)
        elif isinstance(node, ast.Delete):
            for target in node.targets:
                yield from _root_name(target)
        elif isinstance(node, ast.Attribute | ast.Subscript):
            if isinstance(node.ctx, ast.Store):
                yield from _root_name(node)
                if isinstance(node.value, ast.Attribute) and node.value.attr == "environ":
                    yield ENVIRONMENT
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield from _changed_by_call(node.value)


def _changed_by_call(call: ast.Call) -> Iterator[str]:
    function = call.func
    name = _last(function)
    if name in _SETS_ENVIRONMENT:
        yield ENVIRONMENT
    if name in _MAKES_FOLDERS:
        for argument in call.args:
            yield from names_in(argument)
    if isinstance(function, ast.Attribute):
        yield from _root_name(function)
        if isinstance(function.value, ast.Attribute) and function.value.attr == "environ":
            yield ENVIRONMENT


def _root_name(node: ast.expr) -> Iterator[str]:
    root = root_of(node)
    if isinstance(root, ast.Name):
        yield root.id


def _aliases(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names of which one was given what the other has, or a part of it."""
    for node in nodes:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            given = {name for part in _parts(node.value) for name in _root_name(part)}
            first, *others = [*{name for target in targets for name in names_in(target)}, ""]
            if first and given:
                yield from ((first, other) for other in {*others, *given} - {"", first})


def _parts(value: ast.expr) -> Iterator[ast.expr]:
    """Yield the expressions whose objects a value holds: items of containers, branches."""
    pending = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            pending += node.elts
        elif isinstance(node, ast.Dict):
            pending += node.values
        elif isinstance(node, ast.IfExp):
            pending += [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            pending += node.values
        elif isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Starred):
            yield node
        elif isinstance(node, ast.Call) and _last(node.func) in _GIVE_PARTS:
            yield node.func


def _imports_reader(node: ast.stmt) -> bool:
    """Tell whether a statement imports a library that reads the environment."""
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom):
        modules.append(node.module or "")
    return any(module.partition(".")[0] in _ENVIRONMENT_READERS for module in modules)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _last_names(nodes: Iterable[ast.AST]) -> set[str]:
    return {_last(node) for node in nodes if isinstance(node, ast.Name | ast.Attribute)}
