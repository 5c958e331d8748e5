"""Functions of a repository that make definitions: what they return, for given arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from relayout.inventory.dagster.bindings import Binding, Function
from relayout.inventory.dagster.kinds import given_by, own_statements
from relayout.inventory.dagster.values import Arguments, Written


class Made(NamedTuple):
    """What a function returns: a function in it or a call, and what names stand for in it."""

    node: Function | ast.Call
    local: tuple[tuple[str, Written | None], ...]


def made_by(path: str, binding: Binding, arguments: Arguments) -> Made | None:
    """Return what a function of a module makes of arguments, or None if that cannot be told.

    It has one ``return``, of a function defined in it, or of what it calls.
    """
    function = binding.statement
    if not isinstance(function, Function) or function.decorator_list or not arguments.certain:
        return None
    returned = list(given_by(function))
    if len(returned) != 1:
        return None
    inner = {s.name: s for s in own_statements(function) if isinstance(s, Function)}
    local = dict(_parameters(path, function, arguments))
    assigned = list(_assigned(function))
    for name, value in assigned:
        once = value is not None and [n for n, _ in assigned].count(name) == 1
        known = once and value is not None and name not in local
        local[name] = Written(path, value, tuple(local.items())) if known and value else None
    node = returned[0]
    if isinstance(node, ast.Name) and node.id in inner:
        return Made(inner[node.id], tuple(local.items()))
    if isinstance(node, ast.Name) and (written := local.get(node.id)) is not None:
        node = written.node
    return Made(node, tuple(local.items())) if isinstance(node, ast.Call) else None


def _parameters(
    path: str, function: Function, arguments: Arguments
) -> Iterator[tuple[str, Written | None]]:
    """Yield what each parameter stands for; what is not given has its default."""
    said = function.args
    positional = [*said.posonlyargs, *said.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(said.defaults))
    defaults += said.defaults
    pairs = [*zip(positional, defaults, strict=True)]
    pairs += zip(said.kwonlyargs, said.kw_defaults, strict=True)
    for position, (parameter, default) in enumerate(pairs):
        by_position = position if position < len(positional) else None
        found = arguments.get(parameter.arg, by_position)
        if found is None and default is not None:
            found = Written(path, default)
        yield parameter.arg, found
    for rest in (said.vararg, said.kwarg):
        if rest is not None:
            yield rest.arg, None


def _assigned(function: Function) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield the names that a function binds, with what each is set to if that can be told."""
    for statement in own_statements(function):
        if isinstance(statement, Function | ast.ClassDef):
            yield statement.name, None
        elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name):
                yield target.id, statement.value
                continue
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id, statement.value
            continue
        if not isinstance(statement, Function | ast.ClassDef):
            for node in _stored(statement):
                yield node.id, None


def _stored(statement: ast.stmt) -> Iterator[ast.Name]:
    """Yield the names that the targets of a statement bind, not those in statements inside it."""
    fields = statement.__dict__
    targets = [*fields.get("targets", ()), fields.get("target")]
    targets += [item.optional_vars for item in fields.get("items", ())]
    for target in targets:
        for node in ast.walk(target) if isinstance(target, ast.AST) else ():
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node
