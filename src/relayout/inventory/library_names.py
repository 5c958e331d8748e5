"""What the names of a file stand for in the libraries that it imports.

``P`` may stand for ``pathlib.Path``, ``search`` for ``sys.path``. Beside imports, names are
followed that a file gives to a module or to the search path once and for all: ``path = sys.path``,
``add = sys.path.append``, ``s = __import__("sys")``. A ``sys`` that is a variable, an argument or a
class anywhere in the file is not taken for the library's.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache

from relayout.inventory.assignments import times_bound
from relayout.source import nodes_of

_GIVEN_NAMES = frozenset({"os", "os.environ", "os.path", "sys", "sys.path", "site"})
"""What a file may give a name of its own to; methods of the search path as well."""

_MODULES = frozenset({"os", "site", "sys"})
"""Modules whose names a file may use for something else."""

_SEARCH_PATH = ("sys.path", "site.addsitedir", "os.environ", "os.putenv")

_MODULE_LOADERS = frozenset({"__import__", "importlib.import_module", "import_module"})


class LibraryNames:
    """The meanings of one file's names."""

    def __init__(self, meanings: Mapping[str, str], other: Collection[str] = ()) -> None:
        self._meanings = dict(meanings)
        self._other = other

    def qualified(self, node: ast.expr) -> str | None:
        """Return the full name that a name or attribute chain stands for, or None."""
        if isinstance(node, ast.Name):
            return None if node.id in self._other else self._meanings.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            base = self.qualified(node.value)
            return None if base is None else f"{base}.{node.attr}"
        if isinstance(node, ast.Call):
            return self._loaded(node)
        return None

    @cached_property
    def about_search_path(self) -> frozenset[str]:
        """The names by which the search path may be changed."""
        return frozenset(
            name for name, meaning in self._meanings.items() if meaning.startswith(_SEARCH_PATH)
        )

    def local_name(self, qualified: str) -> str | None:
        """Return the shortest way to spell a library name with the file's own imports, or None."""
        for name, meaning in self._meanings.items():
            if meaning == qualified:
                return name
            if qualified.startswith(f"{meaning}."):
                return f"{name}{qualified[len(meaning) :]}"
        return None

    def _loaded(self, call: ast.Call) -> str | None:
        """Return what ``__import__("sys")`` or ``getattr(sys, "path")`` stands for."""
        constants = [a.value for a in call.args if isinstance(a, ast.Constant)]
        if not constants or not isinstance(constants[0], str) or len(call.args) > 2:
            return None
        name = self.qualified(call.func)
        if name in _MODULE_LOADERS and len(call.args) == 1 and "." not in constants[0]:
            return constants[0]
        if name == "getattr" and len(call.args) == 2 and call.args[1] is not call.args[0]:
            base = self.qualified(call.args[0])
            return None if base is None else f"{base}.{constants[0]}"
        return None


@lru_cache(maxsize=2)
def library_names(module: ast.Module) -> LibraryNames:
    """Return what each imported name of a file stands for, and each name given to one of them."""
    meanings = imported_names(nodes_of(module))
    given: list[tuple[str, ast.expr]] = []
    other: set[str] = set()
    for node in nodes_of(module):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute | ast.Call):
            target = node.targets[0]
            if len(node.targets) == 1 and isinstance(target, ast.Name):
                given.append((target.id, node.value))
        other.update(_MODULES.intersection(_bound_otherwise(node)))
    names = LibraryNames(meanings)
    aliases = {name: names.qualified(value) or "" for name, value in given}
    aliases = {name: meaning for name, meaning in aliases.items() if _is_given_name(meaning)}
    listed = {name for name, meaning in meanings.items() if meaning == "sys.path"}
    if aliases or listed:
        bound = _times_bound(module)
        meanings.update({n: m for n, m in aliases.items() if bound[n] == 1})
        meanings = {n: m for n, m in meanings.items() if n not in listed or bound[n] == 1}
    return LibraryNames(meanings, other - aliases.keys())


def _bound_otherwise(node: ast.AST) -> tuple[str, ...]:
    """Return the name that a node binds, if it is no import."""
    if isinstance(node, ast.Name):
        return (node.id,) if isinstance(node.ctx, ast.Store) else ()
    if isinstance(node, ast.arg):
        return (node.arg,)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    return ()


def imported_names(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """Return the full name behind each name that an import among the nodes binds.

    Relative imports are of no library.
    """
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    return found


def _is_given_name(meaning: str) -> bool:
    return meaning in _GIVEN_NAMES or meaning.startswith("sys.path.")


def _times_bound(module: ast.Module) -> Counter[str]:
    """Return how often a file binds each name anew, anywhere in it."""
    bound = times_bound(nodes_of(module))
    for node in nodes_of(module):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            bound[node.target.id] -= 1  # the search path stays the list that it is
    return bound
