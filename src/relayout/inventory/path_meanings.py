"""What the path expressions of a file lead to, and what they are built from."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from relayout.inventory.assignments import assigned_names, own_expressions
from relayout.inventory.evaluation import Evaluator
from relayout.inventory.expressions import Environment
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_values import (
    LocalFunction,
    Unknown,
    Value,
    is_place,
    repository_path,
)
from relayout.tree import Tree


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression evaluated to: a repository path, as text or as a Path object."""

    path: str
    is_text: bool
    ends_in_slash: bool = False
    """Whether it is the beginning of a longer text."""


class PathMeanings:
    """The meaning of every path expression of a file, by node.

    ``constants`` are the names of the module that stand for paths, with these. ``kept`` are the ids
    of statements that change the search path, and whose expressions count all the same.
    """

    def __init__(self, analysis: PathAnalysis, kept: Collection[int] = ()) -> None:
        self.analysis = analysis
        self.by_node: dict[int, Meaning | None] = {}
        self.varying: set[int] = set()
        self.outermost: list[ast.expr] = []
        self.calls: dict[int, ast.stmt] = {}
        self.environments: dict[int, Environment] = {}
        self._loops: set[int] = set()
        outline = analysis.outline
        self._changes = frozenset(outline.changes) - frozenset(kept)
        self._loads = outline.loads
        self._with_place = {id(record.node) for record in outline.records if record.has_place}
        self.constants: tuple[tuple[str, str], ...] = ()
        if outline.has_places:
            self.constants = _constants(self.analysis.follow(self._observe))

    def named(self, tree: Tree) -> frozenset[str]:
        """Return the files and folders of a tree that an expression names, each time the same."""
        meanings = [self.by_node[id(e)] for e in self.outermost if id(e) not in self.varying]
        paths = {meaning.path for meaning in meanings if meaning is not None}
        return frozenset(path for path in paths if path in tree or path in tree.folders)

    def _observe(self, statement: ast.stmt, env: Environment) -> None:
        if id(statement) in self._changes:
            return
        if isinstance(statement, ast.While) and id(statement) not in self._loops:
            self._loops.add(id(statement))
            self.varying.update(_changing_in(statement))
        if id(statement) not in self._with_place:
            if not any(_leads_to_path(env.get(n)) for n in self._loads[id(statement)]):
                return
        if isinstance(statement, ast.Expr):
            self.calls[id(statement.value)] = statement
        for expression in own_expressions(statement):
            self._look(expression, env)

    def _look(self, expression: ast.expr, env: Environment) -> None:
        """Record the outermost path expressions in an expression, with their bases."""
        if not _touches_path(expression, env):
            return
        if isinstance(expression, _PATH_CODE) and self._is_recorded(expression, env):
            return
        if isinstance(expression, ast.JoinedStr):
            return  # positions in a formatted string are not to be relied on before Python 3.12
        for child in ast.iter_child_nodes(expression):
            if isinstance(child, ast.keyword):
                self._look(child.value, env)
            elif isinstance(child, ast.comprehension):
                self._look(child.iter, env)
            elif isinstance(child, ast.expr):
                self._look(child, env)

    def _is_recorded(self, expression: ast.expr, env: Environment) -> bool:
        """Record an expression if it means a path, now or when it was reached before."""
        meaning = self._meaning(expression, env)
        is_new = id(expression) not in self.by_node
        if meaning is None and is_new:
            return False
        if is_new:
            self.outermost.append(expression)
            self.environments[id(expression)] = Environment(env)
        self._record(expression, meaning)
        _, *bases = bases_of(expression, self.analysis.evaluator)
        for base in bases:
            self._record(base, self._meaning(base, env))
        return True

    def _record(self, node: ast.expr, meaning: Meaning | None) -> None:
        """Remember a meaning; an expression in a loop that means several things means none."""
        if self.by_node.setdefault(id(node), meaning) != meaning:
            self.varying.add(id(node))

    def _meaning(self, expression: ast.expr, env: Environment) -> Meaning | None:
        try:
            value: Value = self.analysis.evaluator.value(expression, Environment(env))
        except Unknown:
            return None
        if not isinstance(value, str | PurePosixPath) or not str(value).startswith("/"):
            return None
        path = repository_path(value)
        if path is None:
            return None
        return Meaning(path, isinstance(value, str), bool(path) and str(value).endswith("/"))


def _constants(names: Environment) -> tuple[tuple[str, str], ...]:
    """Return the names of a module that stand for repository paths, with these."""
    found = {
        name: repository_path(value)
        for name, value in names.items()
        if isinstance(value, str | PurePosixPath) and str(value).startswith("/")
    }
    return tuple((n, path) for n, path in found.items() if path is not None and n.isidentifier())


def _changing_in(loop: ast.While) -> Iterator[int]:
    """Yield the expressions of a loop that mean something else each time around."""
    changing = set(assigned_names(loop))
    for node in ast.walk(loop):
        if isinstance(node, ast.expr):
            names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            if not names.isdisjoint(changing):
                yield id(node)


def _leads_to_path(value: Value) -> bool:
    if isinstance(value, LocalFunction):
        return value.gives
    return isinstance(value, PurePosixPath) or (isinstance(value, str) and value.startswith("/"))


_PATH_CODE = (ast.BinOp, ast.Call, ast.Attribute, ast.Subscript, ast.JoinedStr)
"""Expressions that compute a path, if one is in them; a name alone has nothing to adjust."""


def _touches_path(expression: ast.expr, env: Environment) -> bool:
    """Tell whether a place, a helper that gives a path or a known path is in an expression."""
    pending: list[ast.AST] = [expression]
    while pending:
        node = pending.pop()
        if is_place(node):
            return True
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load) and _leads_to_path(env.get(node.id)):
                return True
        elif not isinstance(node, ast.Constant):
            pending += ast.iter_child_nodes(node)
    return False


def bases_of(expression: ast.expr, evaluator: Evaluator) -> Iterator[ast.expr]:
    """Yield an expression and what it joins something to, the outermost first."""
    yield expression
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Div | ast.Add):
        yield from bases_of(expression.left, evaluator)
    elif isinstance(expression, ast.Call):
        name = evaluator.qualified(expression.func)
        if name == "os.path.join" and expression.args:
            yield from bases_of(expression.args[0], evaluator)
        elif name in ("str", "os.path.abspath", "os.path.normpath", "os.path.realpath"):
            if len(expression.args) == 1:
                yield from bases_of(expression.args[0], evaluator)
        elif isinstance(expression.func, ast.Attribute) and expression.func.attr == "joinpath":
            yield from bases_of(expression.func.value, evaluator)
