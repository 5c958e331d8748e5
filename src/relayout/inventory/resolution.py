"""Which files each import of a repository means.

An import is looked for on the importing file's own search path first. What is not found there may
still be found on the search path of the program that imports the file: the path hacks of importers
(and of ``conftest.py`` and ``__init__.py`` above) reach the modules that they import; after them
counts what configuration sets. Where importers disagree, the import is ambiguous and every
candidate is kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from posixpath import dirname

from relayout.inventory.attributes import attributes_of
from relayout.inventory.configured_paths import ConfiguredPath
from relayout.inventory.configured_search import ConfiguredSearch
from relayout.inventory.inheritance import Inheritance
from relayout.inventory.meaning import BROKEN, EXTERNAL, Resolution, Status, resolution_to
from relayout.inventory.missing_modules import MissingModules
from relayout.inventory.package_names import hides_submodule
from relayout.inventory.python import ImportedName, ImportStatement, PythonFile
from relayout.inventory.search_paths import (
    Located,
    ModuleFinder,
    SearchPath,
    is_quarantined,
    is_standard_library,
    project_sources,
    search_path,
)
from relayout.inventory.tests_alone import found_by_tests_alone, search_path_for
from relayout.tree import Tree, ancestors


class Resolver:
    """Resolves the imports of every file of a tree."""

    def __init__(
        self,
        tree: Tree,
        files: Mapping[str, PythonFile],
        dependencies: Collection[str] = (),
        configured: Collection[ConfiguredPath] = (),
        projects: Mapping[str, str] | None = None,
    ) -> None:
        self.finder = ModuleFinder(tree)
        self._tree = tree
        self._files = files
        self._configured = ConfiguredSearch(configured, files)
        self._dependencies = self._configured.libraries.union(dependencies)
        shared = project_sources(tree)

        def own(path: str) -> tuple[str, ...]:
            return (projects[path],) if projects and path in projects else ()

        self.roots = ("", "src", *shared)
        self._paths = {
            path: search_path(file, tree, self._configured.concerning(path), (*own(path), *shared))
            for path, file in files.items()
        }
        self._inheritance = Inheritance(files, self._paths, self._configured)
        self._places: dict[tuple[SearchPath, str], tuple[Located, ...]] = {}
        self._known: dict[str, list[tuple[ImportedName, Resolution]]] = {}
        self._resolved: dict[tuple[str, ImportedName], Resolution] = {}
        self._outside: frozenset[str] = frozenset()
        self._guesses: dict[tuple[str, ImportedName], Resolution] = {}
        self._settle()

    # -- the imports of a file

    def resolutions(self, path: str) -> list[tuple[ImportedName, Resolution]]:
        """Return what each imported name of a file means, in line order."""
        return self._known[path]

    def by_statement(self, path: str) -> Iterator[tuple[ImportStatement, list[Resolution]]]:
        """Yield the import statements of a file, each with what its names mean, in order."""
        known = iter(self.resolutions(path))
        for statement in self._files[path].statements:
            yield statement, [resolution for _, resolution in islice(known, len(statement.names))]

    def _settle(self) -> None:
        """Resolve all imports: those that a file's own search path leaves open at the end."""
        missing: dict[str, set[str]] = {}
        for path, file in self._files.items():
            found: list[tuple[ImportedName, Resolution | None]] = []
            for statement in file.statements:
                shared = self._of_all_names(path, statement)
                found += [
                    (name, shared or self._on_own_path(path, name))
                    for name in statement.imported_names()
                ]
            lacking = {n.module.partition(".")[0] for n, resolution in found if resolution is None}
            if lacking:
                missing[path] = lacking
            self._known[path] = [(name, resolution or EXTERNAL) for name, resolution in found]
        own = list(self._known.values())
        imported = ((name, file) for known in own for name, found in known for file in found.files)
        self._missing_modules = MissingModules(self._tree, self.finder, imported)
        self._inheritance.hand_down(missing, self.finder, self._imported)
        self._outside = frozenset(self._installed(missing))
        self._guesses.clear()
        for path in missing:
            self._known[path] = [(name, self._resolve(path, name)) for name, _ in self._known[path]]
        for path, known in self._known.items():
            self._resolved.update({(path, name): resolution for name, resolution in known})

    def _installed(self, paths: Iterable[str]) -> Iterator[str]:
        """Yield first names of modules that must be installed ones, though nothing declares them.

        A module that imports the name that it has itself, and what it cannot mean by it, means
        another: ``from aiohttp import web`` in ``util/aiohttp.py``. So does a module that is no
        package, and imports what would be in it: ``delta.tables`` in ``util/delta.py``.
        """
        for path in paths:
            for name, resolution in self._known[path]:
                if resolution is EXTERNAL and (
                    self._has_this_name(path, name) or self._would_be_in_it(path, name)
                ):
                    if self._inherited_resolution(path, name) is None:
                        yield name.module.partition(".")[0]

    def _has_this_name(self, path: str, name: ImportedName) -> bool:
        """Tell whether a file alone has the name of what it imports, and no submodule is meant."""
        candidates = [Located(file) for file in self.finder.by_suffix(name.module)]
        own = Located(path)
        if own not in candidates or any(self._fits(path, name, c) for c in candidates if c != own):
            return False
        part = self._with_name(own, name, path)
        return part is None or part.submodule is None

    def _would_be_in_it(self, path: str, name: ImportedName) -> bool:
        """Tell whether a plain module imports from below its own name, where nothing can be."""
        if name.level or path.endswith("__init__.py") or self.finder.by_suffix(name.module):
            return False
        parts = name.module.split(".")
        above = (".".join(parts[:count]) for count in range(1, len(parts)))
        return any(path in self.finder.by_suffix(dotted) for dotted in above)

    def _of_all_names(self, path: str, statement: ImportStatement) -> Resolution | None:
        """Return what every name of a ``from`` import means, if its module cannot have submodules.

        Most statements are of this kind, and files that stand together share the answer.
        """
        module = statement.module
        if module is None or (not statement.level and is_standard_library(module)):
            return None
        if statement.level:
            located = self.finder.relative(dirname(path), statement.level, module)
        else:
            where = self._paths[path]
            places = self._places_of(module, where)
            if not places and not self._may_be_ours(module):
                return EXTERNAL
            located = places[0] if len(set(places)) == 1 else None
        if located is None or located.file is None or located.file == path:
            return None
        return None if located.package_folders else resolution_to(located, None)

    def _on_own_path(self, path: str, name: ImportedName) -> Resolution | None:
        """Return what a name means for the file alone; None if the repository may have it yet."""
        if name.level:
            return self._relative(path, name)
        found = self._absolute(path, name, self._paths[path])
        if found is not None or self._may_be_ours(name.module):
            return found
        return EXTERNAL

    def _imported(self, path: str) -> set[str]:
        """Return the files that a file imports, by the search paths handed down so far."""
        names = self._known[path]
        if self._inheritance.of(path):
            names = [(name, self._resolve(path, name)) for name, _ in names]
        return {file for _, resolution in names for file in resolution.files if file != path}

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
        if inherited is not None and not found_by_tests_alone(inherited.files, path):
            return inherited
        key = (path, name)
        if key not in self._guesses:
            self._guesses[key] = self._unresolved(path, name)
        return self._guesses[key]

    def _relative(self, path: str, name: ImportedName) -> Resolution:
        package = self.finder.relative(dirname(path), name.level, name.module)
        return (package and self._with_name(package, name, path)) or BROKEN

    def _absolute(self, path: str, name: ImportedName, where: SearchPath) -> Resolution | None:
        for located in self._places_of(name.module, where):
            resolution = self._with_name(located, name, path)
            itself = located.file == path and (resolution is None or resolution.submodule is None)
            if resolution is not None and not itself and not self._means_library(resolution, name):
                return resolution
        return None

    def _places_of(self, module: str, where: SearchPath) -> tuple[Located, ...]:
        places = self._places.get((where, module))
        if places is None:
            places = self._places[where, module] = tuple(self._find(module, where))
        return places

    def _means_library(self, resolution: Resolution, name: ImportedName) -> bool:
        """Tell whether only a library's module of a name can have what is imported.

        Ours was found in front of it on the guess that the file is started directly, or by pytest;
        what it has is known if it imports no ``*`` and has no ``__getattr__``.
        """
        is_library = name.module.partition(".")[0] in self._dependencies
        if not (is_library or is_standard_library(name.module)) or self._has_name(resolution, name):
            return False
        file = resolution.module.file if resolution.module else None
        if file is None or self._defines(file, "__getattr__"):
            return False
        return not any(("*", None) in statement.names for statement in self._files[file].statements)

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

    def _with_name(self, located: Located, name: ImportedName, importer: str) -> Resolution | None:
        """Return the resolution of ``name`` in a module that was found; None if it is not there."""
        file, wanted = located.file, name.name
        if file is None and name.module.partition(".")[0] in self._dependencies:
            return None
        if wanted is None or wanted == "*":
            return resolution_to(located, None)
        if file is not None and not file.endswith("__init__.py"):
            return resolution_to(located, None)
        submodule = self.finder.submodule(located, wanted)
        package = self._files.get(file) if file is not None else None
        if submodule is not None and package and hides_submodule(package, name, importer):
            submodule = None
        if file is None and submodule is None:
            return None
        return resolution_to(located, submodule)

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
        ranked = self._configured.ranked(self._inheritance.of(path))
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
        if name.module.partition(".")[0] in self._dependencies | self._outside:
            return EXTERNAL
        files = self._elsewhere(path, name.module) or self._elsewhere(path, _in_src(name.module))
        candidates = [Located(file) for file in files if file != path]
        fitting = [located for located in candidates if self._fits(path, name, located)]
        if self._is_found_by_a_fixture(path, fitting):
            return EXTERNAL
        if len(fitting) == 1:
            repaired = self._with_name(fitting[0], name, path)
            if repaired is not None:
                return resolution_to(repaired.module, repaired.submodule, Status.REPAIRED)
        if not fitting and "." not in name.module:
            return EXTERNAL
        if not candidates:
            found = self._in_namespace(path, name)
            return self._missing(path, name) if found is EXTERNAL and name.bound else found
        listed = fitting or candidates
        return Resolution(
            Status.BROKEN, candidates=tuple(c.file for c in listed if c.file is not None)
        )

    def _is_found_by_a_fixture(self, path: str, fitting: Sequence[Located]) -> bool:
        """Tell whether pytest's ``syspath_prepend`` lets a test find a module beside the tests.

        A fixture may call it, in the test's own file or in a ``conftest.py`` above; the folder that
        it adds is seldom to be told, and a name that a test finds needs no repair.
        """
        top = f"{path.partition('/')[0]}/"
        if not any((located.file or "").startswith(top) for located in fitting):
            return False
        fixtures = [path, *(f"{folder}/conftest.py" for folder in ancestors(path) if folder)]
        return any(f in self._files and self._files[f].prepends_path for f in fixtures)

    def _in_namespace(self, path: str, name: ImportedName) -> Resolution:
        """Return what ``from a.b import c`` means if ``a.b`` may be a folder without marker."""
        if name.name in (None, "*"):
            return EXTERNAL
        found = [f for f in self._elsewhere(path, f"{name.module}.{name.name}") if f != path]
        if len(found) == 1:
            folder = Located(None, (dirname(found[0].removesuffix("/__init__.py")),))
            return resolution_to(folder, Located(found[0]), Status.REPAIRED)
        return Resolution(Status.BROKEN, candidates=tuple(found)) if found else EXTERNAL

    def _elsewhere(self, path: str, dotted: str) -> list[str]:
        """Return the modules of a name that may be meant, wherever they are.

        What is in quarantine is meant only there.
        """
        found = self.finder.by_suffix(dotted)
        return found if is_quarantined(path) else [f for f in found if not is_quarantined(f)]

    def _missing(self, path: str, name: ImportedName) -> Resolution:
        """Return that a module of ours is not there, with those of its last name elsewhere."""
        groups = self._configured.ranked(self._inheritance.of(path))
        inherited = (search_path_for(path, where) for group in groups for where in group)
        if not self._missing_modules.lacks(path, name, (self._paths[path], *inherited)):
            return EXTERNAL
        named = self._elsewhere(path, name.module.rpartition(".")[2])
        return Resolution(Status.BROKEN, candidates=tuple(file for file in named if file != path))

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
        return entry.reaches(path) or where in self._inheritance.of(path)

    def sure_folders(self, path: str) -> tuple[str, ...]:
        """Return the folders that a file's own search path has first, without any assumption."""
        return self._paths[path].before_library()

    def all_folders(self, path: str) -> tuple[str, ...]:
        """Return all folders that a file's imports are looked for in, in order."""
        return (*self._paths[path].before_library(), *self._paths[path].after_library())

    def configured_folders(self, path: str) -> tuple[str, ...]:
        """Return the folders that configuration puts on the search path of a file."""
        return self._configured.folders(self._inheritance.of(path))

    def _may_be_ours(self, module: str) -> bool:
        """Tell whether the repository has something of a module's first name."""
        top = _in_src(module).partition(".")[0]
        known = self.finder.knows(top) and top not in self._dependencies
        return known and not is_standard_library(top)


def _in_src(module: str) -> str:
    """Return a name as it is in ``src/``; no installed package calls its modules ``src.name``."""
    return module.removeprefix("src.")
