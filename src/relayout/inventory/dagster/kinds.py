"""What an expression, a function or a class of a Dagster project is: the kind of definition.

Nothing is run: names are followed to Dagster's own, through aliases, base classes, functions of
the repository and what they return.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from relayout.inventory.dagster.bindings import Binding, Function
from relayout.inventory.dagster.names import Names, Place
from relayout.inventory.dagster.vocabulary import (
    BECOMING,
    KEEPING,
    Thing,
    joined,
    thing_of,
)
from relayout.inventory.statements import bodies
from relayout.source import dotted_name, last_name

_DEPTH = 24
"""How deep expressions, calls and base classes are followed."""

_STEPS = 20_000
"""How many expressions are looked at for one name of a module."""

_INSTANTIATED = frozenset({"resource", "io_manager", "partitions", "config", "class"})
_COLLECTING = frozenset({"list", "tuple", "set", "frozenset", "sorted", "reversed", "filter"})
_PARTIAL = frozenset({"functools.partial", "partial"})

Local = Mapping[str, "Function | ast.expr | None"]
"""What names stand for inside of a function or a comprehension; None if that is not known."""

_NO_NAMES: Local = {}


class Kinds:
    """Tells what things of a tree are. Answers are remembered by the name that is asked for."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._places: dict[Place, Thing | None] = {}
        self._open: set[Place] = set()
        self._depth = 0
        self._steps = 0
        self._is_cut = False

    # -- what a module binds

    def of_binding(self, path: str, binding: Binding) -> Thing | None:
        """Return what a module binds by a statement, or None for what is nothing of Dagster's."""
        if isinstance(binding.statement, Function):
            return self.of_function(path, binding.statement)
        if isinstance(binding.statement, ast.ClassDef):
            kind = self.of_class(path, binding.statement)
            return Thing(kind, 1) if kind != "class" else None
        found = [] if binding.value is None else [self.of(path, binding.value)]
        added = self._names.bindings(path).additions.get(binding.name, ())
        if added:
            if isinstance(binding.value, ast.List | ast.Set | ast.Dict | ast.Call | ast.Tuple):
                found = [] if found == [None] and _is_empty(binding.value) else found
            found += [self.of(path, value) for value in added]
        return joined(found)

    def of_place(self, place: Place) -> Thing | None:
        """Return what a name of a module is; for an attribute of it, what that gives."""
        if place not in self._places:
            if place in self._open:
                return None
            was_cut, self._is_cut = self._is_cut, False
            self._open.add(place)
            try:
                found = self._of_place(place)
            finally:
                self._open.discard(place)
            if self._is_cut:  # asked for by itself, it may well be told
                return found
            self._is_cut = was_cut
            self._places[place] = found
        return self._places[place]

    def _of_place(self, place: Place) -> Thing | None:
        binding = self._names.binding(place)
        if binding is None:
            return None
        if not place.rest:
            return self.of_binding(place.path, binding)
        if isinstance(binding.statement, ast.ClassDef):
            return self._of_class_attribute(place.path, binding.statement, place.rest)
        made = self.of_binding(place.path, Binding(binding.name, binding.statement, binding.value))
        if made is not None and not made.calls:
            return _of_method(made, place.rest)
        if isinstance(binding.value, ast.Call):
            return self._of_attribute_of(place.path, binding.value, place.rest, _NO_NAMES)
        return None

    # -- functions and classes

    def of_function(self, path: str, function: Function, local: Local = _NO_NAMES) -> Thing | None:
        """Return what a function is, by its decorators; undecorated, what calling it gives."""
        for decorator in function.decorator_list:
            thing = self.of(path, decorator, local)
            if thing is not None:
                return Thing(thing.kind)
        result = self._result(path, function, local)
        return Thing(result.kind, result.calls + 1) if result is not None else None

    def of_class(self, path: str, node: ast.ClassDef) -> str:
        """Return the kind of a class by its bases, through all classes of the tree."""
        kinds = set()
        for base in node.bases:
            thing = self.of(path, base.value if isinstance(base, ast.Subscript) else base)
            if thing is not None and thing.kind in _INSTANTIATED:
                kinds.add(thing.kind)
        order = ("io_manager", "resource", "partitions", "config")
        return next((kind for kind in order if kind in kinds), "class")

    def _of_class_attribute(self, path: str, node: ast.ClassDef, name: str) -> Thing | None:
        """Return what a method of a class gives; a class of resources makes such by its methods."""
        for statement in node.body:
            if isinstance(statement, Function) and statement.name == name:
                thing = self.of_function(path, statement)
                if thing is not None:
                    return thing
        kind = self.of_class(path, node)
        return Thing(kind, 1) if kind in ("resource", "io_manager") else None

    def _result(self, path: str, function: Function, outer: Local) -> Thing | None:
        """Return what calling a function gives: by its annotation, else by what it returns."""
        if function.returns is not None:
            annotated = self.of_annotation(path, function.returns)
            if annotated is not None:
                return Thing(annotated)
        local = {**outer, **_local_names(function)}
        values = [value for value in given_by(function) if not _is_none(value)]
        return joined([self.of(path, value, local) for value in values])

    def of_annotation(self, path: str, annotation: ast.expr) -> str | None:
        """Return the kind of what an annotation says, or of the elements of what it says."""
        node: ast.expr | None = annotation
        for _ in range(_DEPTH):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node = _parsed(node.value)
            if isinstance(node, ast.Subscript):
                thing = self.of(path, node.value)
                if thing is not None:
                    return thing.kind
                if last_name(node.value) in ("Callable", "Type", "type"):
                    return None
                node = node.slice
            elif isinstance(node, ast.Tuple) and node.elts:
                last = node.elts[-1]
                is_open = isinstance(last, ast.Constant) and last.value is Ellipsis
                node = node.elts[0] if is_open else last
            elif isinstance(node, ast.BinOp):
                node = node.right if _is_none(node.left) else node.left
            else:
                break
        if not isinstance(node, ast.Name | ast.Attribute):
            return None
        thing = self.of(path, node)
        return thing.kind if thing is not None and thing.calls == 1 else None

    # -- expressions

    def of(self, path: str, node: ast.expr, local: Local = _NO_NAMES) -> Thing | None:
        """Return what an expression of a module is, or None."""
        if not self._depth:
            self._steps, self._is_cut = 0, False
        self._steps += 1
        if self._depth >= _DEPTH or self._steps > _STEPS:
            self._is_cut = True
            return None
        self._depth += 1
        try:
            return self._of(path, node, local)
        finally:
            self._depth -= 1

    def _of(self, path: str, node: ast.expr, local: Local) -> Thing | None:
        if isinstance(node, ast.Name | ast.Attribute):
            return self._of_name(path, node, local)
        if isinstance(node, ast.Call):
            return self._of_call(path, node, local)
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            return joined([self.of(path, element, local) for element in node.elts])
        if isinstance(node, ast.Dict):
            return self._of_dict(path, node, local)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            return self.of(path, node.elt, {**local, **loop_names(node.generators)})
        if isinstance(node, ast.DictComp):
            return self.of(path, node.value, {**local, **loop_names(node.generators)})
        if isinstance(node, ast.Starred | ast.Subscript):
            return self.of(path, node.value, local)
        if isinstance(node, ast.IfExp):
            return joined([self.of(path, part, local) for part in (node.body, node.orelse)])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.BitOr):
            return joined([self.of(path, part, local) for part in _summands(node)])
        return None

    def _of_dict(self, path: str, node: ast.Dict, local: Local) -> Thing | None:
        """Return what the values are; beside a resource, what is not known may well be one."""
        things = [self.of(path, value, local) for value in node.values]
        known = joined([thing for thing in things if thing is not None])
        if known is not None and known.kind in ("resource", "io_manager"):
            return known
        return joined(things)

    def _of_name(self, path: str, node: ast.expr, local: Local) -> Thing | None:
        name = dotted_name(node)
        first, _, rest = name.partition(".")
        if name and first in local:
            return self._of_local(path, first, rest, local)
        meaning = self._names.meaning(path, name) if name else None
        if isinstance(meaning, str):
            return thing_of(meaning)
        if meaning is not None:
            return self.of_place(meaning)
        if isinstance(node, ast.Attribute) and not name:
            return self._of_attribute_of(path, node.value, node.attr, local)
        return None

    def _of_local(self, path: str, first: str, rest: str, local: Local) -> Thing | None:
        known = local[first]
        others = {name: value for name, value in local.items() if name != first}
        if isinstance(known, Function):
            thing = self.of_function(path, known, others)
        else:
            thing = None if known is None else self.of(path, known, others)
        return thing if thing is None or not rest else _of_method(thing, rest)

    def _of_attribute_of(self, path: str, value: ast.expr, name: str, local: Local) -> Thing | None:
        """Return what an attribute of an expression is: a method of a definition, or of a class."""
        if isinstance(value, ast.Call) and (called := dotted_name(value.func)):
            place = self._names.meaning(path, called) if called not in local else None
            binding = self._names.binding(place) if isinstance(place, Place) else None
            if isinstance(place, Place) and binding is not None and not place.rest:
                if isinstance(binding.statement, ast.ClassDef):
                    found = self._of_class_attribute(place.path, binding.statement, name)
                    if (
                        found is not None
                        and self.of_class(place.path, binding.statement) == "class"
                    ):
                        return found
        thing = self.of(path, value, local)
        return _of_method(thing, name) if thing is not None and not thing.calls else None

    def _of_call(self, path: str, node: ast.Call, local: Local) -> Thing | None:
        function = node.func
        name = dotted_name(function)
        meaning = self._names.meaning(path, name) if name and name not in local else None
        if meaning in _PARTIAL and node.args:
            return self.of(path, node.args[0], local)
        if meaning is None and name in _COLLECTING and node.args:
            return self.of(path, node.args[-1], local)
        if meaning is None and name == "map" and len(node.args) > 1:
            return _called(self.of(path, node.args[0], local), True)
        if meaning is None and name == "dict":
            values = [self.of(path, keyword.value, local) for keyword in node.keywords]
            return joined(values)
        if isinstance(meaning, str) and meaning.endswith(".with_resources") and node.args:
            return self.of(path, node.args[0], local)
        decorates = bool(node.args) and not _is_text(node.args[0])
        return _called(self.of(path, function, local), decorates)


def _called(thing: Thing | None, decorates: bool) -> Thing | None:
    if thing is None:
        return None
    if thing.calls == 2 and decorates:
        return Thing(thing.kind)
    return Thing(thing.kind, max(thing.calls - 1, 0))


def _of_method(thing: Thing, name: str) -> Thing | None:
    if name in BECOMING:
        return Thing(BECOMING[name], 1)
    return Thing(thing.kind, 1) if name in KEEPING else None


def _summands(node: ast.expr) -> list[ast.expr]:
    """Return what a sum is of, whatever their number."""
    found: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.BitOr):
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_empty(node: ast.expr) -> bool:
    if isinstance(node, ast.Dict):
        return not node.keys
    if isinstance(node, ast.Call):
        return not node.args and not node.keywords
    return not getattr(node, "elts", True)


def _parsed(text: str) -> ast.expr | None:
    """Return the expression of an annotation that is a string, or None."""
    if len(text) > 300:
        return None
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def loop_names(generators: Iterable[ast.comprehension]) -> dict[str, None]:
    """Return the names that a comprehension binds, of which nothing is known."""
    return {
        node.id: None
        for generator in generators
        for node in ast.walk(generator.target)
        if isinstance(node, ast.Name)
    }


def own_statements(function: Function) -> Iterator[ast.stmt]:
    """Yield the statements of a function, not those of the functions inside it."""
    pending: list[ast.stmt] = list(reversed(function.body))
    while pending:
        statement = pending.pop()
        yield statement
        if not isinstance(statement, Function | ast.ClassDef):
            for body in bodies(statement):
                pending.extend(reversed(body))


def given_by(function: Function) -> Iterator[ast.expr]:
    """Yield what a function returns or yields."""
    for statement in own_statements(function):
        value = statement.value if isinstance(statement, ast.Return | ast.Expr) else None
        if isinstance(statement, ast.Expr):
            value = value.value if isinstance(value, ast.Yield | ast.YieldFrom) else None
        if value is not None:
            yield value


def _local_names(function: Function) -> dict[str, Function | ast.expr | None]:
    """Return what the names of a function stand for; a name that is bound twice is not known."""
    arguments = function.args
    every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    found: dict[str, Function | ast.expr | None] = {a.arg: None for a in every}
    for statement in own_statements(function):
        names: list[tuple[str, Function | ast.expr | None]] = []
        if isinstance(statement, Function):
            names = [(statement.name, statement)]
        elif isinstance(statement, ast.Assign):
            targets = [target.id for target in statement.targets if isinstance(target, ast.Name)]
            names = [(target, statement.value) for target in targets]
        for name, value in names:
            found[name] = None if name in found else value
    return found
