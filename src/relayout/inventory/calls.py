"""The values of calls in code that computes paths: of libraries, and of the file's functions."""

from __future__ import annotations

import ast
import re
from abc import abstractmethod
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePosixPath

from relayout.inventory.expressions import (
    Environment,
    ExpressionEvaluator,
    old_pythonpath,
)
from relayout.inventory.path_values import (
    COLLECTION_METHODS,
    STRING_METHODS,
    LocalFunction,
    Unknown,
    Value,
    as_text,
)

_DEEPEST = 10
"""Helpers do not call each other further down than this."""

_SEARCHES = (ast.While, ast.For, ast.GeneratorExp, ast.ListComp, ast.If)

_ENVIRONMENT_READERS = frozenset({"os.environ.get", "os.getenv"})
_OWN_FILE = frozenset({"inspect.getfile", "inspect.getsourcefile", "inspect.getabsfile"})
_OWN_FRAME = frozenset({"inspect.currentframe", "sys._getframe"})
_WITHOUT_EFFECT = (
    frozenset({"getattr", "inspect.currentframe", "inspect.stack", "map", "next", "sys._getframe"})
    | _ENVIRONMENT_READERS
    | _OWN_FILE
)

_FORMATTED = re.compile(r"\{[^{}]*[.\[:!]")
"""A place in a text to format that takes more than the value as it is."""


class Returned(Exception):
    """A helper function returned this value."""

    def __init__(self, value: Value) -> None:
        self.value = value


class CallEvaluator(ExpressionEvaluator):
    """Evaluates calls; what a function's body does is for the one who follows statements."""

    depth = 0
    """How many helper functions are being followed, one in the other."""

    @abstractmethod
    def run(self, body: Sequence[ast.stmt], env: Environment) -> None:
        """Follow the statements of a helper function. Raises Returned with its value."""

    def understands(self, node: ast.Call) -> bool:
        """Tell whether a call is one that path code makes, to a function without side effects."""
        name = self.qualified(node.func)
        if name in self.functions or name in _WITHOUT_EFFECT or isinstance(node.func, ast.Lambda):
            return True
        if isinstance(node.func, ast.Attribute):
            methods = (self.methods, STRING_METHODS, COLLECTION_METHODS)
            if any(node.func.attr in names for names in methods):
                return True
        return self.qualified(node) is not None

    @cached_property
    def _plain_functions(self) -> frozenset[str]:
        return frozenset(
            node.name
            for node in self.module.body
            if isinstance(node, ast.FunctionDef)
            and not any(isinstance(n, _SEARCHES) for n in ast.walk(node))
        )

    def calls_plain(self, node: ast.Call) -> bool:
        """Tell whether a call is of a function of the file that computes without searching.

        Its answer is made of expressions that can be looked at one by one.
        """
        return isinstance(node.func, ast.Name) and node.func.id in self._plain_functions

    def call(self, node: ast.Call, env: Environment) -> Value:
        """Return what a call gives. Raises Unknown."""
        if isinstance(node.func, ast.Name) and isinstance(env.get(node.func.id), LocalFunction):
            return self.call_local(env[node.func.id], node, env)
        if isinstance(node.func, ast.Lambda):
            return self._call_lambda(node.func, self.values(node.args, env), env)
        name = self.qualified(node.func)
        if name in self.functions:
            arguments, keywords = self.values(node.args, env), self._keywords(node, env)
            self.files.current = self.current_folder(env)
            return self.functions[name](*arguments, **keywords)
        if name == "next":
            return self._next(node, env)
        if name == "map":
            return self._map(node, env)
        if name in _OWN_FILE and self._is_own(node):
            return self.own_file()
        if name in _ENVIRONMENT_READERS:
            return old_pythonpath(node.args[:1])
        if isinstance(node.func, ast.Attribute):
            return self._call_method(node.func, node, env)
        return self.named_constant(node)

    def _is_own(self, node: ast.Call) -> bool:
        """Tell whether ``inspect`` is asked for the file of something that this file defines."""
        given = node.args[0] if len(node.args) == 1 else None
        if isinstance(given, ast.Call):
            return self.qualified(given.func) in _OWN_FRAME
        if isinstance(given, ast.Name):
            return given.id in self._defined
        return isinstance(given, ast.Lambda)

    @cached_property
    def _defined(self) -> frozenset[str]:
        kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        return frozenset(node.name for node in self.module.body if isinstance(node, kinds))

    def _keywords(self, node: ast.Call, env: Environment) -> dict[str, Value]:
        if any(keyword.arg is None for keyword in node.keywords):
            raise Unknown("keywords")
        return {str(keyword.arg): self.value(keyword.value, env) for keyword in node.keywords}

    def _call_lambda(self, function: ast.Lambda, given: list[Value], env: Environment) -> Value:
        parameters = [*function.args.posonlyargs, *function.args.args]
        pairs = zip(parameters, given, strict=True)
        return self.value(function.body, Environment({**env, **{p.arg: v for p, v in pairs}}))

    def _call_method(self, func: ast.Attribute, node: ast.Call, env: Environment) -> Value:
        target = self.value(func.value, env)
        arguments, keywords = self.values(node.args, env), self._keywords(node, env)
        self.files.current = self.current_folder(env)
        if isinstance(target, PurePosixPath) and func.attr in self.methods:
            return self.methods[func.attr](target, *arguments, **keywords)
        if isinstance(target, str) and func.attr in STRING_METHODS:
            if func.attr == "format":
                if _FORMATTED.search(target):
                    raise Unknown("formatted")
                arguments = [as_text(a) for a in arguments]
                keywords = {name: as_text(a) for name, a in keywords.items()}
            return getattr(target, func.attr)(*arguments, **keywords)
        if isinstance(target, list) and func.attr == "copy":
            return list(target)
        if isinstance(target, dict) and func.attr in COLLECTION_METHODS:
            found = getattr(target, func.attr)()
            return [list(i) if isinstance(i, tuple) else i for i in found]
        raise Unknown(func.attr)

    def _map(self, node: ast.Call, env: Environment) -> Value:
        function, *lists = node.args
        rows = zip(*(self.value(items, env) for items in lists), strict=False)
        if isinstance(function, ast.Lambda):
            return [self._call_lambda(function, list(row), env) for row in rows]
        return [self.functions[self.qualified(function) or ""](*row) for row in rows]

    def _next(self, node: ast.Call, env: Environment) -> Value:
        first, *default = node.args
        if isinstance(first, ast.GeneratorExp):
            items = self.generate(first, env)
        else:
            items = iter(self.value(first, env))
        for item in items:
            return item
        if default:
            return self.value(default[0], env)
        raise Unknown("nothing found")

    def call_local(self, function: LocalFunction, node: ast.Call, env: Environment) -> Value:
        """Return what a function of the file gives, found by following its body."""
        if self.depth > _DEEPEST or function.node.args.kwarg:
            raise Unknown("call")
        inner = self._arguments(function.node.args, node, env)
        self.depth += 1
        try:
            self.run(function.node.body, inner)
        except Returned as returned:
            return returned.value
        finally:
            self.depth -= 1
        return None

    def _arguments(self, expected: ast.arguments, node: ast.Call, env: Environment) -> Environment:
        """Return the names that a function's body starts from. Raises Unknown."""
        parameters = [*expected.posonlyargs, *expected.args]
        inner = Environment(env)
        inner.forget(parameters_of(expected))
        defaults = expected.defaults
        for parameter, default in zip(parameters[-len(defaults) :], defaults, strict=False):
            inner[parameter.arg] = self.value(default, env)
        for parameter, kw_default in zip(expected.kwonlyargs, expected.kw_defaults, strict=True):
            if kw_default is not None:
                inner[parameter.arg] = self.value(kw_default, env)
        given = self.values(node.args, env)
        inner.update((p.arg, value) for p, value in zip(parameters, given, strict=False))
        if expected.vararg:
            inner[expected.vararg.arg] = given[len(parameters) :]
        inner.update(self._keywords(node, env))
        return inner


def parameters_of(arguments: ast.arguments) -> list[str]:
    """Return the names of a function's parameters."""
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    named += [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
    return [parameter.arg for parameter in named]
