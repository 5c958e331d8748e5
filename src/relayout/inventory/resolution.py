"""Which files each import of a repository means.

An import is looked for on the importing file's own search path first. What is not found there may
still be found on the search path of the program that imports the file: the path hacks of importers
(and of ``conftest.py`` and ``__init__.py`` above) reach the modules that they import; after them
counts what configuration sets. Where importers disagree, the import is ambiguous and every
candidate is kept.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from posixpath import dirname

from relayout.inventory.configured_paths import ConfiguredPath
from relayout.inventory.configured_search import ConfiguredSearch
from relayout.inventory.python import ImportedName, ImportStatement, PythonFile
from relayout.inventory.search_paths import (
    Located,
    ModuleFinder,
    SearchPath,
    is_standard_library,
    search_path,
)
from relayout.source import NotPython, Source, nodes_of
from relayout.tree import Tree, ancestors


class Status(Enum):
    """How an import stands."""

    RESOLVED = "resolved"
    REPAIRED = "repaired"
    """It did not resolve, but exactly one module of the repository can be meant."""
    EXTERNAL = "external"
    """It names the standard library, a dependency, or something the repository does not have."""
    BROKEN = "broken"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What an imported name means: its module or package, and the submodule the name is, if any.

    ``files`` are the repository's files that the import needs, the one that it is for first.
    """

    status: Status
    module: Located | None = None
    submodule: Located | None = None
    candidates: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def works(self) -> bool:
        """Whether the import leads to files of the repository, repaired or not."""
        return self.status in (Status.RESOLVED, Status.REPAIRED)


@lru_cache(maxsize=65_536)
def resolution_to(
    module: Located | None, submodule: Located | None, status: Status = Status.RESOLVED
) -> Resolution:
    """Return a resolution that leads somewhere; the same one for the same places."""
    parts = [part.file for part in (submodule, module) if part is not None]
    files = tuple(dict.fromkeys(file for file in parts if file is not None))
    return Resolution(status, module, submodule, (), files)


EXTERNAL = Resolution(Status.EXTERNAL)
_BROKEN = Resolution(Status.BROKEN)
_ROUNDS = 10
"""How far search paths are handed down from importer to imported."""


class Resolver:
    """Resolves the imports of every file of a tree."""

    def __init__(
        self,
        tree: Tree,
        files: Mapping[str, PythonFile],
        dependencies: Collection[str] = (),
        configured: Collection[ConfiguredPath] = (),
    ) -> None:
        self.finder = ModuleFinder(tree)
        self._tree = tree
        self._files = files
        self._dependencies = frozenset(dependencies)
        self._configured = ConfiguredSearch(configured, files)
        self._paths = {
            path: search_path(file, tree, self._configured.concerning(path))
            for path, file in files.items()
        }
        self._inherited: dict[str, tuple[SearchPath, ...]] = {}
        self._places: dict[tuple[SearchPath, str], tuple[Located, ...]] = {}
        self._known: dict[str, list[tuple[ImportedName, Resolution]]] = {}
        self._resolved: dict[tuple[str, ImportedName], Resolution] = {}
        self._guesses: dict[tuple[str, ImportedName], Resolution] = {}
        self._inherit()

    # -- the imports of a file

    def resolutions(self, path: str) -> list[tuple[ImportedName, Resolution]]:
        """Return what each imported name of a file means, in line order."""
        known = self._known.get(path)
        if known is None:
            known = self._known[path] = self._resolve_all(path)
            self._resolved.update(((path, name), resolution) for name, resolution in known)
        return known

    def of_statement(self, path: str, statement: ImportStatement) -> list[Resolution]:
        """Return what the names of one import statement of a file mean, in order."""
        return [self.resolve(path, name) for name in statement.imported_names()]

    def _resolve_all(self, path: str) -> list[tuple[ImportedName, Resolution]]:
        names = [n for s in self._files[path].statements for n in s.imported_names()]
        return [(name, self._resolve(path, name)) for name in names]

    # -- one import

    def resolve(self, path: str, name: ImportedName) -> Resolution:
        """Return what an imported name means in the file at ``path``."""
        return self._resolved.get((path, name)) or self._resolve(path, name)

    def _resolve(self, path: str, name: ImportedName) -> Resolution:
        if name.level:
            return self._relative(path, name)
        own = self._absolute(path, name, self._paths[path])
        if own is not None:
            return own
        if is_standard_library(name.module):
            return EXTERNAL
        inherited = self._inherited_resolution(path, name)
        if inherited is not None:
            return inherited
        key = (path, name)
        if key not in self._guesses:
            self._guesses[key] = self._unresolved(path, name)
        return self._guesses[key]

    def _relative(self, path: str, name: ImportedName) -> Resolution:
        folder = dirname(path)
        for _ in range(name.level - 1):
            if not folder:
                return _BROKEN
            folder = dirname(folder)
        package: Located | None = self.finder.package(folder)
        if name.module:
            for part in name.module.split("."):
                package = self.finder.submodule(package, part) if package else None
        if package is None:
            return _BROKEN
        return self._with_name(package, name) or _BROKEN

    def _absolute(self, path: str, name: ImportedName, where: SearchPath) -> Resolution | None:
        key = (where, name.module)
        places = self._places.get(key)
        if places is None:
            places = self._places[key] = tuple(self._find(name.module, where))
        for located in places:
            resolution = self._with_name(located, name)
            itself = located.file == path and (resolution is None or resolution.submodule is None)
            if resolution is not None and not itself:
                return resolution
        return None

    def _find(self, module: str, where: SearchPath) -> Iterator[Located]:
        """Yield where a module may be: in front of the standard library, then behind it."""
        before = where.before_library()
        stages = [before] if before else []
        if not is_standard_library(module):
            stages.append((*before, *where.after_library()))
        for folders in stages:
            located = self.finder.find(folders, module)
            if located is not None:
                yield located

    def _with_name(self, located: Located, name: ImportedName) -> Resolution | None:
        """Return the resolution of ``name`` in a module that was found; None if it is not there."""
        file, wanted = located.file, name.name
        if file is None and name.module.partition(".")[0] in self._dependencies:
            return None
        if wanted is None or wanted == "*":
            return resolution_to(located, None)
        if file is not None and not file.endswith("__init__.py"):
            return resolution_to(located, None)
        submodule = self.finder.submodule(located, wanted)
        if submodule is not None and self._hides_submodule(file, wanted):
            submodule = None
        if file is None and submodule is None:
            return None
        return resolution_to(located, submodule)

    def _hides_submodule(self, file: str | None, name: str) -> bool:
        """Tell whether a package binds a name to something else than its submodule of that name.

        ``from . import name`` in the package itself binds the submodule, and so does the same by
        the package's name.
        """
        if file is None or not self._defines(file, name):
            return False
        package = f"/{dirname(file)}"
        return not any(
            ((name, None) in statement.names or (name, name) in statement.names)
            and (
                (statement.level == 1 and statement.module == "")
                or (statement.module and package.endswith(f"/{statement.module.replace('.', '/')}"))
            )
            for statement in self._files[file].statements
        )

    def _has_name(self, resolution: Resolution, name: ImportedName) -> bool:
        """Tell whether a module is known to have the name that is imported from it."""
        if name.name in (None, "*") or resolution.submodule is not None:
            return True
        file = resolution.module.file if resolution.module else None
        return file is not None and name.name is not None and self._defines(file, name.name)

    def _defines(self, file: str, name: str) -> bool:
        return file in self._files and name in self._files[file].defines

    def _inherited_resolution(self, path: str, name: ImportedName) -> Resolution | None:
        """Return what importers' search paths say; where they say nothing, what is configured."""
        ranked = self._configured.ranked(self._inherited.get(path, ()))
        agreed = (self._agreed(path, name, group) for group in ranked)
        return next((found for found in agreed if found is not None), None)

    def _agreed(
        self, path: str, name: ImportedName, paths: Iterable[SearchPath]
    ) -> Resolution | None:
        found: dict[tuple[str, ...], Resolution] = {}
        for where in paths:
            resolution = self._absolute(path, name, where)
            if resolution is not None:
                found.setdefault(resolution.files, resolution)
        sure = {files: r for files, r in found.items() if self._has_name(r, name)}
        found = sure or found
        if len(found) > 1:
            candidates = sorted({file for files in found for file in files})
            return Resolution(Status.AMBIGUOUS, candidates=tuple(candidates))
        return next(iter(found.values()), None)

    def _unresolved(self, path: str, name: ImportedName) -> Resolution:
        if name.module.partition(".")[0] in self._dependencies:
            return EXTERNAL
        candidates = [Located(file) for file in self.finder.by_suffix(name.module) if file != path]
        fitting = [located for located in candidates if self._fits(path, name, located)]
        if len(fitting) == 1:
            repaired = self._with_name(fitting[0], name)
            if repaired is not None:
                return resolution_to(repaired.module, repaired.submodule, Status.REPAIRED)
        if not fitting and "." not in name.module:
            return EXTERNAL
        if not candidates:
            return self._in_namespace(path, name)
        listed = fitting or candidates
        return Resolution(
            Status.BROKEN, candidates=tuple(c.file for c in listed if c.file is not None)
        )

    def _in_namespace(self, path: str, name: ImportedName) -> Resolution:
        """Return what ``from a.b import c`` means if ``a.b`` may be a folder without marker."""
        if name.name in (None, "*"):
            return EXTERNAL
        found = [f for f in self.finder.by_suffix(f"{name.module}.{name.name}") if f != path]
        if len(found) == 1:
            folder = Located(None, (dirname(found[0].removesuffix("/__init__.py")),))
            return resolution_to(folder, Located(found[0]), Status.REPAIRED)
        return Resolution(Status.BROKEN, candidates=tuple(found)) if found else EXTERNAL

    def _fits(self, path: str, name: ImportedName, candidate: Located) -> bool:
        """Tell whether a module has everything that the importing file asks of it."""
        assert candidate.file is not None
        if name.name == "*":
            return "." in name.module
        if name.name is not None:
            return self._defines(candidate.file, name.name) or bool(
                self.finder.submodule(candidate, name.name)
            )
        if name.bound != name.module and "." in name.module:
            return True
        if not name.bound:
            return False  # a string names it, and no code of the file can be asked
        text = self._tree.read(path).decode("utf-8", errors="replace")
        asked = re.findall(rf"\b{re.escape(name.bound)}\s*\.\s*(\w+)", text)
        if not any(self._defines(candidate.file, attribute) for attribute in asked):
            return False
        used = attributes_of(name.bound, path, self._tree)
        return bool(used) and all(self._defines(candidate.file, attr) for attr in used)

    # -- search paths that configuration sets

    def is_reached(self, path: str, entry: ConfiguredPath) -> bool:
        """Tell whether a configured search path holds for a file, or for what imports it."""
        where = self._configured.of(entry)
        return entry.reaches(path) or where in self._inherited.get(path, ())

    def sure_folders(self, path: str) -> tuple[str, ...]:
        """Return the folders that a file's own search path has first, without any assumption."""
        return self._paths[path].before_library()

    def configured_folders(self, path: str) -> tuple[str, ...]:
        """Return the folders that configuration puts on the search path of a file."""
        return self._configured.folders(self._inherited.get(path, ()))

    # -- search paths that reach a file through its importers

    def _inherit(self) -> None:
        """Hand search paths down from importers until nothing changes.

        They reach only files that have an import which is not found otherwise, and only those are
        handed down on which one of the missing modules may stand.
        """
        missing = {path: self._missing(path) for path in self._files}
        needy = {path for path, modules in missing.items() if modules}
        self._hand_down_at_first(needy)
        if not needy:
            return
        holding = self.finder.folders_holding({m for path in needy for m in missing[path]})
        giving = {p for p, where in self._paths.items() if not holding.isdisjoint(where.special())}
        importing = {path: self._imported(path, needy) for path in self._files}
        for _ in range(_ROUNDS):
            changed = self._inherit_once(giving, importing)
            if not changed:
                break
            for path in changed:
                importing[path] = self._imported(path, needy)

    def _hand_down_at_first(self, needy: set[str]) -> None:
        """Give files the search paths that do not come from importers.

        They are those of the ``conftest.py`` and ``__init__.py`` above that have hacks, those of
        modules with hacks that the file imports, and what configuration sets.
        """
        hacked = {path for path, file in self._files.items() if file.hacks}
        names = ("conftest.py", "__init__.py")
        above = {path for path in hacked if path.rpartition("/")[2] in names}
        for path in self._files:
            places = [
                place
                for folder in (ancestors(path) if above else ())
                for name in names
                if (place := f"{folder}/{name}" if folder else name) in above
            ]
            if hacked and path in needy:
                imported = [file for _, r in self._resolve_all(path) for file in r.files]
                places += [file for file in imported if file in hacked]
            found = [self._paths[place] for place in places if place != path]
            given = tuple(dict.fromkeys([*found, *self._configured.reaching(path)]))
            if given:
                self._inherited[path] = given

    def _imported(self, path: str, needy: set[str]) -> frozenset[str]:
        """Return the needy files that a file imports, by the search paths handed down so far."""
        names = self._resolve_all(path) if path in needy else self.resolutions(path)
        files = [file for _, resolution in names for file in resolution.files if file != path]
        return frozenset(needy.intersection(files))

    def _inherit_once(self, giving: set[str], importing: Mapping[str, frozenset[str]]) -> list[str]:
        """Hand search paths down by one step; return the files that were given some."""
        changed: dict[str, None] = {}
        for path, imported_files in importing.items():
            if not imported_files:
                continue
            own = (self._paths[path],) if path in giving else ()
            handed_down = (*own, *self._inherited.get(path, ()))
            for imported in imported_files if handed_down else ():
                have = self._inherited.get(imported, ())
                new = [p for p in handed_down if p not in have and p != self._paths[imported]]
                if new:
                    self._inherited[imported] = (*have, *new)
                    changed[imported] = None
        return list(changed)

    def _missing(self, path: str) -> set[str]:
        """Return the first names of what a file imports, the repository has, and is not found."""
        own = self._paths[path]
        return {
            name.module.partition(".")[0]
            for statement in self._files[path].statements
            if not statement.level and any(map(self._may_be_ours, statement.modules))
            for name in statement.imported_names()
            if self._may_be_ours(name.module) and self._absolute(path, name, own) is None
        }

    def _may_be_ours(self, module: str) -> bool:
        """Tell whether the repository has something of a module's first name."""
        top = module.partition(".")[0]
        known = self.finder.knows(top) and top not in self._dependencies
        return known and not is_standard_library(top)


def attributes_of(name: str, path: str, tree: Tree) -> frozenset[str]:
    """Return the attributes that the code of a file asks of a name; empty if it cannot be read."""
    try:
        module = Source.decode(tree.read(path)).parse()
    except NotPython:
        return frozenset()
    return frozenset(
        node.attr
        for node in nodes_of(module)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    )
