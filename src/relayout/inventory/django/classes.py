"""Which classes of Django, and of other libraries, the classes of a project derive from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from relayout.inventory.django.modules import ProjectModules, TreeName
from relayout.inventory.statements import bodies
from relayout.source import dotted_name

_METACLASS_CALLS = frozenset({"with_metaclass", "six.with_metaclass"})

_CLASS = re.compile(rb"\bclass\s")

_STEPS = 200
"""How many names are followed for the bases of one class."""


@dataclass(frozen=True, slots=True)
class DefinedClass:
    """A class as its module defines it.

    ``bases`` and ``called`` (what is called to make attributes) are names as they are written
    there; ``texts`` are the attributes that are strings.
    """

    bases: tuple[str, ...]
    called: tuple[str, ...]
    texts: Mapping[str, str]


class Classes:
    """The classes of a project's modules."""

    def __init__(self, modules: ProjectModules) -> None:
        self._modules = modules
        self._defined: dict[str, dict[str, DefinedClass]] = {}
        self._aliases: dict[str, dict[str, str]] = {}
        self._known: dict[TreeName, frozenset[str]] = {}

    def defined(self, path: str) -> dict[str, DefinedClass]:
        """Return the classes that a module defines outside of functions, by name."""
        if path not in self._defined:
            self._defined[path] = dict(self._read(path))
        return self._defined[path]

    def _read(self, path: str) -> Iterator[tuple[str, DefinedClass]]:
        if _CLASS.search(self._modules.tree.read(path)) is not None:
            for node in _class_statements(self._modules.parsed(path)):
                yield (
                    node.name,
                    DefinedClass(tuple(_bases(node)), tuple(_called(node)), dict(_texts(node))),
                )

    def origins(self, path: str, name: str) -> frozenset[str]:
        """Return the full names outside of the tree that a name, or the bases of its class, have.

        Bases are followed through all modules of the tree. A name that is no class of the tree has
        no origins, but for one that stands for something outside.
        """
        start = TreeName(path, name)
        if start not in self._known:
            self._known[start] = frozenset(self._follow(start))
        return self._known[start]

    def outside(self, path: str, name: str | ast.expr) -> str | None:
        """Return the full name outside of the tree that a name or expression of a file has."""
        dotted = name if isinstance(name, str) else dotted_name(name)
        meaning = self._modules.meaning(path, dotted) if dotted else None
        return meaning if isinstance(meaning, str) else None

    def _follow(self, start: TreeName) -> Iterator[str]:
        pending = [start]
        seen = set(pending)
        while pending and len(seen) < _STEPS:
            for meaning in self._step(pending.pop()):
                if isinstance(meaning, str):
                    yield meaning
                elif meaning in self._known:
                    yield from self._known[meaning]
                elif meaning not in seen:
                    seen.add(meaning)
                    pending.append(meaning)

    def _step(self, place: TreeName) -> Iterator[TreeName | str]:
        """Yield what a name leads to: the bases of its class, or what it is imported or set to."""
        if place.path not in self._modules.python:
            return
        defined = self.defined(place.path).get(place.name)
        names = defined.bases if defined is not None else self._other_names(place)
        for name in names:
            meaning = self._modules.meaning(place.path, name)
            if meaning is not None and meaning != place:
                yield meaning

    def _other_names(self, place: TreeName) -> tuple[str, ...]:
        """Return the names that a name that is no class may stand for, in its module."""
        if self._modules.is_imported(place.path, place.name):
            return (place.name,)
        if place.path not in self._aliases:
            self._aliases[place.path] = dict(_aliases(self._modules.parsed(place.path)))
        return (self._aliases[place.path].get(place.name, place.name),)


def _aliases(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the names that a module gives to names, and those names."""
    for statement in module.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], dotted_name(statement.value)
            if isinstance(target, ast.Name) and value:
                yield target.id, value


def _class_statements(module: ast.Module) -> Iterator[ast.ClassDef]:
    pending: list[ast.stmt] = list(reversed(module.body))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.ClassDef):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for body in bodies(node):
                pending.extend(reversed(body))


def _bases(node: ast.ClassDef) -> Iterator[str]:
    for base in node.bases:
        if isinstance(base, ast.Call) and dotted_name(base.func) in _METACLASS_CALLS:
            yield from filter(None, map(dotted_name, base.args))
        elif dotted := dotted_name(base.value if isinstance(base, ast.Subscript) else base):
            yield dotted


def _called(node: ast.ClassDef) -> Iterator[str]:
    """Yield what the body of a class calls to make its attributes, as it is written."""
    for statement in node.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            if isinstance(statement.value, ast.Call) and (
                name := dotted_name(statement.value.func)
            ):
                yield name


def _texts(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            for target in statement.targets:
                if isinstance(target, ast.Name) and isinstance(statement.value.value, str):
                    yield target.id, statement.value.value
