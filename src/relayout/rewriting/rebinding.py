"""Which uses of a name mean what an import bound it to, where other statements bind it as well.

Without loops, statements run in the order in which they are written; one that stands before
another in the same block, or before a block around it, has run when the other one does. Code of
functions runs whenever they are called (https://docs.python.org/3/reference/executionmodel.html).
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from relayout.rewriting.package_uses import Group, Use
from relayout.rewriting.scopes import position

_Loop = ast.For | ast.AsyncFor | ast.While | ast.ListComp | ast.SetComp | ast.DictComp
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Meaning(Enum):
    """What a use of a name means."""

    PACKAGE = "package"
    OTHER = "other"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class _Event:
    """A binding or a use. ``blocks`` are the blocks around it, each with the place in it.

    A ``sure`` binding has happened once its statement, the last of the blocks, has run.
    """

    place: tuple[int, int]
    blocks: tuple[tuple[int, int], ...]
    loops: frozenset[int]
    is_later: bool
    sure: bool
    value: ast.expr | None = None

    def has_run_before(self, other: _Event) -> bool:
        """Tell whether this binding has happened whenever the other code runs."""
        block, number = self.blocks[-1] if self.blocks else (-1, 0)
        return self.sure and any(b == block and n > number for b, n in other.blocks)

    def may_run_before(self, other: _Event) -> bool:
        """Tell whether this binding may have happened when the other code runs."""
        return self.place < other.place or bool(self.loops & other.loops)

    def may_run_between(self, first: _Event, last: _Event) -> bool:
        """Tell whether this binding may happen between two others that run in this order."""
        if first.place < self.place < last.place:
            return True
        return bool((self.loops & last.loops) - first.loops)


def meanings(group: Group) -> list[Meaning]:
    """Return what each use of a group of imports means, in the order of its uses."""
    imported = {position(binding.alias) for binding in group.members}
    others: list[ast.AST] = []
    imports: list[ast.AST] = []
    for binder in group.scope.bound.get(group.name, ()):
        if not isinstance(binder, ast.alias):
            others.append(binder)
        elif position(binder) in imported:
            imports.append(binder)
        else:
            return [Meaning.UNSURE for _ in group.uses]
    nodes = [use.reference.within or use.reference.node for use in group.uses]
    events = _events(group.scope.node, {id(node) for node in (*others, *imports, *nodes)})
    rebound = [events[id(binder)] for binder in others if id(binder) in events]
    bound = [events[id(binder)] for binder in imports if id(binder) in events]
    is_known = not any(isinstance(getattr(b, "ctx", None), ast.Del) for b in others)
    if not is_known or any(event.is_later for event in rebound):
        return [Meaning.UNSURE for _ in group.uses]
    return [
        _meaning(use, events.get(id(node)), bound, rebound)
        for use, node in zip(group.uses, nodes, strict=True)
    ]


def _meaning(
    use: Use, event: _Event | None, imports: Sequence[_Event], others: Sequence[_Event]
) -> Meaning:
    if not others:
        return Meaning.PACKAGE
    in_text = isinstance(use.reference.within, ast.Constant)
    if event is not None and not event.is_later and not in_text:
        if not any(other.may_run_before(event) for other in others):
            return Meaning.PACKAGE
        if _decides(imports, others, event):
            return Meaning.PACKAGE
        if _decides(others, imports, event):
            return Meaning.OTHER
    if use.depth and all(_lacks(other.value, use) for other in others):
        return Meaning.PACKAGE
    return Meaning.UNSURE


def _decides(some: Iterable[_Event], others: Collection[_Event], use: _Event) -> bool:
    """Tell whether one of some bindings is the last before a use, whatever others there are."""
    return any(
        one.has_run_before(use) and not any(o.may_run_between(one, use) for o in others)
        for one in some
    )


def _lacks(value: ast.expr | None, use: Use) -> bool:
    """Tell whether a plain value does not have the attribute by which a use gets at a module."""
    attribute = use.reference.attributes[0].attr
    return isinstance(value, ast.Constant) and not hasattr(value.value, attribute)


def _events(root: ast.AST, wanted: Collection[int]) -> dict[int, _Event]:
    """Return by node where it stands in a scope, for the nodes with these ids."""
    events: dict[int, _Event] = {}
    pending = [_Visit(root, None, (), frozenset(), False)]
    while pending:
        visit = pending.pop()
        if id(visit.node) in wanted and not _is_only_declared(visit):
            events[id(visit.node)] = _event(visit)
        pending += _children(visit, visit.node is root)
    return events


@dataclass(frozen=True, slots=True)
class _Visit:
    """A node on the way, with the statement that it stands in."""

    node: ast.AST
    statement: ast.AST | None
    blocks: tuple[tuple[int, int], ...]
    loops: frozenset[int]
    is_later: bool


def _children(visit: _Visit, is_root: bool) -> Iterator[_Visit]:
    node, loops, is_later = visit.node, visit.loops, visit.is_later
    if isinstance(node, _Loop):
        loops |= {id(node)}
    for name, value in ast.iter_fields(node):
        inside = (isinstance(node, _Function) and name == "body") or isinstance(
            node, ast.GeneratorExp
        )
        later = is_later or (inside and not is_root)
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, ast.stmt):
                blocks = (*visit.blocks, (id(value), number))
                yield _Visit(item, item, blocks, loops, later)
            elif isinstance(item, ast.AST):
                yield _Visit(item, visit.statement, visit.blocks, loops, later)


def _is_only_declared(visit: _Visit) -> bool:
    """Tell whether a name is only given a type, and so not bound."""
    statement = visit.statement
    return (
        isinstance(statement, ast.AnnAssign)
        and statement.value is None
        and visit.node is statement.target
    )


def _event(visit: _Visit) -> _Event:
    node, statement = visit.node, visit.statement
    start = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
    end = (getattr(node, "end_lineno", 0), getattr(node, "end_col_offset", 0))
    value: ast.expr | None = None
    sure = False
    if not isinstance(node, ast.Name | ast.Constant | ast.JoinedStr):
        sure = isinstance(node, ast.alias | _Definition)
        place = end if sure else start
    elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        place = end
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            sure = any(node is inner for target in targets for inner in ast.walk(target))
            if sure:
                place = (statement.end_lineno or 0, statement.end_col_offset or 0)
            value = statement.value if any(node is target for target in targets) else None
        elif isinstance(statement, ast.With | ast.AsyncWith):
            sure = any(node is inner for i in statement.items for inner in _names_of(i))
    else:
        place = start
    return _Event(place, visit.blocks, visit.loops, visit.is_later, sure, value)


def _names_of(item: ast.withitem) -> Iterator[ast.AST]:
    return ast.walk(item.optional_vars) if item.optional_vars is not None else iter(())
