"""The values of expressions in code that computes paths, over a syntax tree alone."""

from __future__ import annotations

import ast
import operator
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from posixpath import dirname
from typing import Any, TypeGuard

from relayout.inventory.library_names import library_names
from relayout.inventory.path_values import (
    CURRENT_FOLDER,
    OLD_PYTHONPATH,
    OLD_SEARCH_PATH,
    PATH_ATTRIBUTES,
    PATH_CONSTANTS,
    ROOT,
    PathFilesystem,
    Unknown,
    Value,
    as_text,
    path_functions,
    path_methods,
)
from relayout.inventory.sphinx import is_sphinx_configuration
from relayout.notebook import is_notebook
from relayout.tree import Tree

MAX_STEPS = 20_000

_LONGEST = 100_000
"""A text or a list that has grown longer is no path, and no search path."""

_NOT_PLAIN = re.compile(r"%(?!%|s|\(\w+\)s)")
"""A place in a text to fill that takes more than the value as it is."""

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

_NOT_EVALUATED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)


class Environment(dict[str, Value]):
    """Names and their values; a name that was assigned something unknown is remembered so."""

    def forget(self, names: Iterable[str]) -> None:
        """Mark names as assigned to something unknown."""
        for name in names:
            self[name] = Unknown


class ExpressionEvaluator(ABC):
    """Evaluates expressions of one file that stands at ``path`` in ``tree``.

    A notebook has no ``__file__``, and is started in its own folder.
    """

    argument_is_file = False
    """Whether ``sys.argv[0]`` is taken to be the file: so it is where the file is started."""

    def __init__(self, module: ast.Module, path: str, tree: Tree) -> None:
        has_file = not is_notebook(path)
        starts_there = not has_file or is_sphinx_configuration(path, module)
        self.files = PathFilesystem(tree, dirname(path) if starts_there else "")
        self.functions = path_functions(self.files)
        self.methods = path_methods(self.files)
        self.names = library_names(module)
        self.module = module
        self.file = str(ROOT / path) if has_file else None
        self._steps = 0

    def begin(self) -> None:
        """Start counting steps anew, for another function of the file."""
        self._steps = 0

    def step(self) -> None:
        """Count a step, so that a loop cannot go on for ever. Raises Unknown."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise Unknown("too many steps")

    @abstractmethod
    def call(self, node: ast.Call, env: Environment) -> Value:
        """Return what a call gives. Raises Unknown."""

    def qualified(self, node: ast.expr) -> str | None:
        """Return the full name that a name or attribute chain stands for, or None."""
        return self.names.qualified(node)

    def local_name(self, qualified: str) -> str | None:
        """Return the shortest way to spell a library name with the file's own imports, or None."""
        return self.names.local_name(qualified)

    def current_folder(self, env: Environment) -> Value:
        """Return the current folder, an absolute path, or Unknown itself."""
        return env.get(CURRENT_FOLDER, self.files.start)

    def absolute(self, value: Value, env: Environment) -> PurePosixPath:
        """Return a path as seen from the current folder. Raises Unknown."""
        self.files.current = self.current_folder(env)
        return self.files.absolute(value)

    def value(self, node: ast.expr, env: Environment) -> Value:
        """Return the value of an expression. Raises Unknown."""
        self.step()
        handler = _HANDLERS.get(type(node))
        if handler is None:
            raise Unknown(type(node).__name__)
        try:
            return handler(self, node, env)
        except _NOT_EVALUATED as error:
            raise Unknown(str(error)) from None

    # -- expressions

    def _constant(self, node: ast.Constant, env: Environment) -> Value:
        return node.value

    def _name(self, node: ast.Name, env: Environment) -> Value:
        if node.id in env:
            if env[node.id] is Unknown:
                raise Unknown(node.id)
            return env[node.id]
        if node.id == "__file__" and self.file is not None:
            return self.file
        return self.named_constant(node)

    def named_constant(self, node: ast.expr) -> Value:
        """Return what a constant of a library stands for. Raises Unknown."""
        name = self.names.qualified(node)
        if name not in PATH_CONSTANTS:
            raise Unknown(name)
        return PATH_CONSTANTS[name]

    def _formatted_text(self, node: ast.JoinedStr, env: Environment) -> Value:
        return "".join(as_text(self.value(part, env)) for part in node.values)

    def _formatted_value(self, node: ast.FormattedValue, env: Environment) -> Value:
        if node.format_spec is not None or node.conversion not in (-1, ord("s")):
            raise Unknown("formatted")
        return self.value(node.value, env)

    def _binary(self, node: ast.BinOp, env: Environment) -> Value:
        left, right = self.value(node.left, env), self.value(node.right, env)
        if isinstance(node.op, ast.Div):
            if isinstance(left, PurePosixPath) or isinstance(right, PurePosixPath):
                return PurePosixPath(left) / right
        elif isinstance(node.op, ast.Add) and type(left) is type(right):
            if not isinstance(left, int) and len(left) + len(right) > _LONGEST:
                raise Unknown("longer than a path")
            return left + right
        elif isinstance(node.op, ast.Sub) and isinstance(left, int) and isinstance(right, int):
            return left - right
        elif isinstance(node.op, ast.Mod) and isinstance(left, str):
            return _percent(left, right, isinstance(node.right, ast.Tuple))
        raise Unknown("operator")

    def _boolean(self, node: ast.BoolOp, env: Environment) -> Value:
        wanted = isinstance(node.op, ast.Or)
        result: Value = not wanted
        for part in node.values:
            result = self.value(part, env)
            if bool(result) is wanted:
                return result
        return result

    def _unary(self, node: ast.UnaryOp, env: Environment) -> Value:
        operand = self.value(node.operand, env)
        if isinstance(node.op, ast.Not):
            return not operand
        if isinstance(node.op, ast.USub) and isinstance(operand, int):
            return -operand
        raise Unknown("operator")

    def _compare(self, node: ast.Compare, env: Environment) -> Value:
        if _asks_for_file(node):
            return (self.file is not None) is isinstance(node.ops[0], ast.In)
        left = self.value(node.left, env)
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            right = self.value(comparator, env)
            if left is OLD_SEARCH_PATH or right is OLD_SEARCH_PATH:
                raise Unknown("an entry of the old search path")
            if not _COMPARISONS[type(op)](left, right):
                return False
            left = right
        return True

    def _conditional(self, node: ast.IfExp, env: Environment) -> Value:
        return self.value(node.body if self.value(node.test, env) else node.orelse, env)

    def _list(self, node: ast.List | ast.Tuple | ast.Set, env: Environment) -> Value:
        return self.values(node.elts, env)

    def values(self, nodes: Iterable[ast.expr], env: Environment) -> list[Value]:
        """Return the values of a list's items. Raises Unknown."""
        items: list[Value] = []
        for item in nodes:
            if isinstance(item, ast.Starred):
                items.extend(self.value(item.value, env))
            else:
                items.append(self.value(item, env))
        return items

    def _dictionary(self, node: ast.Dict, env: Environment) -> Value:
        keys = [key for key in node.keys if key is not None]
        if len(keys) < len(node.values):
            raise Unknown("a merged dictionary")
        pairs = zip(keys, node.values, strict=True)
        return {self.value(key, env): self.value(value, env) for key, value in pairs}

    def _comprehension(self, node: _Comprehension, env: Environment) -> Value:
        return list(self.generate(node, env))

    def generate(self, node: _Comprehension, env: Environment) -> Iterator[Value]:
        """Yield what a comprehension gives, no further than it is asked for."""
        [generator] = node.generators
        for item in self.value(generator.iter, env):
            if item is OLD_SEARCH_PATH:
                # Which of the old entries pass does not matter: none is new.
                if ast.dump(node.elt) != ast.dump(ast.Name(_only_name(generator), ast.Load())):
                    raise Unknown("an entry of the old search path")
                yield item
                continue
            inner = Environment(env)
            bind(generator.target, item, inner)
            if all(self.value(condition, inner) for condition in generator.ifs):
                yield self.value(node.elt, inner)

    def _named(self, node: ast.NamedExpr, env: Environment) -> Value:
        env[node.target.id] = self.value(node.value, env)
        return env[node.target.id]

    def _subscript(self, node: ast.Subscript, env: Environment) -> Value:
        name = self.names.qualified(node.value)
        if name == "os.environ":
            return old_pythonpath([node.slice])
        if name == "sys.argv" and self.argument_is_file and _is(node.slice, 0):
            return self.own_file()
        frames = node.value.value if isinstance(node.value, ast.Subscript) else None
        if isinstance(frames, ast.Call) and self.names.qualified(frames.func) == "inspect.stack":
            return self.own_file()  # (https://docs.python.org/3/library/inspect.html#inspect.stack)
        items = self.value(node.value, env)
        if isinstance(node.slice, ast.Slice):
            bounds = (node.slice.lower, node.slice.upper, node.slice.step)
            limits = [None if bound is None else self.value(bound, env) for bound in bounds]
            if OLD_SEARCH_PATH in items and limits != [None, None, None]:
                raise Unknown("a part of the old search path")
            return items[slice(*limits)]
        item = items[self.value(node.slice, env)]
        if item is OLD_SEARCH_PATH:
            raise Unknown("an entry of the old search path")
        return item

    def _attribute(self, node: ast.Attribute, env: Environment) -> Value:
        if attribute_of_self(node):
            return self._name(ast.Name(f"self.{node.attr}", ast.Load()), env)
        if self.names.qualified(node) in PATH_CONSTANTS:
            return self.named_constant(node)
        if node.attr == "__file__" and _is_own_module(node.value, self.names.qualified):
            return self.own_file()
        value = self.value(node.value, env)
        if isinstance(value, PurePosixPath) and node.attr in PATH_ATTRIBUTES:
            return PATH_ATTRIBUTES[node.attr](value)
        raise Unknown(node.attr)

    def own_file(self) -> str:
        """Return the file's own path. Raises Unknown for a notebook."""
        if self.file is None:
            raise Unknown("a notebook has no file")
        return self.file


_Comprehension = ast.GeneratorExp | ast.ListComp | ast.SetComp

_HANDLERS: dict[type[ast.expr], Callable[[ExpressionEvaluator, Any, Environment], Value]] = {
    ast.Attribute: ExpressionEvaluator._attribute,
    ast.BinOp: ExpressionEvaluator._binary,
    ast.BoolOp: ExpressionEvaluator._boolean,
    ast.Call: lambda evaluator, node, env: evaluator.call(node, env),
    ast.Compare: ExpressionEvaluator._compare,
    ast.Constant: ExpressionEvaluator._constant,
    ast.Dict: ExpressionEvaluator._dictionary,
    ast.FormattedValue: ExpressionEvaluator._formatted_value,
    ast.GeneratorExp: ExpressionEvaluator._comprehension,
    ast.IfExp: ExpressionEvaluator._conditional,
    ast.JoinedStr: ExpressionEvaluator._formatted_text,
    ast.List: ExpressionEvaluator._list,
    ast.ListComp: ExpressionEvaluator._comprehension,
    ast.Name: ExpressionEvaluator._name,
    ast.NamedExpr: ExpressionEvaluator._named,
    ast.Set: ExpressionEvaluator._list,
    ast.SetComp: ExpressionEvaluator._comprehension,
    ast.Subscript: ExpressionEvaluator._subscript,
    ast.Tuple: ExpressionEvaluator._list,
    ast.UnaryOp: ExpressionEvaluator._unary,
}


def bind(target: ast.expr, value: Value, env: Environment) -> None:
    """Give the names of an assignment's target their values. Raises Unknown."""
    if isinstance(target, ast.Name):
        env[target.id] = value
    elif attribute_of_self(target):
        env[f"self.{target.attr}"] = value
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, list | tuple):
        if len(target.elts) != len(value) or OLD_SEARCH_PATH in value:
            raise Unknown("another number of values")
        for part, item in zip(target.elts, value, strict=True):
            bind(part, item, env)
    else:
        raise Unknown("target")


def _asks_for_file(node: ast.Compare) -> bool:
    """Recognise ``"__file__" in globals()`` and its opposite."""
    return (
        isinstance(node.left, ast.Constant)
        and node.left.value == "__file__"
        and isinstance(node.ops[0], ast.In | ast.NotIn)
        and ast.unparse(node.comparators[0]) in ("globals()", "locals()", "vars()", "dir()")
    )


def attribute_of_self(node: ast.expr) -> TypeGuard[ast.Attribute]:
    """Tell whether an expression is ``self.name``."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    )


def old_pythonpath(names: Iterable[ast.expr]) -> Value:
    """Return what stands for an environment variable; only the search path is of interest."""
    if any(_is(name, "PYTHONPATH") for name in names):
        return OLD_PYTHONPATH
    raise Unknown("the environment")


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def _is_own_module(node: ast.expr, qualified: Callable[[ast.expr], str | None]) -> bool:
    """Recognise ``sys.modules[__name__]``."""
    return (
        isinstance(node, ast.Subscript)
        and qualified(node.value) == "sys.modules"
        and isinstance(node.slice, ast.Name)
        and node.slice.id == "__name__"
    )


def _only_name(generator: ast.comprehension) -> str:
    return generator.target.id if isinstance(generator.target, ast.Name) else ""


def _percent(text: str, value: Value, is_tuple: bool) -> str:
    """Return a text with its ``%s`` filled in (a list stands for a tuple as well)."""
    if _NOT_PLAIN.search(text):
        raise Unknown("formatted")
    if isinstance(value, dict):
        return text % {key: as_text(item) for key, item in value.items()}
    if is_tuple:
        return text % tuple(as_text(item) for item in value)
    return text % as_text(value)
