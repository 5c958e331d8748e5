"""The part of a file that decides over its paths: the statements that are worth following.

A file of a thousand lines may have ten that compute paths. A slice holds those, what the values in
them are made of, and the blocks around them; it is found by names alone, so it may hold too much,
never too little (Weiser, "Program Slicing", 1981, by names instead of definitions).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from relayout.inventory.assignments import changed_list, gives_value, own_expressions
from relayout.inventory.library_names import LibraryNames, library_names
from relayout.inventory.path_values import CURRENT_FOLDER, is_place
from relayout.inventory.search_path_changes import Change, search_path_change

_NOWHERE = -1

_LONGEST = 200
"""Longer strings are texts, and change no search path."""

_PARTS = (ast.expr, ast.arguments, ast.arg)
"""What an expression is made of, beside the lists that it holds."""

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Record:
    """One statement: the names of its own expressions, and where it stands.

    ``outer`` and ``function`` are the places, in the outline, of the statement and of the function
    around it.
    """

    node: ast.stmt
    outer: int
    function: int
    loads: set[str] = field(default_factory=set)
    stores: set[str] = field(default_factory=set)
    has_place: bool = False
    may_change_search_path: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """Every statement of a file, in order, and what each one does to the search path."""

    records: tuple[Record, ...]
    changes: dict[int, Change]
    loads: dict[int, set[str]]
    has_places: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """The statements to follow (by id), the functions to look into, and those to call.

    A function comes with the class that it is a method of.
    """

    live: frozenset[int]
    functions: tuple[tuple[Function, ast.ClassDef | None], ...]
    acting: frozenset[str]


@lru_cache(maxsize=2)
def outline_of(module: ast.Module) -> Outline:
    """Return the outline of a file. It is remembered for the files in hand."""
    names = library_names(module)
    records: list[Record] = []
    pending: list[tuple[ast.AST, int, int]] = [
        (node, _NOWHERE, _NOWHERE) for node in reversed(module.body)
    ]
    while pending:
        node, outer, function = pending.pop()
        if isinstance(node, ast.stmt):
            record = _record(node, outer, function, names)
            records.append(record)
            outer = len(records) - 1
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                function = outer
        for block in reversed(_BLOCKS):
            inner = getattr(node, block, ())
            pending += [(item, outer, function) for item in reversed(inner)]
    changes = {}
    for record in records:
        if record.may_change_search_path:
            change = search_path_change(names, record.node)
            if change is not None:
                changes[id(record.node)] = change
    return Outline(
        records=tuple(records),
        changes=changes,
        loads={id(record.node): record.loads for record in records},
        has_places=any(record.has_place for record in records),
    )


def _record(node: ast.stmt, outer: int, function: int, names: LibraryNames) -> Record:
    record = Record(node, outer, function)
    if isinstance(node, ast.Import | ast.ImportFrom):
        return record
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        record.stores.add(node.name)
    for expression in own_expressions(node):
        _scan(expression, record)
    if isinstance(node, ast.With | ast.AsyncWith):
        for item in node.items:
            if item.optional_vars is not None:
                _scan(item.optional_vars, record)
    elif isinstance(node, ast.AugAssign):
        record.loads |= record.stores
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        name = changed_list(node)
        if name is not None:
            record.stores.add(name)
        if names.qualified(node.value.func) == "os.chdir":
            record.stores.add(CURRENT_FOLDER)
    if not record.loads.isdisjoint(names.about_search_path):
        record.may_change_search_path = True
    return record


def _scan(expression: ast.expr, record: Record) -> None:
    """Note what a statement's expression names; this sees every node of a file."""
    pending: list[ast.AST] = [expression]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and "path" in node.value[:_LONGEST].lower():
                record.may_change_search_path = True
        elif isinstance(node, ast.Name):
            (record.loads if isinstance(node.ctx, ast.Load) else record.stores).add(node.id)
            if node.id == "__file__":
                record.has_place = True
        else:
            if isinstance(node, ast.Attribute):
                _scan_attribute(node, record)
            elif isinstance(node, ast.keyword) and node.arg == "PYTHONPATH":
                record.may_change_search_path = True
            for value in node.__dict__.values():
                if isinstance(value, list):
                    pending += [item for item in value if isinstance(item, ast.AST)]
                elif isinstance(value, _PARTS):
                    pending.append(value)


def _scan_attribute(node: ast.Attribute, record: Record) -> None:
    if is_place(node):
        record.has_place = True
    elif node.attr in ("path", "addsitedir"):
        record.may_change_search_path = True
    elif isinstance(node.value, ast.Name) and node.value.id == "self":
        names = record.loads if isinstance(node.ctx, ast.Load) else record.stores
        names.add(f"self.{node.attr}")


def slice_for_hacks(outline: Outline, understands: Callable[[ast.Call], bool]) -> Slice:
    """Return what decides over what a file's path hacks add."""
    return _Slicer(outline, understands, with_paths=False).slice()


def slice_for_paths(outline: Outline, understands: Callable[[ast.Call], bool]) -> Slice:
    """Return what decides over every path that a file computes from its own place."""
    return _Slicer(outline, understands, with_paths=True).slice()


class _Slicer:
    def __init__(
        self, outline: Outline, understands: Callable[[ast.Call], bool], *, with_paths: bool
    ) -> None:
        self.outline = outline
        self.records = outline.records
        self.understands = understands
        self.with_paths = with_paths
        self.live: set[int] = set()
        self.acting: set[str] = set()
        self.into: set[int] = set()
        self.functions = {
            record.node.name
            for record in self.records
            if isinstance(record.node, ast.FunctionDef) and gives_value(record.node)
        }
        self.by_load = _by_name(record.loads for record in self.records)
        self.by_store = _by_name(record.stores for record in self.records)
        self._wanted: list[str] = []
        self._known_names: set[str] = set()

    def slice(self) -> Slice:
        """Return the slice."""
        self._forward()
        self._want([CURRENT_FOLDER])
        for place in list(self.live):
            self._want_names_of(place)
        self._backward()
        while self._add_ends_of_turns():
            self._backward()
        return Slice(
            live=frozenset(id(self.records[place].node) for place in self.live),
            functions=tuple(self._with_class(place) for place in sorted(self.into)),
            acting=frozenset(self.acting),
        )

    def _with_class(self, place: int) -> tuple[Function, ast.ClassDef | None]:
        record = self.records[place]
        assert isinstance(record.node, ast.FunctionDef | ast.AsyncFunctionDef)
        around = self.records[record.outer].node if record.outer != _NOWHERE else None
        return record.node, around if isinstance(around, ast.ClassDef) else None

    def _forward(self) -> None:
        """Find the statements of interest, and those that use a value that one of them makes."""
        pending = [place for place, record in enumerate(self.records) if self._is_seed(record)]
        seen = set(pending)
        known: set[str] = set()
        while pending:
            place = pending.pop()
            record = self.records[place]
            names = set(self._names_made(record))
            self._mark(place)
            if record.function != _NOWHERE:
                self.into.add(record.function)
                names |= self._names_of_function(record.function)
            for name in names - known:
                known.add(name)
                for user in self.by_load.get(name, ()):
                    if user not in seen:
                        seen.add(user)
                        pending.append(user)

    def _is_seed(self, record: Record) -> bool:
        if id(record.node) in self.outline.changes:
            return True
        return self.with_paths and record.has_place

    def _names_made(self, record: Record) -> Iterable[str]:
        """Return the names that a statement of interest may give a path to."""
        if not self.with_paths or not self._may_have_value(record.node):
            return ()
        return record.stores

    def _names_of_function(self, place: int) -> set[str]:
        """Return the name of a function whose calls are of interest: it acts, or gives a path."""
        names: set[str] = set()
        while place != _NOWHERE:
            node = self.records[place].node
            if isinstance(node, ast.FunctionDef):
                if not self.with_paths:
                    self.acting.add(node.name)
                    names.add(node.name)
                elif gives_value(node):
                    names.add(node.name)
            place = self.records[place].function
        return names

    def _mark(self, place: int) -> list[int]:
        """Mark a statement as live, and the blocks that it stands in; return what is new."""
        new: list[int] = []
        while place != _NOWHERE and place not in self.live:
            node = self.records[place].node
            if new and isinstance(node, Function):
                break
            self.live.add(place)
            new.append(place)
            place = self.records[place].outer
        return new

    def _backward(self) -> None:
        """Add what gives values to the names in live statements."""
        while self._wanted:
            for place in self.by_store.get(self._wanted.pop(), ()):
                for new in self._mark(place):
                    self._want_names_of(new)

    def _want_names_of(self, place: int) -> None:
        record = self.records[place]
        if isinstance(record.node, ast.FunctionDef):
            if record.node.name in self.acting or gives_value(record.node):
                for inner in self.records[place:]:
                    if inner.node is record.node or self._stands_in(inner, place):
                        self._want(inner.loads)
                    elif inner.outer < place:
                        break
        elif self._may_have_value(record.node):
            self._want(record.loads)

    def _stands_in(self, record: Record, function: int) -> bool:
        outer = record.function
        while outer > function:
            outer = self.records[outer].function
        return outer == function

    def _want(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._known_names:
                self._known_names.add(name)
                self._wanted.append(name)

    def _add_ends_of_turns(self) -> bool:
        """Add each ``break`` and ``continue`` of a loop that is followed."""
        added = False
        for place, record in enumerate(self.records):
            if isinstance(record.node, ast.Break | ast.Continue) and place not in self.live:
                if self._loop_of(place) in self.live:
                    for new in self._mark(place):
                        self._want_names_of(new)
                    added = True
        return added

    def _loop_of(self, place: int) -> int:
        while place != _NOWHERE:
            if isinstance(self.records[place].node, ast.For | ast.AsyncFor | ast.While):
                return place
            place = self.records[place].outer
        return _NOWHERE

    def _may_have_value(self, node: ast.stmt) -> bool:
        """Tell whether a statement may give a name a value that can be told from the code.

        What an unknown function returns cannot; so nobody needs to know what it is called with.
        """
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            value = node.value
        elif isinstance(node, ast.For):
            value = node.iter
        else:
            return not isinstance(node, ast.ClassDef | ast.AsyncFor)
        if isinstance(value, ast.Call):
            is_local = isinstance(value.func, ast.Name) and value.func.id in self.functions
            return is_local or self.understands(value)
        return not isinstance(value, ast.Await | ast.Yield | ast.YieldFrom | ast.Lambda)


def _by_name(names: Iterable[set[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, of_statement in enumerate(names):
        for name in of_statement:
            found.setdefault(name, []).append(place)
    return found
