"""What settings modules assign, as far as apps are concerned: lists of strings, put together.

``INSTALLED_APPS`` is read in the ways in which settings are written: a list, sums of lists, lists
in lists, ``+=``, ``append``, ``extend``, ``insert``, star imports of other settings modules. What
cannot be told is left out; branches are read as if each were taken.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.python import ImportedName
from relayout.inventory.statements import bodies

APPS = "INSTALLED_APPS"

_DEPTH = 50
"""How deep lists may be put together."""


_MOST = 5000
"""How many strings of a list are read."""

_Lists: TypeAlias = "dict[str, list[str]]"


def strings_assigned(modules: ProjectModules, paths: Iterable[str], name: str) -> tuple[str, ...]:
    """Return the strings of a list that settings modules end up with, in order, each once."""
    reader = _Reader(modules)
    found = (reader.read(path).get(name, ()) for path in paths)
    return tuple(dict.fromkeys(text for texts in found for text in texts))


class _Reader:
    """Reads settings modules, each once."""

    def __init__(self, modules: ProjectModules) -> None:
        self._modules = modules
        self._known: dict[str, _Lists] = {}

    def read(self, path: str, above: frozenset[str] = frozenset()) -> _Lists:
        """Return the lists of strings that the names of a module stand for at its end.

        ``above`` are the modules that import it: what they import of each other is left out.
        """
        if path in self._known:
            return self._known[path]
        lists: _Lists = {}
        if path in above or len(above) > _DEPTH or path not in self._modules.python:
            return lists
        imports: dict[int, list[ImportedName]] = {}
        for imported in self._modules.imports(path):
            imports.setdefault(imported.line, []).append(imported)
        for statement in _statements(self._modules.parsed(path)):
            if isinstance(statement, ast.ImportFrom):
                for imported in imports.get(statement.lineno, ()):
                    self._take_import(lists, path, imported, above | {path})
            else:
                _take_statement(lists, statement)
        self._known[path] = lists
        return lists

    def _take_import(
        self, lists: _Lists, path: str, imported: ImportedName, above: frozenset[str]
    ) -> None:
        file = self._modules.file_of(path, imported)
        if file is None or imported.name is None:
            return
        found = self.read(file, above)
        if imported.name == "*":
            lists.update(found)
        elif imported.name in found:
            lists[imported.bound] = found[imported.name]


def _statements(module: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements of a module in order, also those in ``if`` and ``try``."""
    pending: list[ast.stmt] = list(reversed(module.body))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue  # a class may be a group of settings, as in django-configurations
        inner = [statement for body in bodies(node) for statement in body]
        pending.extend(reversed(inner))
        if not inner:
            yield node


def _take_statement(lists: _Lists, statement: ast.stmt) -> None:
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            if isinstance(target, ast.Name):
                lists[target.id] = _strings(statement.value, lists)
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        if isinstance(statement.target, ast.Name):
            lists[statement.target.id] = _strings(statement.value, lists)
    elif isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        known = lists.get(statement.target.id, [])
        lists[statement.target.id] = [*known, *_strings(statement.value, lists)][:_MOST]
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        _take_call(lists, statement.value)


def _take_call(lists: _Lists, call: ast.Call) -> None:
    function = call.func
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return
    change = _CHANGES.get(function.attr)
    if change is not None and call.args:
        known = lists.get(function.value.id, [])
        lists[function.value.id] = change(known, _strings(call.args[-1], lists))


_CHANGES: dict[str, Callable[[list[str], list[str]], list[str]]] = {
    "append": lambda known, new: [*known, *new],
    "extend": lambda known, new: [*known, *new],
    "insert": lambda known, new: [*new, *known],
    "remove": lambda known, gone: [text for text in known if text not in gone],
}


def _strings(node: ast.expr, lists: _Lists) -> list[str]:
    """Return the strings in a list that an expression makes, in order."""
    found: list[str] = []
    pending = [node]
    while pending and len(found) < _MOST:
        part = pending.pop()
        if isinstance(part, ast.Constant):
            found += [part.value] if isinstance(part.value, str) else []
        elif isinstance(part, ast.Name | ast.Attribute):
            found += lists.get(part.id if isinstance(part, ast.Name) else part.attr, [])
        elif isinstance(part, ast.List | ast.Tuple | ast.Set):
            pending.extend(reversed(part.elts))
        elif isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add):
            pending += [part.right, part.left]
        elif isinstance(part, ast.Starred):
            pending.append(part.value)
        elif isinstance(part, ast.IfExp):
            pending += [part.orelse, part.body]
        elif isinstance(part, ast.Call) and len(part.args) == 1:
            pending += part.args  # list(...), tuple(...), a function that passes them on
    return found[:_MOST]
