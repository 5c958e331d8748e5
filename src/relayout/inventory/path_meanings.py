"""What the path expressions of a file lead to, and what they are built from."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from relayout.inventory.evaluation import Evaluator, assigned_names
from relayout.inventory.expressions import Environment
from relayout.inventory.path_hacks import PathAnalysis, added_expression
from relayout.inventory.path_values import (
    LocalFunction,
    Unknown,
    Value,
    is_place,
    repository_path,
)
from relayout.source import holders
from relayout.tree import Tree


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression evaluated to: a repository path, as text or as a Path object."""

    path: str
    is_text: bool


class PathMeanings:
    """The meaning of every path expression of a file, by node."""

    def __init__(self, analysis: PathAnalysis) -> None:
        self.analysis = analysis
        self.by_node: dict[int, Meaning | None] = {}
        self.varying: set[int] = set()
        self.outermost: list[ast.expr] = []
        self.calls: dict[int, ast.stmt] = {}
        self.environments: dict[int, Environment] = {}
        self.analysis.follow(self._observe)

    def named(self, tree: Tree) -> frozenset[str]:
        """Return the files and folders of a tree that an expression names, each time the same."""
        meanings = [self.by_node[id(e)] for e in self.outermost if id(e) not in self.varying]
        paths = {meaning.path for meaning in meanings if meaning is not None}
        return frozenset(path for path in paths if path in tree or path in tree.folders)

    def _observe(self, statement: ast.stmt, env: Environment) -> None:
        if added_expression(self.analysis.evaluator, statement) is not None:
            return
        if isinstance(statement, ast.While):
            self.varying.update(_changing_in(statement))
        if not any(n == "__file__" or _leads_to_path(env.get(n)) for n in _names_in(statement)):
            return
        if isinstance(statement, ast.Expr):
            self.calls[id(statement.value)] = statement
        for expression in _own_expressions(statement):
            self._look(expression, env)

    def _look(self, whole: ast.expr, env: Environment) -> None:
        """Record the outermost path expressions in an expression, with their bases."""
        about_paths = holders(whole, lambda node: is_place(node) or _is_known_path(node, env))
        pending = [whole]
        while pending:
            expression = pending.pop()
            if id(expression) in about_paths and isinstance(expression, _PATH_CODE):
                if self._meaning(expression, env) is not None or id(expression) in self.by_node:
                    self._record_bases(expression, env)
                    continue
            # positions in a formatted string are not to be relied on before Python 3.12
            if not isinstance(expression, ast.JoinedStr):
                pending.extend(reversed(_parts_of(expression)))

    def _record_bases(self, expression: ast.expr, env: Environment) -> None:
        if id(expression) not in self.by_node:
            self.outermost.append(expression)
            self.environments[id(expression)] = Environment(env)
        for base in bases_of(expression, self.analysis.evaluator):
            self._record(base, self._meaning(base, env))

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
        return None if path is None else Meaning(path, isinstance(value, str))


def _changing_in(loop: ast.While) -> Iterator[int]:
    """Yield the expressions of a loop that mean something else each time around."""
    changing = set(assigned_names(loop))
    held = holders(loop, lambda node: isinstance(node, ast.Name) and node.id in changing)
    for node in ast.walk(loop):
        if isinstance(node, ast.expr) and id(node) in held:
            yield id(node)


@lru_cache(maxsize=4096)
def _names_in(statement: ast.stmt) -> frozenset[str]:
    """Return the names in the expressions of a statement itself; a place counts as ``__file__``."""
    nodes = [n for expression in _own_expressions(statement) for n in ast.walk(expression)]
    places = {"__file__"} if any(map(is_place, nodes)) else set()
    return frozenset(places | {node.id for node in nodes if isinstance(node, ast.Name)})


def _leads_to_path(value: Value) -> bool:
    return isinstance(value, PurePosixPath | LocalFunction) or (
        isinstance(value, str) and value.startswith("/")
    )


def _own_expressions(statement: ast.stmt) -> Iterator[ast.expr]:
    """Yield the expressions of a statement itself, not of the statements inside it."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        arguments = statement.args
        yield from statement.decorator_list
        yield from arguments.defaults
        yield from (default for default in arguments.kw_defaults if default is not None)
        return
    if isinstance(statement, ast.ClassDef):
        yield from [*statement.decorator_list, *statement.bases]
        return
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, ast.withitem):
            yield child.context_expr


_PATH_CODE = (ast.BinOp, ast.Call, ast.Attribute, ast.Subscript, ast.JoinedStr)
"""Expressions that compute a path if they have ``__file__``, a helper or a known path in them."""


def _is_known_path(node: ast.AST, env: Environment) -> bool:
    """Tell whether a node is a name that leads to a path."""
    return (
        isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and _leads_to_path(env.get(node.id))
    )


def _parts_of(expression: ast.expr) -> list[ast.expr]:
    """Return the expressions that stand directly in an expression."""
    parts: list[ast.expr] = []
    for child in ast.iter_child_nodes(expression):
        if isinstance(child, ast.keyword):
            parts.append(child.value)
        elif isinstance(child, ast.comprehension):
            parts.append(child.iter)
        elif isinstance(child, ast.expr):
            parts.append(child)
    return parts


def bases_of(expression: ast.expr, evaluator: Evaluator) -> Iterator[ast.expr]:
    """Yield an expression and what it joins something to, the outermost first."""
    base: ast.expr | None = expression
    while base is not None:
        yield base
        base = _base_of(base, evaluator)


def _base_of(expression: ast.expr, evaluator: Evaluator) -> ast.expr | None:
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Div):
        return expression.left
    if not isinstance(expression, ast.Call):
        return None
    name = evaluator.qualified(expression.func)
    if name == "os.path.join" and expression.args:
        return expression.args[0]
    if name in ("str", "os.path.abspath", "os.path.normpath", "os.path.realpath"):
        return expression.args[0] if len(expression.args) == 1 else None
    if isinstance(expression.func, ast.Attribute) and expression.func.attr == "joinpath":
        return expression.func.value
    return None
