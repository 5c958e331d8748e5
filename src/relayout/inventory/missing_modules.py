"""Modules that are not there, in packages that are surely the repository's own.

A name of which the repository has the first part may still be that of an installed package. It is
not where some import leads into a folder of that name: a package is found in one place alone
(https://docs.python.org/3/reference/import.html#searching), and so are the packages in it. Nor is
it where only code in quarantine would find the module.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cached_property
from itertools import islice

from relayout.inventory.python import ImportedName
from relayout.inventory.search_paths import (
    Located,
    ModuleFinder,
    SearchPath,
    is_quarantined,
    module_stem,
    quarantine_above,
)
from relayout.notebook import read_source
from relayout.source import NotPython, nodes_of
from relayout.tree import Tree, ancestors

_BUILT = re.compile(r"^_?version$|_pb2(_grpc)?$")
"""Modules that a build writes: versions (setuptools-scm), and those of protocol buffers."""

_FINDS_BY_ITSELF = (b"__path__", b"sys.modules", b"__import__")
"""What a package says that looks for its modules in its own way."""


_CAUGHT = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
"""What is raised where an import fails, and what that is."""


class MissingModules:
    """Answers for one tree; ``imported`` are names of it, each with a file that it leads to."""

    def __init__(
        self, tree: Tree, finder: ModuleFinder, imported: Iterable[tuple[ImportedName, str]]
    ) -> None:
        self._tree = tree
        self._finder = finder
        self._imported = imported

    def lacks(self, path: str, name: ImportedName, searched: Iterable[SearchPath]) -> bool:
        """Tell whether a module that the file at ``path`` needs is surely not there.

        ``searched`` are the search paths that may hold for the file. A module whose absence the
        file expects is not needed.
        """
        is_missing = self._is_missing(path, name.module, searched)
        is_lost = is_missing or self._is_in_quarantine(path, name.module)
        return is_lost and not self._is_expected(path, name)

    def _is_in_quarantine(self, path: str, module: str) -> bool:
        """Tell whether code outside of quarantine names what only quarantined code finds."""
        if is_quarantined(path):
            return False
        found = (self._finder.find((top,), module) for top in self._quarantines)
        return any(located is not None and located.file is not None for located in found)

    @cached_property
    def _quarantines(self) -> frozenset[str]:
        tops = (quarantine_above(module) for module in self._tree.modules)
        return frozenset(top for top in tops if top is not None)

    def _is_expected(self, path: str, name: ImportedName) -> bool:
        """Tell whether a file goes on without an import that fails."""
        try:
            module = read_source(path, self._tree.read(path)).parse()
        except NotPython:
            return True
        return any(
            isinstance(inner, ast.Import | ast.ImportFrom) and inner.lineno == name.line
            for node in nodes_of(module)
            if (isinstance(node, ast.Try) and any(map(_catches, node.handlers)))
            or (isinstance(node, ast.With) and any(map(_suppresses, node.items)))
            for statement in node.body
            for inner in ast.walk(statement)
        )

    def _is_missing(self, path: str, module: str, searched: Iterable[SearchPath]) -> bool:
        top, *rest = module.split(".")
        for where in searched:
            around = self._finder.find((*where.before_library(), *where.after_library()), top)
            if around is None or around.file == path:
                continue
            in_ours = False
            for part in rest:
                inside = self._finder.submodule(around, part)
                if inside is None:
                    is_ours = in_ours or self._is_ours(around)
                    return is_ours and not self._may_yet_have(around, part)
                in_ours |= around.file is not None and self._is_ours(around)
                around = inside
            return False
        return False

    def _is_ours(self, package: Located) -> bool:
        return any(folder in self._reached for folder in package.package_folders)

    @cached_property
    def _reached(self) -> frozenset[str]:
        """The folders that imports name on their way to a file.

        ``import helpers`` names none, though ``airflow/dags/helpers.py`` stands in two.
        """
        return frozenset(
            folder for name, file in set(self._imported) for folder in _named_folders(name, file)
        )

    def _may_yet_have(self, package: Located, name: str) -> bool:
        """Tell whether a package may have a module that is no Python file of the tree."""
        if _BUILT.search(name):
            return True
        if any(f"{folder}/{name}" in self._stems for folder in package.package_folders):
            return True
        text = self._tree.read(package.file) if package.file is not None else b""
        return any(word in text for word in _FINDS_BY_ITSELF)

    @cached_property
    def _stems(self) -> frozenset[str]:
        """The paths of all files without what follows a dot: a module may be built from them."""
        places = (path.rpartition("/") for path in self._tree)
        return frozenset(f"{folder}/{name.partition('.')[0]}" for folder, _, name in places)


def _named_folders(name: ImportedName, file: str) -> Iterable[str]:
    """Yield the folders of a file that an import names; of a relative one, all of them."""
    if name.level:
        return ancestors(file)
    stem = module_stem(file).split("/")
    dotted = [*name.module.split("."), *([name.name] if name.name else [])]
    agreeing = (k for k in range(len(dotted), 0, -1) if stem[-k:] == dotted[:k])
    folders = next(agreeing, 0) - (0 if file.endswith("/__init__.py") else 1)
    return islice(ancestors(file), max(folders, 0))


def _catches(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler catches a failing import."""
    return handler.type is None or _names_caught(handler.type)


def _suppresses(item: ast.withitem) -> bool:
    """Tell whether ``contextlib.suppress`` swallows a failing import."""
    call = item.context_expr
    return isinstance(call, ast.Call) and any(map(_names_caught, call.args))


def _names_caught(expression: ast.expr) -> bool:
    parts = expression.elts if isinstance(expression, ast.Tuple) else [expression]
    return any(isinstance(part, ast.Name) and part.id in _CAUGHT for part in parts)
