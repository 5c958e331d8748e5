"""Which variable a name means: Python's scopes, read off the syntax tree.

The rules are those of https://docs.python.org/3/reference/executionmodel.html#naming-and-binding:
a name that a block binds is local to it, class blocks are not seen from functions in them, a
comprehension has a scope of its own but for its first iterable, and ``:=`` binds outside of it
(PEP 572). A string in an annotation is read as the expression that it holds (PEP 484, PEP 563).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from relayout.rewriting.annotations import (
    annotations_in_call,
    expression_in,
    is_annotation_part,
)
from relayout.source import last_name


@dataclass(slots=True, eq=False)
class Scope:
    """A block with names of its own. ``bound`` has, by name, every node that binds it."""

    node: ast.AST
    parent: Scope | None
    bound: dict[str, list[ast.AST]] = field(default_factory=dict)
    outside: dict[str, ast.Global | ast.Nonlocal] = field(default_factory=dict)
    """Names that ``global`` and ``nonlocal`` give to another scope."""

    @property
    def is_class(self) -> bool:
        """Whether it is the body of a class."""
        return isinstance(self.node, ast.ClassDef)

    @property
    def is_module(self) -> bool:
        """Whether it is the file's outermost scope."""
        return self.parent is None

    def enclosing(self) -> Iterator[Scope]:
        """Yield the scopes around this one, the nearest first."""
        scope = self.parent
        while scope is not None:
            yield scope
            scope = scope.parent


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """One use of a name, with the attributes that follow it, the nearest first.

    ``within`` is the string literal or f-string that the use is written in, if any.
    """

    node: ast.Name
    scope: Scope
    attributes: tuple[ast.Attribute, ...]
    within: ast.Constant | ast.JoinedStr | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands: its scope, whether in an annotation, and in which string."""

    scope: Scope
    annotation: bool = False
    within: ast.Constant | ast.JoinedStr | None = None


class Scopes:
    """The scopes of one file, and every use of a name in it."""

    def __init__(self, module: ast.Module) -> None:
        self.module = Scope(module, None)
        self.scope_of: dict[tuple[int, int], Scope] = {}
        """The scope in which each import alias stands, by its line and column."""
        self._references: dict[str, list[Reference]] = {}
        self._typing = frozenset(_names_from_typing(module))
        self._pending: list[tuple[ast.AST, _Place]] = []
        self._walk(module)
        self._settle()

    def references(self, name: str) -> list[Reference]:
        """Return every use of a name, in any scope."""
        return self._references.get(name, [])

    def home(self, name: str, scope: Scope) -> Scope | None:
        """Return the scope whose variable a name is, seen from a scope; None if none binds it."""
        if name in scope.bound:
            return scope
        if isinstance(scope.outside.get(name), ast.Global):
            return self.module
        for outer in scope.enclosing():
            if isinstance(outer.outside.get(name), ast.Global):
                return self.module
            if name in outer.bound and not outer.is_class:
                return outer
        return None

    def identifiers(self) -> frozenset[str]:
        """Return every name that is used or bound anywhere."""
        return frozenset(self._references) | self._bound_anywhere

    # -- walking

    def _walk(self, module: ast.Module) -> None:
        self._all = [self.module]
        self._push(ast.iter_child_nodes(module), _Place(self.module))
        while self._pending:
            node, place = self._pending.pop()
            visit = _VISITORS.get(type(node))
            if visit is None:
                self._push_children(node, place)
            else:
                visit(self, node, place)

    def _settle(self) -> None:
        """Hand what is bound under ``global`` and ``nonlocal`` to the scope that it belongs to."""
        for scope in self._all:
            for name in [name for name in scope.outside if name in scope.bound]:
                binders = scope.bound.pop(name)
                home = self.home(name, scope) or self.module
                home.bound.setdefault(name, []).extend(binders)
        self._bound_anywhere = frozenset(name for scope in self._all for name in scope.bound)

    def _push(self, nodes: Iterable[ast.AST | None], place: _Place) -> None:
        self._pending += [(node, place) for node in nodes if node is not None]

    def _push_children(self, node: ast.AST, place: _Place) -> None:
        self._push(ast.iter_child_nodes(node), place)

    def _open(self, node: ast.AST, place: _Place) -> _Place:
        scope = Scope(node, place.scope)
        self._all.append(scope)
        return _Place(scope, within=place.within)

    def _bind(self, name: str, node: ast.AST, scope: Scope) -> None:
        scope.bound.setdefault(name, []).append(node)

    # -- blocks

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, place: _Place) -> None:
        self._bind(node.name, node, place.scope)
        self._push(node.decorator_list, place)
        annotation = _Place(place.scope, True, place.within)
        self._push([node.returns], annotation)
        inner = self._open(node, place)
        self._parameters(node, inner)
        self._arguments(node.args, place, inner)
        self._push(node.body, inner)

    def _lambda(self, node: ast.Lambda, place: _Place) -> None:
        inner = self._open(node, place)
        self._arguments(node.args, place, inner)
        self._push([node.body], inner)

    def _arguments(self, node: ast.arguments, place: _Place, inner: _Place) -> None:
        self._push([*node.defaults, *node.kw_defaults], place)
        every = [*node.posonlyargs, *node.args, *node.kwonlyargs, node.vararg, node.kwarg]
        for argument in every:
            if argument is not None:
                self._bind(argument.arg, argument, inner.scope)
                self._push([argument.annotation], _Place(place.scope, True, place.within))

    def _parameters(self, node: ast.AST, inner: _Place) -> None:
        """Bind type parameters (PEP 695) inside of what they belong to."""
        for parameter in getattr(node, "type_params", ()):
            self._bind(parameter.name, parameter, inner.scope)
            self._push_children(parameter, inner)

    def _class(self, node: ast.ClassDef, place: _Place) -> None:
        self._bind(node.name, node, place.scope)
        self._push([*node.decorator_list, *node.bases, *node.keywords], place)
        inner = self._open(node, place)
        self._parameters(node, inner)
        self._push(node.body, inner)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, place: _Place
    ) -> None:
        first = node.generators[0]
        self._push([first.iter], place)
        inner = self._open(node, place)
        self._push([first.target, *first.ifs, *node.generators[1:]], inner)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._push(parts, inner)

    # -- what binds and what uses

    def _named(self, node: ast.NamedExpr, place: _Place) -> None:
        outer = place.scope
        while isinstance(outer.node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            assert outer.parent is not None
            outer = outer.parent
        self._bind(node.target.id, node.target, outer)
        self._push([node.value], place)

    def _import(self, node: ast.Import | ast.ImportFrom, place: _Place) -> None:
        for alias in node.names:
            bound = alias.asname or alias.name.partition(".")[0]
            self._bind(bound, alias, place.scope)
            self.scope_of[position(alias)] = place.scope

    def _handler(self, node: ast.ExceptHandler, place: _Place) -> None:
        if node.name is not None:
            self._bind(node.name, node, place.scope)
        self._push_children(node, place)

    def _pattern(self, node: ast.MatchAs | ast.MatchStar, place: _Place) -> None:
        if node.name is not None:
            self._bind(node.name, node, place.scope)
        self._push_children(node, place)

    def _mapping_pattern(self, node: ast.MatchMapping, place: _Place) -> None:
        if node.rest is not None:
            self._bind(node.rest, node, place.scope)
        self._push_children(node, place)

    def _outside(self, node: ast.Global | ast.Nonlocal, place: _Place) -> None:
        if not place.scope.is_module:
            place.scope.outside.update(dict.fromkeys(node.names, node))

    def _name(self, node: ast.Name, place: _Place, chain: tuple[ast.Attribute, ...] = ()) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._bind(node.id, node, place.scope)
        if not isinstance(node.ctx, ast.Store):
            use = Reference(node, place.scope, chain, place.within)
            self._references.setdefault(node.id, []).append(use)

    def _attribute(self, node: ast.Attribute, place: _Place) -> None:
        chain = [node]
        while isinstance(chain[-1].value, ast.Attribute):
            chain.append(chain[-1].value)
        root = chain[-1].value
        if isinstance(root, ast.Name):
            self._name(root, place, tuple(reversed(chain)))
        else:
            self._push([root], place)

    # -- annotations

    def _annotated(self, node: ast.AnnAssign, place: _Place) -> None:
        self._push([node.annotation], _Place(place.scope, True, place.within))
        self._push([node.target], place)
        is_alias = last_name(node.annotation) == "TypeAlias"
        self._push([node.value], _Place(place.scope, is_alias, place.within))

    def _subscript(self, node: ast.Subscript, place: _Place) -> None:
        self._push([node.value], place)
        elements = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        for number, element in enumerate(elements):
            part = place.annotation and is_annotation_part(node.value, number)
            self._push([element], _Place(place.scope, part, place.within))

    def _call(self, node: ast.Call, place: _Place) -> None:
        types = annotations_in_call(node, self._typing)
        for part in [node.func, *node.args, *node.keywords]:
            value = part.value if isinstance(part, ast.keyword) else part
            self._push([part], _Place(place.scope, value in types, place.within))

    def _constant(self, node: ast.Constant, place: _Place) -> None:
        if place.annotation and place.within is None:
            expression = expression_in(node)
            if expression is not None:
                self._push([expression], _Place(place.scope, True, node))

    def _joined(self, node: ast.JoinedStr, place: _Place) -> None:
        self._push_children(node, _Place(place.scope, within=place.within or node))


def is_called_later(scope: Scope, outer: Scope | None = None) -> bool:
    """Tell whether code of a scope runs only when a function within ``outer`` is called."""
    current: Scope | None = scope
    while current is not None and current is not outer:
        if isinstance(current.node, ast.FunctionDef | ast.AsyncFunctionDef):
            return True
        current = current.parent
    return False


def position(alias: ast.alias) -> tuple[int, int]:
    """Return the line and column of an import alias, by which it is known in any syntax tree."""
    return alias.lineno, alias.col_offset


def _names_from_typing(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                origin = node.module if isinstance(node, ast.ImportFrom) else alias.name
                if origin in ("typing", "typing_extensions"):
                    yield alias.asname or alias.name


_VISITORS: dict[type[ast.AST], Callable[..., None]] = {
    ast.FunctionDef: Scopes._function,
    ast.AsyncFunctionDef: Scopes._function,
    ast.Lambda: Scopes._lambda,
    ast.ClassDef: Scopes._class,
    ast.ListComp: Scopes._comprehension,
    ast.SetComp: Scopes._comprehension,
    ast.DictComp: Scopes._comprehension,
    ast.GeneratorExp: Scopes._comprehension,
    ast.NamedExpr: Scopes._named,
    ast.Import: Scopes._import,
    ast.ImportFrom: Scopes._import,
    ast.ExceptHandler: Scopes._handler,
    ast.MatchAs: Scopes._pattern,
    ast.MatchStar: Scopes._pattern,
    ast.MatchMapping: Scopes._mapping_pattern,
    ast.Global: Scopes._outside,
    ast.Nonlocal: Scopes._outside,
    ast.Name: Scopes._name,
    ast.Attribute: Scopes._attribute,
    ast.AnnAssign: Scopes._annotated,
    ast.Subscript: Scopes._subscript,
    ast.Call: Scopes._call,
    ast.Constant: Scopes._constant,
    ast.JoinedStr: Scopes._joined,
}
"""Nodes that bind, use or delimit names; any other is looked through."""
