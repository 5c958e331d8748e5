"""The names that a module binds at its top level, and the expressions that they stand for."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from relayout.inventory.programs import is_main_guard
from relayout.inventory.statements import bodies

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Binding:
    """One name that a statement binds: a function, a class, or a value if that can be told.

    ``always`` is False inside of ``if``, ``try`` and loops, where it may not be bound, or not so.
    """

    name: str
    statement: ast.stmt
    value: ast.expr | None = None
    always: bool = True

    @property
    def first_line(self) -> int:
        """The line of the statement, or of its first decorator."""
        decorators: list[ast.expr] = getattr(self.statement, "decorator_list", [])
        return min([self.statement.lineno, *(d.lineno for d in decorators)])

    @property
    def last_line(self) -> int:
        """The last line of the statement."""
        return self.statement.end_lineno or self.statement.lineno


@dataclass(frozen=True)
class ModuleBindings:
    """What a module binds, in the order of its lines, and what it adds to its lists later."""

    all: tuple[Binding, ...]
    additions: Mapping[str, Sequence[ast.expr]]
    imports: tuple[tuple[int, int], ...]
    """Lines and columns of the import statements outside of functions and classes."""

    @cached_property
    def by_name(self) -> dict[str, Binding]:
        """The bindings by name; of several, the last."""
        return {binding.name: binding for binding in self.all}

    @cached_property
    def times(self) -> Counter[str]:
        """How often each name is bound."""
        return Counter(binding.name for binding in self.all)


def bindings_of(module: ast.Module) -> ModuleBindings:
    """Return what a module binds outside of functions and classes.

    What only a program does (``if __name__ == "__main__"``) is not looked at.
    """
    found: list[Binding] = []
    additions: dict[str, list[ast.expr]] = {}
    imports: list[tuple[int, int]] = []
    for statement, always in _statements(module.body):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            imports.append((statement.lineno, statement.col_offset))
        found.extend(_bound(statement, always))
        for name, value in _added(statement):
            additions.setdefault(name, []).append(value)
    return ModuleBindings(tuple(found), additions, tuple(imports))


def _statements(body: Iterable[ast.stmt]) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield the statements of a module in order, those inside of compound ones after these."""
    pending = [(statement, True) for statement in reversed(list(body))]
    while pending:
        statement, always = pending.pop()
        yield statement, always
        if isinstance(statement, Function | ast.ClassDef) or is_main_guard(statement):
            continue
        inner = [node for block in bodies(statement) for node in block]
        keeps = always and isinstance(statement, ast.With | ast.AsyncWith)
        pending.extend((node, keeps) for node in reversed(inner))


def _bound(statement: ast.stmt, always: bool) -> Iterator[Binding]:
    if isinstance(statement, Function | ast.ClassDef):
        yield Binding(statement.name, statement, None, always)
        return
    keeps = always and not isinstance(statement, ast.For | ast.AsyncFor)
    for target, given in _assigned(statement):
        for name, value in _targets(target, given):
            yield Binding(name, statement, value, keeps)


def _assigned(statement: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Yield the targets of a statement, with what they are set to if that is written there."""
    if isinstance(statement, ast.Assign):
        yield from ((target, statement.value) for target in statement.targets)
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        yield statement.target, statement.value
    elif isinstance(statement, ast.For | ast.AsyncFor):
        yield statement.target, None
    elif isinstance(statement, ast.With | ast.AsyncWith):
        for item in statement.items:
            if item.optional_vars is not None:
                yield item.optional_vars, None


def _targets(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield the names that a target binds, each with its own expression if that can be told."""
    pending: list[tuple[ast.expr, ast.expr | None]] = [(target, value)]
    while pending:
        node, given = pending.pop()
        if isinstance(node, ast.Name):
            yield node.id, given
        elif isinstance(node, ast.Starred):
            pending.append((node.value, None))
        elif isinstance(node, ast.Tuple | ast.List):
            parts: list[ast.expr | None] = [None] * len(node.elts)
            if isinstance(given, ast.Tuple | ast.List) and len(given.elts) == len(parts):
                if not any(isinstance(part, ast.Starred) for part in (*node.elts, *given.elts)):
                    parts = list(given.elts)
            pending.extend(reversed(list(zip(node.elts, parts, strict=True))))


def _added(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield what ``names.append(x)``, ``names.extend(x)`` and ``names += x`` add to a name."""
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id, statement.value
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return
    call = statement.value
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and call.args:
        if function.attr in ("append", "add", "extend", "update"):
            yield function.value.id, call.args[0]
        elif function.attr == "insert" and len(call.args) == 2:
            yield function.value.id, call.args[1]
