"""An interpreter for the code that computes paths: assignments, loops, helpers that walk upwards.

It reads a syntax tree and follows assignments, conditions, loops and calls of the file's own
functions over the values of :mod:`relayout.inventory.path_values`, for a bounded number of steps.
Nothing of the repository is imported or executed.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from relayout.inventory.expressions import (
    Environment,
    ExpressionEvaluator,
    Returned,
    attribute_of_self,
)
from relayout.inventory.path_values import LocalFunction, Unknown

MAX_TURNS = 500
"""A loop over paths ends long before; one that waits for work never does."""


class _Break(Exception):
    pass


class _Continue(Exception):
    pass


def assigned_names(node: ast.AST) -> list[str]:
    """Return the names that a statement binds by assignment, at any depth."""
    return [
        n.id
        for n in ast.walk(node)
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store | ast.Del)
    ]


class Evaluator(ExpressionEvaluator):
    """Follows the statements of one file that stands at ``path`` in ``tree``."""

    def run(self, body: Sequence[ast.stmt], env: Environment) -> None:
        """Follow statements in order; observers see each one with the names known before it."""
        for statement in body:
            self.step()
            for observe in self.observers:
                observe(statement, env)
            handler = getattr(self, f"_run_{type(statement).__name__}", None)
            if handler is None:
                env.forget(assigned_names(statement))
            else:
                handler(statement, env)

    def run_leniently(self, body: Sequence[ast.stmt], env: Environment) -> None:
        """Follow statements as far as they can be followed; what comes after stays unknown."""
        try:
            self.run(body, env)
        except (Unknown, RecursionError, _Break, _Continue):
            return

    def _run_ClassDef(self, node: ast.ClassDef, env: Environment) -> None:
        self.run(node.body, Environment(env))
        env[node.name] = Unknown

    def _run_FunctionDef(self, node: ast.FunctionDef, env: Environment) -> None:
        env[node.name] = LocalFunction(node) if not node.decorator_list else Unknown

    def _run_AsyncFunctionDef(self, node: ast.AsyncFunctionDef, env: Environment) -> None:
        env[node.name] = Unknown

    def _run_AsyncFor(self, node: ast.AsyncFor, env: Environment) -> None:
        env.forget(assigned_names(node))
        self._run_once(node.body, env)

    def _run_AsyncWith(self, node: ast.AsyncWith, env: Environment) -> None:
        self._run_With(ast.With(node.items, node.body), env)

    def _run_Match(self, node: ast.Match, env: Environment) -> None:
        if self.depth:
            raise Unknown("match")
        self._run_branches([[], *(case.body for case in node.cases)], env)

    def _run_Assign(self, node: ast.Assign, env: Environment) -> None:
        target = node.targets[0]
        if len(node.targets) == 1 and isinstance(target, ast.Name):
            self._bind(target.id, node.value, env, node)
        elif len(node.targets) == 1 and attribute_of_self(target):
            self._bind(ast.unparse(target), node.value, env)
        else:
            env.forget(assigned_names(node))

    def _run_AnnAssign(self, node: ast.AnnAssign, env: Environment) -> None:
        if isinstance(node.target, ast.Name) and node.value is not None:
            self._bind(node.target.id, node.value, env, node)

    def _bind(
        self, name: str, expression: ast.expr, env: Environment, statement: ast.stmt | None = None
    ) -> None:
        try:
            env[name] = self.value(expression, env)
            if statement is not None:
                self.understood.add(id(statement))
        except Unknown:
            env[name] = Unknown

    def _run_AugAssign(self, node: ast.AugAssign, env: Environment) -> None:
        if isinstance(node.target, ast.Name):
            load = ast.Name(node.target.id, ast.Load())
            self._bind(node.target.id, ast.BinOp(load, node.op, node.value), env)

    def _run_If(self, node: ast.If, env: Environment) -> None:
        try:
            test = bool(self.value(node.test, env))
        except Unknown:
            if not _is_search_path_guard(node.test) and not _is_main_guard(node.test):
                if self.depth:
                    raise
                self._run_branches([node.body, node.orelse], env)
                return
            test = True
        self.run(node.body if test else node.orelse, env)

    def _run_branches(self, branches: Sequence[Sequence[ast.stmt]], env: Environment) -> None:
        """Run each branch for itself; what they do not agree on is unknown afterwards."""
        before = Environment(env)
        outcomes = []
        for branch in branches:
            outcome = Environment(before)
            self._run_once(branch, outcome)
            outcomes.append(outcome)
        for name in {name for outcome in outcomes for name in outcome}:
            values = [outcome.get(name, Unknown) for outcome in outcomes]
            env[name] = values[0] if all(v == values[0] for v in values) else Unknown

    def _run_once(self, body: Sequence[ast.stmt], env: Environment) -> None:
        """Follow statements that may or may not run; a loop around them goes on all the same."""
        try:
            self.run(body, env)
        except (_Break, _Continue):
            return

    def _run_While(self, node: ast.While, env: Environment) -> None:
        try:
            turns = 0
            while self.value(node.test, env):
                turns += 1
                if turns > MAX_TURNS:
                    raise Unknown("a loop that does not end")
                try:
                    self.run(node.body, env)
                except _Continue:
                    continue
            self.run(node.orelse, env)
        except _Break:
            return
        except Unknown:
            env.forget(assigned_names(node))
            if self.depth:
                raise
            self._run_once(node.body, env)

    def _run_For(self, node: ast.For, env: Environment) -> None:
        try:
            items = self.value(node.iter, env)
            if not isinstance(items, list | tuple) or not isinstance(node.target, ast.Name):
                raise Unknown("not a list of values")
            for item in items:
                self.step()
                env[node.target.id] = item
                try:
                    self.run(node.body, env)
                except _Continue:
                    continue
            self.run(node.orelse, env)
        except _Break:
            return
        except Unknown:
            env.forget(assigned_names(node))
            if self.depth:
                raise
            self._run_once(node.body, env)

    def _run_Try(self, node: ast.Try, env: Environment) -> None:
        if self.file is None and node.handlers and _begins_with_file(node.body):
            self.run(node.handlers[0].body, env)
            self.run(node.finalbody, env)
            return
        self.run(node.body, env)
        if not self.depth:
            self._run_branches([[], *(handler.body for handler in node.handlers)], env)
        self.run(node.orelse, env)
        self.run(node.finalbody, env)

    def _run_With(self, node: ast.With, env: Environment) -> None:
        for item in node.items:
            if item.optional_vars is not None:
                env.forget(assigned_names(item.optional_vars))
        self.run(node.body, env)

    def _run_Return(self, node: ast.Return, env: Environment) -> None:
        if self.depth:
            raise Returned(None if node.value is None else self.value(node.value, env))

    def _run_Raise(self, node: ast.Raise, env: Environment) -> None:
        if self.depth:
            raise Unknown("the helper raises")

    def _run_Break(self, node: ast.Break, env: Environment) -> None:
        raise _Break

    def _run_Continue(self, node: ast.Continue, env: Environment) -> None:
        raise _Continue

    def _run_Expr(self, node: ast.Expr, env: Environment) -> None:
        """Follow a change of the current folder; other expressions bind no path."""
        call = node.value
        if isinstance(call, ast.Call) and self.qualified(call.func) == "os.chdir" and call.args:
            try:
                self.files.folder = self.files.absolute(self.value(call.args[0], env))
            except Unknown:
                self.files.folder = None

    def _run_Pass(self, node: ast.stmt, env: Environment) -> None:
        """Do nothing: these statements bind no path."""

    _run_Import = _run_ImportFrom = _run_Global = _run_Pass


def _is_search_path_guard(test: ast.expr) -> bool:
    """Recognise ``p not in sys.path``."""
    return any(isinstance(n, ast.Attribute) and n.attr == "path" for n in ast.walk(test)) and any(
        isinstance(n, ast.NotIn) for n in ast.walk(test)
    )


def _begins_with_file(body: Sequence[ast.stmt]) -> bool:
    """Tell whether a block fails where there is no ``__file__``."""
    return any(isinstance(n, ast.Name) and n.id == "__file__" for n in ast.walk(body[0]))


def _is_main_guard(test: ast.expr) -> bool:
    """Recognise ``__name__ == "__main__"``."""
    return isinstance(test, ast.Compare) and any(
        isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(test)
    )
