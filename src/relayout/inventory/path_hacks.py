"""Path hacks: code that makes an import work by changing ``sys.path``, and what it adds there.

Recognised are the methods of ``sys.path`` that change it, assignments to it or to a slice of it,
``site.addsitedir`` and assignments to ``os.environ["PYTHONPATH"]``
(https://docs.python.org/3/library/sys.html#sys.path).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname

from relayout.inventory.evaluation import Evaluator
from relayout.inventory.expressions import Environment
from relayout.inventory.path_values import ROOT, Unknown, Value, repository_path
from relayout.source import nodes_of
from relayout.tree import Tree

_ADDERS = {
    "sys.path.insert": (1, "front"),
    "sys.path.append": (0, "back"),
    "sys.path.extend": (0, "back"),
    "site.addsitedir": (0, "back"),
}
_REMOVERS = frozenset({"sys.path.pop", "sys.path.remove"})


@dataclass(frozen=True, slots=True)
class PathHack:
    """One statement that changes the search path.

    ``folders`` are the repository's folders that it adds, in search order, ``None`` if that cannot
    be told from the code alone; folders outside of the repository are left out. ``where`` is
    ``front``, ``back`` or ``none`` (it only takes something away).
    """

    statement: ast.stmt
    line: int
    where: str
    folders: tuple[str, ...] | None


def _is_search_path(evaluator: Evaluator, node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript):
        if evaluator.qualified(node.value) == "os.environ":
            return isinstance(node.slice, ast.Constant) and node.slice.value == "PYTHONPATH"
        return _is_search_path(evaluator, node.value)
    return evaluator.qualified(node) == "sys.path"


def added_expression(evaluator: Evaluator, node: ast.stmt) -> tuple[ast.expr | None, str] | None:
    """Return (the expression of what a hack adds, where), or None if it is no path hack."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        name = evaluator.qualified(node.value.func)
        if name in _REMOVERS:
            return None, "none"
        if name in _ADDERS:
            position, where = _ADDERS[name]
            arguments = node.value.args
            return (arguments[position] if len(arguments) > position else None), where
    elif isinstance(node, ast.AugAssign) and _is_search_path(evaluator, node.target):
        return node.value, "back"
    elif isinstance(node, ast.Assign) and any(_is_search_path(evaluator, t) for t in node.targets):
        return _without_old_path(evaluator, node.value), "front"
    return None


def _without_old_path(evaluator: Evaluator, value: ast.expr) -> ast.expr:
    """Return what is added by ``[a, b] + sys.path`` or by the list alone."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        for side, other in ((value.left, value.right), (value.right, value.left)):
            if _is_search_path(evaluator, side):
                return other
    return value


def _folders(value: Value, folder: str, evaluator: Evaluator) -> tuple[str, ...] | None:
    """Return the folders that a hack adds; None if one lies outside of the repository.

    A relative path counts from the current folder: a notebook's own, else the repository's root,
    where programs are started, or, if it would lead out of that, the ``folder`` of the file.
    """
    found: list[str] = []
    for item in value if isinstance(value, list | tuple) else [value]:
        path = repository_path(evaluator.files.absolute(item))
        if path is None and not str(item).startswith("/"):
            path = repository_path(f"{ROOT}/{folder}/{item}")
        if path is None:
            return None
        found.append(path)
    return tuple(found)


class _Collector:
    def __init__(self, evaluator: Evaluator, folder: str) -> None:
        self.evaluator = evaluator
        self.folder = folder
        self.found: dict[int, PathHack] = {}

    def observe(self, statement: ast.stmt, env: Environment) -> None:
        """Note a statement if it is a path hack."""
        added = added_expression(self.evaluator, statement)
        if added is None:
            return
        expression, where = added
        folders: tuple[str, ...] | None = ()
        if where != "none":
            try:
                folders = None
                if expression is not None:
                    folders = _folders(
                        self.evaluator.value(expression, env), self.folder, self.evaluator
                    )
            except Unknown:
                folders = None
        before = self.found.get(id(statement))
        if before is not None and folders is None:
            return
        if before is not None and before.folders is not None and folders is not None:
            folders = tuple(dict.fromkeys([*folders, *before.folders]))
        self.found[id(statement)] = PathHack(statement, statement.lineno, where, folders)


class PathAnalysis:
    """What a file's path code does: its hacks, and which assignments only compute paths."""

    def __init__(self, module: ast.Module, path: str, tree: Tree) -> None:
        self.module = module
        self.path = path
        self.evaluator = Evaluator(module, path, tree)

    @cached_property
    def hacks(self) -> list[PathHack]:
        """The path hacks of the file, in line order."""
        wanted = [
            node
            for node in nodes_of(self.module)
            if isinstance(node, ast.stmt) and added_expression(self.evaluator, node) is not None
        ]
        return self._find(wanted) if wanted else []

    @property
    def understood(self) -> set[int]:
        """Ids of the assignments whose value could be computed, and so has no side effect."""
        return self.evaluator.understood

    def follow(
        self,
        observe: Callable[[ast.stmt, Environment], None],
        wanted: Sequence[ast.stmt] | None = None,
    ) -> Environment:
        """Follow the whole file, functions after the module; return the module's names.

        ``observe`` sees each statement that is reached with the names known before it. Of the
        functions, those are followed that hold a ``wanted`` statement, or all.
        """
        self.evaluator.observers.append(observe)
        self.evaluator.files.folder = self.evaluator.files.start
        env = Environment()
        self.evaluator.run_leniently(self.module.body, env)
        for function, scope in _functions(self.module, env, self.evaluator):
            if wanted is None or any(_inside(statement, function) for statement in wanted):
                self.evaluator.begin()
                self.evaluator.run_leniently(function.body, scope)
        self.evaluator.observers.remove(observe)
        return env

    def _find(self, wanted: Sequence[ast.stmt]) -> list[PathHack]:
        collector = _Collector(self.evaluator, dirname(self.path))
        env = self.follow(collector.observe, wanted)
        for node in wanted:
            if id(node) not in collector.found:
                collector.observe(node, env)
        return sorted((collector.found[id(n)] for n in wanted), key=lambda hack: hack.line)


def _inside(node: ast.stmt, outer: ast.stmt) -> bool:
    return outer.lineno <= node.lineno and (node.end_lineno or 0) <= (outer.end_lineno or 0)


def _functions(
    module: ast.Module, env: Environment, evaluator: Evaluator
) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, Environment]]:
    """Yield every function with the names that its body starts from.

    A method starts from the attributes that ``__init__`` gives ``self``.
    """
    attributes: dict[int, Environment] = {}
    for node in nodes_of(module):
        if isinstance(node, ast.ClassDef):
            own = Environment(env)
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name == "__init__":
                    evaluator.run_leniently(method.body, own)
            attributes.update({id(method): own for method in node.body})
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, Environment(attributes.get(id(node), env))
