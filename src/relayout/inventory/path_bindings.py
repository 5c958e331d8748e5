"""What the names of one file may stand for: every value that the file itself gives them.

A name in a function is what the function gives it, or its default, or what a call in the file hands
over; else what the module gives it. An attribute is what any class or method of the file gives it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from relayout.source import last_name, nodes_of

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_MODULE = 0


class Bindings:
    """The values that names of a file have been given."""

    def __init__(self, module: ast.Module) -> None:
        self.parents: dict[int, ast.AST] = {}
        self._scopes: dict[int, int] = {}
        self._outer: dict[int, int] = {}
        self._names: dict[tuple[int, str], list[ast.expr]] = {}
        self._attributes: dict[str, list[ast.expr]] = {}
        self._functions: dict[str, list[_Function]] = {}
        self._walk(module)
        nodes = nodes_of(module)
        for node in nodes:
            self._note(node)
        for node in nodes:
            if isinstance(node, ast.Call):
                self._hand_over(node)

    def values_of(self, node: ast.Name | ast.Attribute) -> list[ast.expr]:
        """Return every value that a name or an attribute may have, as far as the file gives it."""
        if isinstance(node, ast.Attribute):
            return self._attributes.get(node.attr, []) if isinstance(node.value, ast.Name) else []
        return self._names.get((self._scope_that_binds(node), node.id), [])

    def is_bound_here(self, node: ast.Name | ast.Attribute) -> bool:
        """Tell whether the file gives the name a value itself."""
        while isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            node = node.value
        if not isinstance(node, ast.Name):
            return False
        return (self._scope_that_binds(node), node.id) in self._names

    def is_global(self, node: ast.AST) -> bool:
        """Tell whether a statement stands outside of every function."""
        return self._scopes.get(id(node), _MODULE) == _MODULE

    def _walk(self, module: ast.Module) -> None:
        """Note of every node what it stands in, and in which function."""
        pending: list[tuple[ast.AST, int]] = [(module, _MODULE)]
        while pending:
            node, scope = pending.pop()
            self._scopes[id(node)] = scope
            if isinstance(node, _SCOPES):
                self._outer[id(node)] = scope
                scope = id(node)
            for child in ast.iter_child_nodes(node):
                self.parents[id(child)] = node
                pending.append((child, scope))

    def _scope_that_binds(self, node: ast.Name) -> int:
        scope = self._scopes.get(id(node), _MODULE)
        while scope != _MODULE and (scope, node.id) not in self._names:
            scope = self._outer.get(scope, _MODULE)
        return scope

    def _note(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._bind(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._bind(target, value)
            case ast.NamedExpr(target=target, value=value):
                self._bind(target, value)
            case (
                ast.For(target=target, iter=values) | ast.comprehension(target=target, iter=values)
            ):
                self._bind_each(target, values)
            case ast.With(items=items) | ast.AsyncWith(items=items):
                for item in items:
                    if item.optional_vars is not None:
                        self._bind(item.optional_vars, item.context_expr)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._functions.setdefault(node.name, []).append(node)
                for name, default in _defaults(node.args):
                    self._names.setdefault((id(node), name), []).append(default)
                for argument in _parameters(node.args):
                    self._names.setdefault((id(node), argument.arg), [])

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            scope = self._scopes.get(id(target), _MODULE)
            self._names.setdefault((scope, target.id), []).append(value)
            if isinstance(self.parents.get(id(self.parents.get(id(target)))), ast.ClassDef):
                self._attributes.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Attribute):
            self._attributes.setdefault(target.attr, []).append(value)
        elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
            for part, item in zip(target.elts, value.elts, strict=False):
                self._bind(part, item)

    def _bind_each(self, target: ast.expr, values: ast.expr) -> None:
        if isinstance(values, ast.List | ast.Tuple | ast.Set):
            for value in values.elts:
                self._bind(target, value)

    def _hand_over(self, call: ast.Call) -> None:
        """Note what a call hands to a function of the file, if only one has that name."""
        functions = self._functions.get(last_name(call.func), [])
        if len(functions) != 1:
            return
        [function] = functions
        parameters = _parameters(function.args)
        if isinstance(self.parents.get(id(function)), ast.ClassDef):
            parameters = parameters[1:]
        elif isinstance(call.func, ast.Attribute):
            return
        for parameter, value in zip(parameters, call.args, strict=False):
            self._names.setdefault((id(function), parameter.arg), []).append(value)
        for keyword in call.keywords:
            if keyword.arg is not None:
                self._names.setdefault((id(function), keyword.arg), []).append(keyword.value)


def _parameters(arguments: ast.arguments) -> list[ast.arg]:
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]


def _defaults(arguments: ast.arguments) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names of parameters with their defaults."""
    positional = [*arguments.posonlyargs, *arguments.args]
    last = positional[len(positional) - len(arguments.defaults) :]
    for parameter, default in zip(last, arguments.defaults, strict=True):
        yield parameter.arg, default
    for parameter, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if value is not None:
            yield parameter.arg, value
