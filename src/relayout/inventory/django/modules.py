"""The modules of one project as Django sees them: what each imports, and the classes it defines.

Dotted names are looked for in the folders that are on the search path when the project runs. A
file is parsed only when its classes or its code are asked for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from posixpath import dirname

from relayout.inventory.python import ImportedName, PythonFile
from relayout.inventory.search_paths import Located, ModuleFinder
from relayout.notebook import read_source
from relayout.source import NotPython
from relayout.tree import Tree, ancestors

_ANY = "*"
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")


@dataclass(frozen=True, slots=True)
class TreeName:
    """A name that a module of the tree has: the module's path, and the name, maybe empty."""

    path: str
    name: str


class ProjectModules:
    """Modules of a tree, seen from folders that dotted names are found from."""

    def __init__(
        self,
        tree: Tree,
        python: Mapping[str, PythonFile],
        finder: ModuleFinder,
        folders: Sequence[str],
    ) -> None:
        self.tree = tree
        self.python = python
        self.folders = tuple(dict.fromkeys(folders))
        self._finder = finder
        self._parsed: tuple[str, ast.Module] = ("", ast.Module([], []))
        self._imports: dict[str, tuple[ImportedName, ...]] = {}
        self._imported: dict[str, frozenset[str]] = {}
        self._bound: dict[str, dict[str, ImportedName]] = {}

    def find(self, dotted: str) -> Located | None:
        """Return where a dotted name leads when the project runs, or None."""
        return self._finder.find(self.folders, dotted)

    def module(self, dotted: str) -> str | None:
        """Return the path of the module of a dotted name, or None."""
        located = self.find(dotted)
        return located.file if located is not None else None

    def parsed(self, path: str) -> ast.Module:
        """Return the syntax tree of a file; an empty one if it cannot be read."""
        if path != self._parsed[0]:  # trees are large: only that of the file in hand is kept
            try:
                module = read_source(path, self.tree.read(path)).parse()
            except NotPython:
                module = ast.Module([], [])
            self._parsed = (path, module)
        return self._parsed[1]

    def imports(self, path: str) -> tuple[ImportedName, ...]:
        """Return the names that a file imports, in line order."""
        if path not in self._imports:
            self._imports[path] = self.python[path].imports
        return self._imports[path]

    def imported(self, path: str) -> frozenset[str]:
        """Return the files of the tree that a file imports."""
        if path not in self._imported:
            found = (self.file_of(path, name) for name in self.imports(path))
            self._imported[path] = frozenset(f for f in found if f is not None) - {path}
        return self._imported[path]

    def needed(self, path: str) -> frozenset[str]:
        """Return the files that a file imports, or names in strings as modules."""
        return self.imported(path) | self._named(path)

    def around(self, path: str) -> frozenset[str]:
        """Return the packages that importing a file runs."""
        markers = (f"{folder}/__init__.py" for folder in ancestors(path) if folder)
        return frozenset(marker for marker in markers if marker in self.python)

    def _named(self, path: str) -> frozenset[str]:
        """Return the modules whose dotted names are strings of a file."""
        texts = {text for _, text in self.python[path].named_files if _DOTTED.fullmatch(text)}
        found = (self.module(part) for text in texts for part in (text, text.rpartition(".")[0]))
        return frozenset(file for file in found if file is not None)

    def file_of(self, path: str, imported: ImportedName) -> str | None:
        """Return the file that an imported name is, or is in; None if it is not of the tree."""
        located = self._module_of(path, imported)
        if located is None:
            return None
        if imported.name not in (None, _ANY):
            submodule = self._finder.submodule(located, imported.name or "")
            if submodule is not None and submodule.file is not None:
                return submodule.file
        return located.file

    def meaning(self, path: str, dotted: str) -> TreeName | str | None:
        """Return what a dotted name stands for in a file.

        That is a name of a module of the tree, the full name of something outside of it, or None.
        """
        first, _, rest = dotted.partition(".")
        imported = self._bound_in(path).get(first)
        if imported is not None:
            return self._through_import(path, imported, rest)
        if first in self.python[path].defines:
            return TreeName(path, dotted)
        return self._through_star(path, dotted)

    def _module_of(self, path: str, imported: ImportedName) -> Located | None:
        if imported.level:
            return self._finder.relative(dirname(path), imported.level, imported.module)
        return self.find(imported.module) or self._finder.find((dirname(path),), imported.module)

    def is_imported(self, path: str, name: str) -> bool:
        """Tell whether a file binds a name by an import."""
        return name in self._bound_in(path)

    def _bound_in(self, path: str) -> dict[str, ImportedName]:
        """Return the imports of a file by the names that they bind; of two, the first."""
        if path not in self._bound:
            found = reversed([name for name in self.imports(path) if name.name != _ANY])
            self._bound[path] = {name.bound: name for name in found}
        return self._bound[path]

    def _through_import(self, path: str, imported: ImportedName, rest: str) -> TreeName | str:
        if imported.name is None and imported.bound == imported.module.partition(".")[0]:
            return self._from_top(imported.bound, rest)
        outside = f"{imported.module}.{imported.name}" if imported.name else imported.module
        located = self._module_of(path, imported)
        if located is None:
            return f"{outside}.{rest}" if rest else outside
        if imported.name is None:
            return self._within(located, rest)
        submodule = self._finder.submodule(located, imported.name)
        if submodule is not None and not self._has(located.file, imported.name):
            return self._within(submodule, rest)
        name = f"{imported.name}.{rest}" if rest else imported.name
        return TreeName(located.file, name) if located.file else outside

    def _has(self, path: str | None, name: str) -> bool:
        """Tell whether a package itself has a name that a submodule of it has too."""
        file = self.python.get(path or "")
        return file is not None and any(
            imported.bound == name and self.file_of(file.path, imported) != path
            for imported in self.imports(file.path)
            if imported.level != 1 or imported.module
        )

    def _within(self, located: Located, rest: str) -> TreeName:
        """Return what a dotted name is in a module: a name of it, or of a module below it."""
        while rest:
            first, _, more = rest.partition(".")
            submodule = self._finder.submodule(located, first)
            if submodule is None or self._has(located.file, first):
                break
            located, rest = submodule, more
        return TreeName(located.file or "", rest)

    def _from_top(self, top: str, rest: str) -> TreeName | str:
        """Return what ``a.b.C`` is after ``import a.b``."""
        located = self.find(top)
        if located is None:
            return f"{top}.{rest}" if rest else top
        return self._within(located, rest)

    def _through_star(self, path: str, dotted: str) -> TreeName | str | None:
        """Return what a name is that only ``from x import *`` can have brought."""
        for imported in self._stars(path):
            file = self.file_of(path, imported)
            if file is None and not imported.level and self.find(imported.module) is None:
                return f"{imported.module}.{dotted}"
            if file is not None and dotted.partition(".")[0] in self.python[file].defines:
                return TreeName(file, dotted)
        return None

    def _stars(self, path: str) -> Iterator[ImportedName]:
        """Yield the star imports of a file, those of modules of the tree first."""
        stars = [name for name in self.imports(path) if name.name == _ANY]
        yield from sorted(stars, key=lambda name: self.file_of(path, name) is None)
