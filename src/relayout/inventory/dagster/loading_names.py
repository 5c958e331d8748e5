"""What names of one file mean to Dagster: its own functions, and modules of the repository."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from posixpath import dirname

from relayout.inventory import Inventory
from relayout.inventory.python import ImportedName
from relayout.inventory.search_paths import Located
from relayout.source import dotted_name


def is_dagster_module(name: str) -> bool:
    """Tell whether a dotted name is Dagster itself, or a part of it."""
    return name == "dagster" or name.startswith("dagster.")


class LoadingNames:
    """Answers for the file at ``path``: what its imports bind, wherever in it they stand."""

    def __init__(self, path: str, inventory: Inventory) -> None:
        self._path = path
        self._inventory = inventory
        self.bound: dict[str, list[ImportedName]] = {}
        for statement in inventory.python[path].statements:
            for name in statement.imported_names():
                self.bound.setdefault(name.bound, []).append(name)

    def function(self, node: ast.expr) -> str:
        """Return what Dagster calls a function that an expression names; empty if it is not its."""
        dotted = dotted_name(node)
        first, _, rest = dotted.partition(".")
        for name in self.bound.get(first, ()):
            if name.level or not is_dagster_module(name.module):
                continue
            if name.name is None or rest:
                return rest.rpartition(".")[2]
            return name.name
        return ""

    def module(self, node: ast.expr) -> Located | None:
        """Return the module or package of the repository that an expression is, or None."""
        if self.is_own_module(node):
            return self.own
        text = self.imported_by_call(node)
        if text is not None:
            return self.named(text)
        first, *rest = dotted_name(node).split(".")
        found = {self._bound_module(name) for name in self.bound.get(first, ())}
        located = found.pop() if len(found) == 1 else None
        for part in rest:
            located = self._inventory.resolver.finder.submodule(located, part) if located else None
        return located

    def spelled(self, node: ast.expr) -> str | None:
        """Return the name by which an import in the file would ask for such a module, or None.

        It may begin with dots, as in ``from .name import``.
        """
        is_package = self._path.endswith("/__init__.py")
        if self.is_own_module(node) or (isinstance(node, ast.Name) and node.id == "__name__"):
            return "." if is_package else None
        text = self.imported_by_call(node) or self.text(node)
        if text is not None:
            return text
        first, *rest = dotted_name(node).split(".")
        found = {_spelling(name) for name in self.bound.get(first, ())}
        return ".".join([found.pop(), *rest]) if len(found) == 1 else None

    @property
    def own(self) -> Located:
        """The module or package that the file itself is."""
        return Located(self._path)

    def is_own_module(self, node: ast.expr) -> bool:
        """Tell whether an expression is ``sys.modules[__name__]``."""
        return (
            isinstance(node, ast.Subscript)
            and dotted_name(node.value) in ("sys.modules", "modules")
            and isinstance(node.slice, ast.Name)
            and node.slice.id == "__name__"
        )

    def imported_by_call(self, node: ast.expr) -> str | None:
        """Return the name that ``importlib.import_module`` is given, or None for other code."""
        if not isinstance(node, ast.Call) or len(node.args) != 1:
            return None
        called = dotted_name(node.func).rpartition(".")[2]
        return self.text(node.args[0]) if called == "import_module" else None

    def text(self, node: ast.expr) -> str | None:
        """Return the name of a module that an expression is: a string, or the file's own name."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        if isinstance(node, ast.Name) and node.id in ("__name__", "__package__"):
            wanted = self._path
            if node.id == "__package__" and not wanted.endswith("/__init__.py"):
                wanted = f"{dirname(wanted)}/__init__.py"
            return self._dotted(wanted)
        return None

    def named(self, dotted: str) -> Located | None:
        """Return the module that a dotted name leads to, from this file or from the roots."""
        resolver = self._inventory.resolver
        name = ImportedName(dotted, 0, None, 0, "")
        resolution = resolver.resolve(self._path, name)
        if resolution.works:
            return resolution.module
        return resolver.finder.find(resolver.roots, dotted)

    def _dotted(self, path: str) -> str | None:
        resolver = self._inventory.resolver
        for dotted in _endings(path):
            if resolver.finder.find(resolver.roots, dotted) == Located(path):
                return dotted
        return None

    def _bound_module(self, name: ImportedName) -> Located | None:
        """Return the module that an import binds its name to; ``import a.b`` binds ``a``."""
        wanted = name
        if name.name is None and name.module.startswith(f"{name.bound}."):
            wanted = name._replace(module=name.bound)
        resolution = self._inventory.resolver.resolve(self._path, wanted)
        if not resolution.works:
            return None
        return resolution.module if name.name is None else resolution.submodule


def _spelling(name: ImportedName) -> str:
    """Return what the name that an import binds is called in full."""
    base = "." * name.level + name.module
    if name.name is not None:
        return f"{base}{name.name}" if base.endswith(".") else f"{base}.{name.name}"
    return name.bound if base.startswith(f"{name.bound}.") else base


def _endings(path: str) -> Iterator[str]:
    """Yield the dotted names that the module at a path may have, the longest first."""
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    for start in range(len(parts)):
        if all(part.isidentifier() for part in parts[start:]):
            yield ".".join(parts[start:])
