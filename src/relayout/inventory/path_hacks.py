"""Path hacks: code that makes an import work by changing the search path, and what it adds there.

Which statements those are says :mod:`relayout.inventory.search_path_changes`. Here the code is
followed that leads to them, to tell which folders they add: at the top of the file, in loops, and
in functions of the file, called or not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import dirname, normpath

from relayout.inventory.calls import parameters_of
from relayout.inventory.configured_paths.container_places import container_places
from relayout.inventory.evaluation import Evaluator
from relayout.inventory.expressions import Environment
from relayout.inventory.path_slices import (
    Outline,
    Record,
    Slice,
    outline_of,
    slice_for_hacks,
    slice_for_paths,
)
from relayout.inventory.path_values import (
    CURRENT_FOLDER,
    OLD_PYTHONPATH,
    OLD_SEARCH_PATH,
    ROOT,
    Unknown,
    Value,
    repository_path,
)
from relayout.inventory.search_path_changes import Change, changes_search_path
from relayout.source import nodes_of
from relayout.tree import Tree

_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        *(
            r"sys\s*\.\s*path\b",
            r"from\s+sys\s+import\b",
            r"sys\s+as\b",
            r"addsitedir",
            r"PYTHONPATH",
        ),
        *(r"import(?:__|_module)\s*\(\s*['\"]sys['\"]", r"getattr\s*\(\s*sys\b"),
    )
)
"""What the text of a file with a path hack contains. Each begins with plain letters: a search for
those costs a fraction of what a search for all at once does."""


def may_have_hacks(text: str) -> bool:
    """Tell whether a file's text has a sign of a path hack; most files need no closer look."""
    return any(sign.search(text) is not None for sign in _SIGNS)


Folders = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class PathHack:
    """One statement that changes the search path.

    ``folders`` are the repository's folders that it adds, in search order, ``None`` if that cannot
    be told from the code alone; a folder outside of the repository cannot. ``where`` is ``front``,
    ``second`` (behind the script's own folder), ``back`` or ``none`` (it only takes entries away).
    """

    statement: ast.stmt
    line: int
    where: str
    folders: Folders


@dataclass(frozen=True, slots=True)
class _Visit:
    """What a statement adds, each time that it is reached."""

    where: str
    folders: Folders
    in_call: bool


class _Collector:
    """Notes what each statement that changes the search path adds."""

    def __init__(self, evaluator: Evaluator, outline: Outline, path: str, tree: Tree) -> None:
        self.evaluator = evaluator
        self.changes = outline.changes
        self.visits: dict[int, list[_Visit]] = {key: [] for key in outline.changes}
        self._folder = dirname(path)
        self._tree = tree
        self._relative: list[tuple[int, str, str]] = []

    def watch(self, statement: ast.stmt, env: Environment) -> None:
        """Note what a statement adds, given the names known before it."""
        change = self.changes.get(id(statement))
        if change is None:
            self._follow_to_another_folder(statement, env)
            return
        where = change.where
        folders: Folders = () if where == "none" else None
        if change.expression is not None:
            try:
                value = self.evaluator.value(change.expression, Environment(env))
                where, entries = _entries(value, change)
                folders = self._folders(id(statement), where, entries, env)
            except Unknown:
                folders = None
        if folders is not None and not self._does_nothing_else(statement, env):
            folders = None
        self._note(statement, where, folders)

    def _does_nothing_else(self, statement: ast.stmt, env: Environment) -> bool:
        """Tell whether a statement calls nothing but what changes the search path and finds paths.

        A condition may call anything; if it did, the statement could not go.
        """
        return all(
            changes_search_path(self.evaluator.names, node)
            or self.evaluator.understands(node)
            or (isinstance(node.func, ast.Name) and node.func.id in env)
            for node in ast.walk(statement)
            if isinstance(node, ast.Call)
        )

    def _note(self, statement: ast.stmt, where: str, folders: Folders) -> None:
        visit = _Visit(where, folders, in_call=self.evaluator.depth > 0)
        self.visits[id(statement)].append(visit)

    def _follow_to_another_folder(self, statement: ast.stmt, env: Environment) -> None:
        """Note that relative entries lead elsewhere after ``os.chdir``.

        They are looked up when a module is imported, not when they are added.
        """
        assert isinstance(statement, ast.Expr)
        assert isinstance(statement.value, ast.Call)
        try:
            target = self.evaluator.value(statement.value.args[0], Environment(env))
            folder = self.evaluator.absolute(target, env)
        except (Unknown, IndexError):
            return
        for key, where, entry in self._relative:
            path = repository_path(folder / entry)
            if path is not None:
                self.visits[key].append(_Visit(where, (path,), in_call=self.evaluator.depth > 0))

    def _folders(self, key: int, where: str, entries: Sequence[Value], env: Environment) -> Folders:
        """Return the folders that a hack adds; None if one lies outside of the repository."""
        found: list[str] = []
        for entry in entries:
            if not isinstance(entry, str | PurePosixPath):
                return None
            if str(entry).startswith("/"):
                paths = self._absolute(str(entry))
            else:
                path = self._from(entry, env)
                paths = () if path is None else (path,)
            if not paths:
                return None
            found += paths
            if not str(entry).startswith("/"):
                self._relative.append((key, where, str(entry)))
        return tuple(dict.fromkeys(found))

    def _absolute(self, entry: str) -> tuple[str, ...]:
        """Return the folders of the repository that an absolute path is, here or in a container."""
        path = repository_path(entry)
        if path is not None:
            return (path,)
        places = container_places(self._tree).within(normpath(entry))
        return tuple(place for place in places if place in self._tree.folders)

    def _from(self, entry: Value, env: Environment) -> str | None:
        """Return where a relative entry leads.

        It counts from where the program is started: the repository's root, or the ``folder`` of the
        file if only that has it.
        """
        current = self.evaluator.current_folder(env)
        if current is Unknown:
            return None
        path = repository_path(current / entry)
        if CURRENT_FOLDER not in env and path not in self._tree.folders:
            beside = repository_path(ROOT / self._folder / entry)
            if path is None or beside in self._tree.folders:
                return beside
        return path


def _entries(value: Value, change: Change) -> tuple[str, list[Value]]:
    """Return where a change adds entries, and which; those that were there before are left out."""
    if change.is_text:
        if not isinstance(value, str):
            raise Unknown("not a text")
        parts = value.split(":")
        new = [part for part in parts if part and part != OLD_PYTHONPATH]
        return ("back" if parts[0] == OLD_PYTHONPATH else change.where), new
    entries = list(value) if isinstance(value, list | tuple) else [value]
    new = [entry for entry in entries if entry is not OLD_SEARCH_PATH]
    where = change.where
    if not new:
        where = "none"
    elif entries[0] is OLD_SEARCH_PATH:
        where = "back"
    return where, new


class PathAnalysis:
    """What a file's path code does: its hacks, and which assignments only compute paths."""

    def __init__(self, module: ast.Module, path: str, tree: Tree) -> None:
        self.module = module
        self.path = path
        self.tree = tree
        self.evaluator = Evaluator(module, path, tree)

    @cached_property
    def outline(self) -> Outline:
        """Every statement of the file."""
        return outline_of(self.module)

    @cached_property
    def hacks(self) -> list[PathHack]:
        """The path hacks of the file, in line order."""
        changes = self.outline.changes
        if not changes:
            return []
        collector = _Collector(self.evaluator, self.outline, self.path, self.tree)
        part = slice_for_hacks(self.outline, self.evaluator.understands)
        evaluator = self.evaluator
        evaluator.argument_is_file = _is_program(self.module, changes)
        evaluator.watch = collector.watch
        evaluator.watched = changes.keys() | {
            id(r.node) for r in self.outline.records if CURRENT_FOLDER in r.stores
        }
        evaluator.acting = part.acting
        env = self._run(part)
        hacks = []
        for record in self.outline.records:
            if id(record.node) in changes:
                if not collector.visits[id(record.node)]:
                    collector.watch(record.node, env)
                hacks.append(self._hack(record, collector.visits[id(record.node)]))
        evaluator.argument_is_file = False
        evaluator.watched = frozenset()
        evaluator.acting = frozenset()
        return sorted(hacks, key=lambda hack: hack.line)

    @property
    def understood(self) -> set[int]:
        """Ids of the assignments whose value could be computed, and so has no side effect."""
        return self.evaluator.understood

    def follow(self, observe: Callable[[ast.stmt, Environment], None]) -> Environment:
        """Follow what computes paths, functions after the module; return the module's names.

        ``observe`` sees each statement that is reached with the names known before it.
        """
        self.evaluator.observers.append(observe)
        env = self._run(slice_for_paths(self.outline, self.evaluator.understands))
        self.evaluator.observers.remove(observe)
        return env

    def _run(self, part: Slice) -> Environment:
        self.evaluator.live = part.live
        self.evaluator.begin()
        env = Environment()
        self.evaluator.run_leniently(self.module.body, env)
        for function, scope in _scopes(part, env, self.evaluator):
            self.evaluator.begin()
            self.evaluator.run_leniently(function.body, scope)
        self.evaluator.live = None
        return env

    def _hack(self, record: Record, visits: Sequence[_Visit]) -> PathHack:
        """Return a hack from the visits of its statement.

        A statement in a function depends on the calls of it, if all of those could be followed;
        if not, on the function's body alone.
        """
        node = record.node
        in_calls = [visit for visit in visits if visit.in_call]
        alone = [visit for visit in visits if not visit.in_call]
        if in_calls and self._are_all_calls_followed(record):
            visits = in_calls
        elif any(visit.folders is None for visit in alone) or not alone:
            visits = [*alone, _Visit("front", None, in_call=False)]
        folders: list[str] = []
        where = visits[0].where
        for visit in visits:
            if visit.folders is None:
                return PathHack(node, node.lineno, visit.where, None)
            if visit.folders:
                where = visit.where
            before, after = (
                (visit.folders, folders) if where == "front" else (folders, visit.folders)
            )
            folders = list(dict.fromkeys([*before, *after]))
        return PathHack(node, node.lineno, where, tuple(dict.fromkeys(folders)))

    def _are_all_calls_followed(self, record: Record) -> bool:
        place = record.function
        while place >= 0:
            function = self.outline.records[place]
            assert isinstance(function.node, ast.FunctionDef | ast.AsyncFunctionDef)
            uses, calls = self._uses.get(function.node.name, (0, set()))
            if uses != len(calls) or not calls <= self.evaluator.followed:
                return False
            place = function.function
        return True

    @cached_property
    def _uses(self) -> Mapping[str, tuple[int, set[int]]]:
        """By name: how often it is used, and the calls of it."""
        uses: dict[str, tuple[int, set[int]]] = {}
        for node in nodes_of(self.module):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                times, calls = uses.get(node.id, (0, set()))
                uses[node.id] = (times + 1, calls)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                uses.setdefault(node.func.id, (0, set()))[1].add(id(node))
        return uses


def _is_program(module: ast.Module, changes: Mapping[int, Change]) -> bool:
    """Tell whether a file looks like one that is started: it acts, or has a main guard."""
    return any(
        (isinstance(node, ast.If) and "__name__" in ast.dump(node.test))
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
        for node in module.body
        if id(node) not in changes
    )


def _scopes(
    part: Slice, env: Environment, evaluator: Evaluator
) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, Environment]]:
    """Yield every function of a slice with the names that its body starts from.

    A method starts from the attributes that ``__init__`` gives ``self``.
    """
    attributes: dict[int, Environment] = {}
    for function, around in part.functions:
        start = env
        if around is not None:
            if id(around) not in attributes:
                attributes[id(around)] = own = Environment(env)
                for method in around.body:
                    if isinstance(method, ast.FunctionDef) and method.name == "__init__":
                        own.forget(parameters_of(method.args))
                        evaluator.run_leniently(method.body, own)
            start = attributes[id(around)]
        scope = Environment(start)
        scope.forget(parameters_of(function.args))
        yield function, scope
