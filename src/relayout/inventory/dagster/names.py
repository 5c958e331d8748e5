"""What the names of a module stand for: names of other modules, or of something outside.

Imports, re-exports and aliases (``my_asset = dg.asset``) are followed to where a name is made.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import NamedTuple

from relayout.inventory.dagster.bindings import Binding, ModuleBindings, bindings_of
from relayout.inventory.dagster.vocabulary import is_of_dagster
from relayout.inventory.python import ImportedName, PythonFile
from relayout.inventory.resolution import Resolver
from relayout.inventory.search_paths import Located
from relayout.notebook import is_notebook, read_source
from relayout.source import NotPython, dotted_name
from relayout.tree import Tree

_STEPS = 40
"""How many imports and aliases are followed for one name."""

_STARS = 8
"""How many modules deep ``from x import *`` is followed."""

_NOTHING = ModuleBindings((), {}, ())


class Place(NamedTuple):
    """A name that a module of the tree makes, and attributes of it; maybe the module itself."""

    path: str
    name: str
    rest: str = ""


class Names:
    """The names of a tree's modules. A module is parsed when it is first asked for."""

    def __init__(self, tree: Tree, python: Mapping[str, PythonFile], resolver: Resolver) -> None:
        self._tree = tree
        self._python = python
        self._resolver = resolver
        self._bindings: dict[str, ModuleBindings] = {}
        self._meanings: dict[tuple[str, str], Place | str | None] = {}
        self._star_imports: dict[str, list[ImportedName]] = {}
        self._imports: dict[str, dict[str, ImportedName]] = {}

    def bindings(self, path: str) -> ModuleBindings:
        """Return what a module binds; nothing if it cannot be read."""
        if path not in self._bindings:
            found = _NOTHING
            if path in self._python and not is_notebook(path):
                try:
                    found = bindings_of(read_source(path, self._tree.read(path)).parse())
                except NotPython:
                    found = _NOTHING
            self._bindings[path] = found
        return self._bindings[path]

    def binding(self, place: Place) -> Binding | None:
        """Return what binds the name of a place, or None."""
        return self.bindings(place.path).by_name.get(place.name)

    def meaning(self, path: str, expression: ast.expr | str) -> Place | str | None:
        """Return what a name, or an attribute of one, stands for in a module.

        That is a place where a module of the tree makes it, the full name of something outside, or
        None. Aliases are followed, but not what is called.
        """
        name = expression if isinstance(expression, str) else dotted_name(expression)
        if not name:
            return None
        if (path, name) not in self._meanings:
            self._meanings[path, name] = self._follow(path, name)
        return self._meanings[path, name]

    def _follow(self, path: str, name: str) -> Place | str | None:
        seen: set[Place] = set()
        found = self._step(path, name)
        while isinstance(found, Place) and found not in seen and len(seen) < _STEPS:
            seen.add(found)
            further = self._further(found)
            if further is None:
                break
            found = further
        return found

    def _further(self, place: Place) -> Place | str | None:
        """Return what an imported name, or one that is set to a name, stands for; else None."""
        bindings = self.bindings(place.path)
        binding = bindings.by_name.get(place.name)
        if binding is None:
            if not place.name:
                return None
            dotted = f"{place.name}.{place.rest}" if place.rest else place.name
            found = self._step(place.path, dotted)
            return found if found != place else None
        if binding.value is None or bindings.times[place.name] > 1:
            return None
        alias = dotted_name(binding.value)
        if not alias or place.name in bindings.additions:
            return None
        return self._step(place.path, f"{alias}.{place.rest}" if place.rest else alias)

    def _step(self, path: str, name: str) -> Place | str | None:
        first, _, rest = name.partition(".")
        own = self.bindings(path).by_name.get(first)
        imported = self._imported(path).get(first)
        if own is not None and (own.always or imported is None):  # except ImportError: name = None
            return Place(path, first, rest)
        if imported is None:
            return self._through_star(path, name)
        return self._through_import(path, imported, rest)

    def _through_import(self, path: str, imported: ImportedName, rest: str) -> Place | str:
        outside = f"{imported.module}.{imported.name}" if imported.name else imported.module
        if imported.name is None and imported.bound == imported.module.partition(".")[0]:
            outside = imported.bound
        whole = f"{outside}.{rest}" if rest else outside
        resolution = self._resolver.resolve(path, imported)
        if not resolution.works:
            return whole
        if resolution.submodule is not None:
            return self._within(resolution.submodule, rest) or whole
        if resolution.module is None:
            return whole
        if imported.name is None:
            return self._in_module(imported, resolution.module, rest) or whole
        return Place(resolution.module.file or "", imported.name, rest)

    def _in_module(self, imported: ImportedName, module: Located, rest: str) -> Place | None:
        """Return what follows a module that ``import a.b`` or ``import a.b as c`` names."""
        below = imported.module.partition(".")[2]
        if imported.bound == imported.module.partition(".")[0] and below:
            if rest != below and not rest.startswith(f"{below}."):
                return None
            rest = rest[len(below) + 1 :]
        return self._within(module, rest)

    def _within(self, located: Located, rest: str) -> Place | None:
        """Return what a dotted name is in a module: a name of it, or of a module below it."""
        while True:
            first, _, more = rest.partition(".")
            own = located.file is not None and first in self.bindings(located.file).by_name
            submodule = self._resolver.finder.submodule(located, first) if first else None
            if own or submodule is None:
                break
            located, rest = submodule, more
        if located.file is None:
            return None
        return Place(located.file, first, more)

    def _through_star(
        self, path: str, name: str, seen: frozenset[str] = frozenset()
    ) -> Place | str | None:
        """Return what a name is that only ``from x import *`` can have brought.

        What Dagster may have comes after what modules of the tree are known to have.
        """
        first, _, rest = name.partition(".")
        outside: list[str] = []
        inside: list[str] = []
        for imported in self._stars(path):
            resolution = self._resolver.resolve(path, imported)
            file = resolution.module.file if resolution.works and resolution.module else None
            if file is not None and file in self._python and file != path:
                if first in self._python[file].defines:
                    return Place(file, first, rest)
                inside.append(file)
            elif not resolution.works and not imported.level:
                outside.append(f"{imported.module}.{name}")
        for file in inside:
            if file not in seen and len(seen) < _STARS:
                found = self._through_star(file, name, seen | {path})
                if found is not None:
                    return found
        return next(iter(sorted(outside, key=lambda o: not is_of_dagster(o))), None)

    def _stars(self, path: str) -> list[ImportedName]:
        if path not in self._star_imports:
            file = self._python.get(path)
            found = [name for name in (file.imports if file else ()) if name.name == "*"]
            self._star_imports[path] = found
        return self._star_imports[path]

    def _imported(self, path: str) -> dict[str, ImportedName]:
        """Return the imports of a file by the names that they bind: at the top level, if at all."""
        if path not in self._imports:
            found: dict[str, ImportedName] = {}
            file = self._python.get(path)
            at_top = set(self.bindings(path).imports)
            statements = file.statements if file is not None else ()
            for top in (False, True):
                for statement in statements:
                    if ((statement.line, statement.column) in at_top) is top:
                        found.update((n.bound, n) for n in statement.imported_names())
            found.pop("*", None)
            self._imports[path] = found
        return self._imports[path]
