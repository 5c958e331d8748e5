"""An interpreter for the code that computes paths: assignments, loops, helpers that walk upwards.

It reads a syntax tree and follows assignments, conditions, loops and calls of the file's own
functions over the values of :mod:`relayout.inventory.path_values`, for a bounded number of steps.
Nothing of the repository is imported or executed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Any

from relayout.inventory.assignments import assigned_names, changed_list, gives_value
from relayout.inventory.calls import CallEvaluator, Returned
from relayout.inventory.expressions import Environment, attribute_of_self, bind
from relayout.inventory.path_values import (
    CURRENT_FOLDER,
    LocalFunction,
    Unknown,
    Value,
)
from relayout.tree import Tree

MAX_TURNS = 500
"""A loop over paths ends long before; one that waits for work never does."""

_CONTEXT_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})


class _Break(Exception):
    pass


class _Continue(Exception):
    pass


class Evaluator(CallEvaluator):
    """Follows the statements of one file that stands at ``path`` in ``tree``.

    ``observers`` see each statement outside of calls with the names known before it; ``watch`` sees
    the ``watched`` statements, in calls too. Outside of calls only ``live`` statements are followed
    if that is given. A call of an ``acting`` function is followed even if its value is of no use.
    ``followed`` are the calls that could be followed to their end.
    """

    def __init__(self, module: ast.Module, path: str, tree: Tree) -> None:
        super().__init__(module, path, tree)
        self.understood: set[int] = set()
        self.observers: list[Callable[[ast.stmt, Environment], None]] = []
        self.live: Collection[int] | None = None
        self.watched: Collection[int] = frozenset()
        self.watch: Callable[[ast.stmt, Environment], None] = _ignore
        self.acting: Collection[str] = frozenset()
        self.followed: set[int] = set()
        self._tries_everything = False
        self._assigned: dict[int, tuple[str, ...]] = {}

    def run(self, body: Sequence[ast.stmt], env: Environment) -> None:
        """Follow statements in order; observers see each one with the names known before it."""
        live = None if self.depth and not self._tries_everything else self.live
        for statement in body:
            key = id(statement)
            if live is not None and key not in live:
                continue
            self.step()
            if not self.depth:
                for observe in self.observers:
                    observe(statement, env)
            if key in self.watched:
                self.watch(statement, env)
            handler = _HANDLERS.get(type(statement))
            if handler is None:
                env.forget(self._assigned_in(statement))
            else:
                handler(self, statement, env)

    def run_leniently(self, body: Sequence[ast.stmt], env: Environment) -> None:
        """Follow statements as far as they can be followed; what comes after stays unknown."""
        try:
            self.run(body, env)
        except (Unknown, RecursionError, _Break, _Continue):
            return

    def _assigned_in(self, node: ast.stmt) -> tuple[str, ...]:
        if id(node) not in self._assigned:
            self._assigned[id(node)] = tuple(assigned_names(node))
        return self._assigned[id(node)]

    # -- definitions

    def _class(self, node: ast.ClassDef, env: Environment) -> None:
        self.run(node.body, Environment(env))
        env[node.name] = Unknown

    def _function(self, node: ast.FunctionDef, env: Environment) -> None:
        if not node.decorator_list:
            env[node.name] = LocalFunction(node, gives_value(node))
        elif self.is_context_manager(node):
            env[node.name] = LocalFunction(node, gives=False)
        else:
            env[node.name] = Unknown

    def is_context_manager(self, node: ast.FunctionDef) -> bool:
        """Tell whether a function is made a context manager, and nothing else, by decorators."""
        return all(self.qualified(d) in _CONTEXT_MANAGERS for d in node.decorator_list)

    def _async_function(self, node: ast.AsyncFunctionDef, env: Environment) -> None:
        env[node.name] = Unknown

    def call_local(self, function: LocalFunction, node: ast.Call, env: Environment) -> Value:
        """Return what a function of the file gives, found by following its body."""
        before, self._tries_everything = self._tries_everything, False
        try:
            value = super().call_local(function, node, env)
        finally:
            self._tries_everything = before
        self.followed.add(id(node))
        return value

    def _act(self, node: ast.expr, env: Environment) -> None:
        """Follow a call for what it does, whatever cannot be told of it."""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            return
        function = env.get(node.func.id)
        if node.func.id not in self.acting or not isinstance(function, LocalFunction):
            return
        before, self._tries_everything = self._tries_everything, True
        try:
            super().call_local(function, node, env)
            self.followed.add(id(node))
        except (Unknown, RecursionError, _Break, _Continue):
            return
        finally:
            self._tries_everything = before

    # -- assignments

    def _assign(self, node: ast.Assign, env: Environment) -> None:
        self._bind(node.targets, node.value, env, node)

    def _annotated_assign(self, node: ast.AnnAssign, env: Environment) -> None:
        if node.value is not None:
            self._bind([node.target], node.value, env, node)

    def _augmented_assign(self, node: ast.AugAssign, env: Environment) -> None:
        if isinstance(node.target, ast.Name):
            load = ast.Name(node.target.id, ast.Load())
            self._bind([node.target], ast.BinOp(load, node.op, node.value), env, node)

    def _bind(
        self,
        targets: Sequence[ast.expr],
        expression: ast.expr,
        env: Environment,
        statement: ast.stmt,
    ) -> None:
        for target in targets:
            if attribute_of_self(target):
                env[f"self.{target.attr}"] = Unknown
            elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                env[target.value.id] = Unknown
        try:
            value = self.value(expression, env)
            env.forget(self._assigned_in(statement))
            for target in targets:
                bind(target, value, env)
            self.understood.add(id(statement))
        except Unknown:
            env.forget(self._assigned_in(statement))
            if (self.qualified(expression) or "").startswith("sys.path."):
                self.understood.add(id(statement))  # a method of the search path, under a new name

    def _expression(self, node: ast.Expr, env: Environment) -> None:
        if not isinstance(node.value, ast.Call):
            return
        self._act(node.value, env)
        name = changed_list(node)
        if self.qualified(node.value.func) == "os.chdir":
            self._change_folder(node.value, env)
        elif name is not None and name in env and isinstance(node.value.func, ast.Attribute):
            self._change_list(name, node.value.func.attr, node.value, env)

    def _change_folder(self, node: ast.Call, env: Environment) -> None:
        """Follow ``os.chdir``: relative paths count from another folder from here on."""
        try:
            env[CURRENT_FOLDER] = self.absolute(self.value(node.args[0], env), env)
        except (Unknown, IndexError):
            env[CURRENT_FOLDER] = Unknown

    def _change_list(self, name: str, method: str, node: ast.Call, env: Environment) -> None:
        items = env[name]
        if isinstance(items, str | bool | LocalFunction):
            return
        try:
            if not isinstance(items, list) or node.keywords:
                raise Unknown(name)
            changed = list(items)
            getattr(changed, method)(*self.values(node.args, env))
            env[name] = changed
        except (Unknown, AttributeError, TypeError, ValueError, IndexError):
            env[name] = Unknown

    # -- branches

    def _if(self, node: ast.If, env: Environment) -> None:
        try:
            test = bool(self.value(node.test, env))
        except Unknown:
            if not _is_search_path_guard(node.test) and not _is_main_guard(node.test):
                if self.depth and not self._tries_everything:
                    raise
                self._run_branches([node.body, node.orelse], env)
                return
            test = True
        self.run(node.body if test else node.orelse, env)

    def _match(self, node: ast.Match, env: Environment) -> None:
        if self.depth:
            raise Unknown("match")
        self._run_branches([[], *(case.body for case in node.cases)], env)

    def _run_branches(self, branches: Sequence[Sequence[ast.stmt]], env: Environment) -> None:
        """Run each branch for itself; what they do not agree on is unknown afterwards."""
        outcomes = []
        for branch in branches:
            outcome = Environment(env)
            if branch:
                self._run_once(branch, outcome)
            outcomes.append(outcome)
        first, *others = outcomes
        for name in {name for outcome in outcomes for name in outcome}:
            value = first.get(name, Unknown)
            agreed = all(o.get(name, Unknown) == value for o in others)
            env[name] = value if agreed else Unknown

    def _run_once(self, body: Sequence[ast.stmt], env: Environment) -> None:
        """Follow statements that may or may not run; a loop around them goes on all the same."""
        try:
            self.run(body, env)
        except (_Break, _Continue):
            return
        except (Returned, Unknown):
            if not self._tries_everything:
                raise

    # -- loops

    def _while(self, node: ast.While, env: Environment) -> None:
        names = self._assigned_in(node)
        try:
            turns = 0
            while self.value(node.test, env):
                before = [env.get(name) for name in names]
                with suppress(_Continue):
                    self.run(node.body, env)
                turns += 1
                if turns > MAX_TURNS or before == [env.get(name) for name in names]:
                    raise Unknown("a loop that does not end")
            self.run(node.orelse, env)
        except _Break:
            return
        except Unknown:
            self._give_up(node, env)

    def _for(self, node: ast.For, env: Environment) -> None:
        try:
            items = self.value(node.iter, env)
            if not isinstance(items, list | tuple | dict):
                raise Unknown("not a list of values")
            for item in items:
                self.step()
                bind(node.target, item, env)
                try:
                    self.run(node.body, env)
                except _Continue:
                    continue
            self.run(node.orelse, env)
        except _Break:
            return
        except Unknown:
            self._give_up(node, env)

    def _give_up(self, node: ast.For | ast.While, env: Environment) -> None:
        """Look at a loop's body once, as one that is run an unknown number of times."""
        env.forget(self._assigned_in(node))
        if self.depth and not self._tries_everything:
            raise Unknown("a loop")
        self._run_once(node.body, env)

    def _async_for(self, node: ast.AsyncFor, env: Environment) -> None:
        env.forget(self._assigned_in(node))
        self._run_once(node.body, env)

    # -- other statements

    def _try(self, node: ast.Try, env: Environment) -> None:
        if self.file is None and node.handlers and _begins_with_file(node.body):
            self.run(node.handlers[0].body, env)
            self.run(node.finalbody, env)
            return
        self.run(node.body, env)
        if not self.depth:
            self._run_branches([[], *(handler.body for handler in node.handlers)], env)
        self.run(node.orelse, env)
        self.run(node.finalbody, env)

    def _with(self, node: ast.With | ast.AsyncWith, env: Environment) -> None:
        for item in node.items:
            self._act(item.context_expr, env)
            if item.optional_vars is not None:
                env.forget(assigned_names(item.optional_vars))
        self.run(node.body, env)

    def _return(self, node: ast.Return, env: Environment) -> None:
        if self.depth:
            raise Returned(None if node.value is None else self._given(node.value, env))

    def _given(self, node: ast.expr, env: Environment) -> Value:
        try:
            return self.value(node, env)
        except Unknown:
            if self._tries_everything:
                return Unknown
            raise

    def _raise(self, node: ast.Raise, env: Environment) -> None:
        if self.depth:
            raise Unknown("the helper raises")

    def _break(self, node: ast.Break, env: Environment) -> None:
        raise _Break

    def _continue(self, node: ast.Continue, env: Environment) -> None:
        raise _Continue

    def _nothing(self, node: ast.stmt, env: Environment) -> None:
        """Do nothing: these statements bind no path."""


_HANDLERS: dict[type[ast.stmt], Callable[[Evaluator, Any, Environment], None]] = {
    ast.AnnAssign: Evaluator._annotated_assign,
    ast.Assign: Evaluator._assign,
    ast.AsyncFor: Evaluator._async_for,
    ast.AsyncFunctionDef: Evaluator._async_function,
    ast.AsyncWith: Evaluator._with,
    ast.AugAssign: Evaluator._augmented_assign,
    ast.Break: Evaluator._break,
    ast.ClassDef: Evaluator._class,
    ast.Continue: Evaluator._continue,
    ast.Expr: Evaluator._expression,
    ast.For: Evaluator._for,
    ast.FunctionDef: Evaluator._function,
    ast.Global: Evaluator._nothing,
    ast.If: Evaluator._if,
    ast.Import: Evaluator._nothing,
    ast.ImportFrom: Evaluator._nothing,
    ast.Match: Evaluator._match,
    ast.Pass: Evaluator._nothing,
    ast.Raise: Evaluator._raise,
    ast.Return: Evaluator._return,
    ast.Try: Evaluator._try,
    ast.While: Evaluator._while,
    ast.With: Evaluator._with,
}


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


def _ignore(statement: ast.stmt, env: Environment) -> None:
    """Watch nothing."""
