"""The values of expressions in code that computes paths, over a syntax tree alone."""

from __future__ import annotations

import ast
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath
from posixpath import dirname

from relayout.inventory.path_values import (
    PATH_ATTRIBUTES,
    PATH_CONSTANTS,
    ROOT,
    STRING_METHODS,
    LocalFunction,
    PathFilesystem,
    Unknown,
    Value,
    path_functions,
    path_methods,
    qualified_names,
)
from relayout.notebook import is_notebook
from relayout.tree import Tree

MAX_STEPS = 20_000

_SEARCHES = (ast.While, ast.For, ast.GeneratorExp, ast.ListComp, ast.If)

_COMPARISONS: dict[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class Returned(Exception):
    """A helper function returned this value."""

    def __init__(self, value: Value) -> None:
        self.value = value


class Environment(dict[str, Value]):
    """Names and their values; a name that was assigned something unknown is remembered so."""

    def forget(self, names: Iterable[str]) -> None:
        """Mark names as assigned to something unknown."""
        for name in names:
            self[name] = Unknown


class ExpressionEvaluator(ABC):
    """Evaluates expressions of one file that stands at ``path`` in ``tree``."""

    def __init__(self, module: ast.Module, path: str, tree: Tree) -> None:
        self.files = PathFilesystem(tree, dirname(path) if is_notebook(path) else "")
        self._functions = path_functions(self.files)
        self._methods = path_methods(self.files)
        self._qualified = qualified_names(module)
        self._module = module
        self.file = None if is_notebook(path) else str(ROOT / path)
        """What ``__file__`` is; a notebook has none."""
        self._steps = 0
        self.depth = 0
        self.understood: set[int] = set()
        self.observers: list[Callable[[ast.stmt, Environment], None]] = []

    def begin(self) -> None:
        """Start counting steps anew, for another function of the file."""
        self._steps = 0

    def step(self) -> None:
        """Count a step, so that a loop cannot go on for ever. Raises Unknown."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise Unknown("too many steps")

    @abstractmethod
    def run(self, body: Sequence[ast.stmt], env: Environment) -> None:
        """Follow the statements of a helper function. Raises Returned with its value."""

    # -- expressions

    def value(self, node: ast.expr, env: Environment) -> Value:
        """Return the value of an expression. Raises Unknown."""
        self.step()
        handler = getattr(self, f"_value_{type(node).__name__}", None)
        if handler is None:
            raise Unknown(type(node).__name__)
        try:
            return handler(node, env)
        except (
            OverflowError,
            MemoryError,
            TypeError,
            ValueError,
            IndexError,
            KeyError,
            AttributeError,
            RecursionError,
        ) as e:
            raise Unknown(str(e)) from None

    def _value_Constant(self, node: ast.Constant, env: Environment) -> Value:
        return node.value

    def _value_Name(self, node: ast.Name, env: Environment) -> Value:
        if node.id in env:
            if env[node.id] is Unknown:
                raise Unknown(node.id)
            return env[node.id]
        if node.id == "__file__" and self.file is not None:
            return self.file
        raise Unknown(node.id)

    def _value_JoinedStr(self, node: ast.JoinedStr, env: Environment) -> Value:
        return "".join(str(self.value(part, env)) for part in node.values)

    def _value_FormattedValue(self, node: ast.FormattedValue, env: Environment) -> Value:
        if node.format_spec is not None or node.conversion not in (-1, ord("s")):
            raise Unknown("formatted")
        return self.value(node.value, env)

    def _value_BinOp(self, node: ast.BinOp, env: Environment) -> Value:
        left, right = self.value(node.left, env), self.value(node.right, env)
        if isinstance(node.op, ast.Div):
            if isinstance(left, PurePosixPath) or isinstance(right, PurePosixPath):
                return PurePosixPath(left) / right
        elif isinstance(node.op, ast.Add) and type(left) is type(right):
            return left + right
        elif isinstance(node.op, ast.Sub) and isinstance(left, int) and isinstance(right, int):
            return left - right
        raise Unknown("operator")

    def _value_BoolOp(self, node: ast.BoolOp, env: Environment) -> Value:
        wanted = isinstance(node.op, ast.Or)
        result: Value = not wanted
        for part in node.values:
            result = self.value(part, env)
            if bool(result) is wanted:
                return result
        return result

    def _value_UnaryOp(self, node: ast.UnaryOp, env: Environment) -> Value:
        operand = self.value(node.operand, env)
        if isinstance(node.op, ast.Not):
            return not operand
        if isinstance(node.op, ast.USub) and isinstance(operand, int):
            return -operand
        raise Unknown("operator")

    def _value_Compare(self, node: ast.Compare, env: Environment) -> Value:
        if _asks_for_file(node):
            return (self.file is not None) is isinstance(node.ops[0], ast.In)
        left = self.value(node.left, env)
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            right = self.value(comparator, env)
            if not _COMPARISONS[type(op)](left, right):
                return False
            left = right
        return True

    def _value_IfExp(self, node: ast.IfExp, env: Environment) -> Value:
        return self.value(node.body if self.value(node.test, env) else node.orelse, env)

    def _value_List(self, node: ast.List | ast.Tuple, env: Environment) -> Value:
        items: list[Value] = []
        for item in node.elts:
            if isinstance(item, ast.Starred):
                items.extend(self.value(item.value, env))
            else:
                items.append(self.value(item, env))
        return items

    _value_Tuple = _value_List

    def _value_GeneratorExp(self, node: ast.GeneratorExp | ast.ListComp, env: Environment) -> Value:
        return list(self._generate(node, env))

    def _generate(self, node: ast.GeneratorExp | ast.ListComp, env: Environment) -> Iterator[Value]:
        """Yield what a comprehension gives, no further than it is asked for."""
        [generator] = node.generators
        if not isinstance(generator.target, ast.Name):
            raise Unknown("target")
        for item in self.value(generator.iter, env):
            inner = Environment({**env, generator.target.id: item})
            if all(self.value(condition, inner) for condition in generator.ifs):
                yield self.value(node.elt, inner)

    _value_ListComp = _value_GeneratorExp

    def _value_NamedExpr(self, node: ast.NamedExpr, env: Environment) -> Value:
        env[node.target.id] = self.value(node.value, env)
        return env[node.target.id]

    def _value_Subscript(self, node: ast.Subscript, env: Environment) -> Value:
        if isinstance(node.slice, ast.Slice):
            raise Unknown("slice")
        return self.value(node.value, env)[self.value(node.slice, env)]

    def _value_Attribute(self, node: ast.Attribute, env: Environment) -> Value:
        if attribute_of_self(node):
            return self._value_Name(ast.Name(ast.unparse(node), ast.Load()), env)
        constant = PATH_CONSTANTS.get(self.qualified(node) or "")
        if constant is not None:
            return constant
        value = self.value(node.value, env)
        if isinstance(value, PurePosixPath) and node.attr in PATH_ATTRIBUTES:
            return PATH_ATTRIBUTES[node.attr](value)
        raise Unknown(node.attr)

    # -- calls

    def qualified(self, node: ast.expr) -> str | None:
        """Return the full name that a name or attribute chain stands for, or None."""
        if isinstance(node, ast.Name):
            return self._qualified.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            base = self.qualified(node.value)
            return None if base is None else f"{base}.{node.attr}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "__import__":
            [module, *_] = [*node.args, None]
            if isinstance(module, ast.Constant) and isinstance(module.value, str):
                return module.value
        return None

    def local_name(self, qualified: str) -> str | None:
        """Return the shortest way to spell a library name with the file's own imports, or None."""
        for name, meaning in self._qualified.items():
            if meaning == qualified:
                return name
            if qualified.startswith(f"{meaning}."):
                return f"{name}{qualified[len(meaning) :]}"
        return None

    @cached_property
    def _plain_functions(self) -> frozenset[str]:
        return frozenset(
            node.name
            for node in self._module.body
            if isinstance(node, ast.FunctionDef)
            and not any(isinstance(n, _SEARCHES) for n in ast.walk(node))
        )

    def calls_plain(self, node: ast.Call) -> bool:
        """Tell whether a call is of a function of the file that computes without searching.

        Its answer is made of expressions that can be looked at one by one.
        """
        return isinstance(node.func, ast.Name) and node.func.id in self._plain_functions

    def understands(self, node: ast.Call) -> bool:
        """Tell whether a call is one that path code makes, to a function without side effects."""
        name = self.qualified(node.func)
        return name in self._functions or (
            isinstance(node.func, ast.Attribute)
            and (node.func.attr in self._methods or node.func.attr in STRING_METHODS)
        )

    def _value_Call(self, node: ast.Call, env: Environment) -> Value:
        if isinstance(node.func, ast.Name) and isinstance(env.get(node.func.id), LocalFunction):
            return self._call_local(env[node.func.id].node, node, env)
        name = self.qualified(node.func)
        if name == "next":
            return self._value_next(node, env)
        if name in ("inspect.getfile", "inspect.getsourcefile") and self.file is not None:
            return self.file
        if name in self._functions:
            return self._functions[name](*self._arguments(node, env))
        if isinstance(node.func, ast.Attribute):
            return self._call_method(node.func, node, env)
        raise Unknown("call")

    def _arguments(self, node: ast.Call, env: Environment) -> list[Value]:
        values = self._value_List(ast.List(node.args, ast.Load()), env)
        assert isinstance(values, list)
        return values

    def _call_method(self, func: ast.Attribute, node: ast.Call, env: Environment) -> Value:
        target = self.value(func.value, env)
        arguments = self._arguments(node, env)
        if isinstance(target, PurePosixPath) and func.attr in self._methods:
            return self._methods[func.attr](target, *arguments)
        if isinstance(target, str) and func.attr in STRING_METHODS:
            return getattr(target, func.attr)(*arguments)
        raise Unknown(func.attr)

    def _value_next(self, node: ast.Call, env: Environment) -> Value:
        first = node.args[0]
        if isinstance(first, ast.GeneratorExp):
            items = list(islice(self._generate(first, env), 1))
        else:
            items = self.value(first, env)
        if items:
            return items[0]
        if len(node.args) > 1:
            return self.value(node.args[1], env)
        raise Unknown("nothing found")

    def _call_local(self, function: ast.FunctionDef, node: ast.Call, env: Environment) -> Value:
        parameters = [*function.args.posonlyargs, *function.args.args]
        if self.depth > 10 or function.args.kwarg:
            raise Unknown("call")
        inner = Environment(env)
        defaults = function.args.defaults
        for parameter, default in zip(parameters[-len(defaults) :], defaults, strict=False):
            inner[parameter.arg] = self.value(default, env)
        given = self._arguments(node, env)
        for parameter, value in zip(parameters, given, strict=False):
            inner[parameter.arg] = value
        if function.args.vararg:
            inner[function.args.vararg.arg] = given[len(parameters) :]
        for keyword in node.keywords:
            if keyword.arg is None:
                raise Unknown("keywords")
            inner[keyword.arg] = self.value(keyword.value, env)
        observers, self.observers = self.observers, []
        self.depth += 1
        try:
            self.run(function.body, inner)
        except Returned as returned:
            return returned.value
        finally:
            self.depth -= 1
            self.observers = observers
        return None


def _asks_for_file(node: ast.Compare) -> bool:
    """Recognise ``"__file__" in globals()`` and its opposite."""
    return (
        isinstance(node.left, ast.Constant)
        and node.left.value == "__file__"
        and isinstance(node.ops[0], ast.In | ast.NotIn)
        and ast.unparse(node.comparators[0]) in ("globals()", "locals()", "vars()", "dir()")
    )


def attribute_of_self(node: ast.expr) -> bool:
    """Tell whether an expression is ``self.name``."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    )
