"""Which files each import of a repository means.

An import is looked for on the importing file's own search path first. What is not found there may
still be found on the search path of the program that imports the file: the path hacks of importers
(and of ``conftest.py`` and ``__init__.py`` above) reach the modules that they import. Where
importers disagree, the import is ambiguous and every candidate is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from posixpath import dirname

from relayout.inventory.python import ImportedName, PythonFile
from relayout.inventory.search_paths import (
    Located,
    ModuleFinder,
    SearchPath,
    is_standard_library,
    search_path,
)
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
    """What an imported name means: its module or package, and the submodule the name is, if any."""

    status: Status
    module: Located | None = None
    submodule: Located | None = None
    candidates: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The repository's files that the import needs."""
        parts = (self.submodule, self.module)
        return tuple(dict.fromkeys(p.file for p in parts if p is not None and p.file is not None))

    @property
    def works(self) -> bool:
        """Whether the import leads to files of the repository, repaired or not."""
        return self.status in (Status.RESOLVED, Status.REPAIRED)


EXTERNAL = Resolution(Status.EXTERNAL)


class Resolver:
    """Resolves the imports of every file of a tree."""

    def __init__(
        self,
        tree: Tree,
        files: Mapping[str, PythonFile],
        dependencies: Collection[str] = (),
    ) -> None:
        self.finder = ModuleFinder(tree)
        self._tree = tree
        self._files = files
        self._dependencies = frozenset(dependencies)
        self._paths = {path: search_path(file, tree) for path, file in files.items()}
        self._inherited: dict[str, tuple[SearchPath, ...]] = {}
        self._inherit()

    # -- one import

    def resolve(self, path: str, name: ImportedName) -> Resolution:
        """Return what an imported name means in the file at ``path``."""
        if name.level:
            return self._relative(path, name)
        own = self._absolute(path, name, self._paths[path])
        if own is not None:
            return own
        if is_standard_library(name.module):
            return EXTERNAL
        return self._inherited_resolution(path, name) or self._unresolved(path, name)

    def _relative(self, path: str, name: ImportedName) -> Resolution:
        folder = dirname(path)
        for _ in range(name.level - 1):
            if not folder:
                return Resolution(Status.BROKEN)
            folder = dirname(folder)
        package: Located | None = self.finder.package(folder)
        if name.module:
            for part in name.module.split("."):
                package = self.finder.submodule(package, part) if package else None
        if package is None:
            return Resolution(Status.BROKEN)
        return self._with_name(package, name) or Resolution(Status.BROKEN)

    def _absolute(self, path: str, name: ImportedName, where: SearchPath) -> Resolution | None:
        stages = [where.before_library()]
        if not is_standard_library(name.module):
            stages.append((*where.before_library(), *where.after_library()))
        for folders in stages:
            located = self.finder.find(folders, name.module)
            if located is None or located.file == path:
                continue
            resolution = self._with_name(located, name)
            if resolution is not None:
                return resolution
        return None

    def _with_name(self, located: Located, name: ImportedName) -> Resolution | None:
        """Return the resolution of ``name`` in a module that was found; None if it is not there."""
        if located.file is None and name.module.partition(".")[0] in self._dependencies:
            return None
        if name.name in (None, "*"):
            return Resolution(Status.RESOLVED, located)
        assert name.name is not None
        submodule = self.finder.submodule(located, name.name)
        if submodule is not None and self._hides_submodule(located.file, name.name):
            submodule = None
        if located.file is None and submodule is None:
            return None
        return Resolution(Status.RESOLVED, located, submodule)

    def _hides_submodule(self, file: str | None, name: str) -> bool:
        """Tell whether a package binds a name to something else than its submodule of that name.

        ``from . import name`` in the package itself binds the submodule.
        """
        if file is None or not self._defines(file, name):
            return False
        return not any(
            asked.level == 1 and not asked.module and asked.name == name == asked.bound
            for asked in self._files[file].imports
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
        found: dict[tuple[str, ...], Resolution] = {}
        for where in self._inherited.get(path, ()):
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
                return Resolution(Status.REPAIRED, repaired.module, repaired.submodule)
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
            return Resolution(Status.REPAIRED, folder, Located(found[0]))
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
        used = {attr for base, attr in self._files[path].attributes if base == name.bound}
        if name.bound != name.module and "." in name.module:
            return True
        return bool(used) and all(self._defines(candidate.file, attr) for attr in used)

    # -- search paths that reach a file through its importers

    def _inherit(self) -> None:
        """Hand search paths down from importers until nothing changes."""
        hacked = frozenset(path for path, file in self._files.items() if file.hacks)
        for path in self._files if hacked else ():
            around = (*self._hacks_above(path), *self._hacks_below(path, hacked))
            if around:
                self._inherited[path] = tuple(dict.fromkeys(around))
        for _ in range(10):
            if not self._inherit_once():
                return

    def _hacks_above(self, path: str) -> Iterable[SearchPath]:
        for folder in ancestors(path):
            for name in ("conftest.py", "__init__.py"):
                above = f"{folder}/{name}" if folder else name
                if above != path and above in self._files and self._files[above].hacks:
                    yield self._paths[above]

    def _hacks_below(self, path: str, hacked: frozenset[str]) -> Iterable[SearchPath]:
        """Yield the search paths of imported modules that change the path for their importers."""
        if self._has_unresolved(path):
            for name in self._files[path].imports:
                for imported in hacked.intersection(self.resolve(path, name).files):
                    if imported != path:
                        yield self._paths[imported]

    def _inherit_once(self) -> bool:
        changed = False
        for path, file in self._files.items():
            handed_down = (self._paths[path], *self._inherited.get(path, ()))
            for imported in {f for name in file.imports for f in self.resolve(path, name).files}:
                have = self._inherited.get(imported, ())
                new = [p for p in handed_down if p not in have and p != self._paths.get(imported)]
                if new and imported != path and self._has_unresolved(imported):
                    self._inherited[imported] = (*have, *new)
                    changed = True
        return changed

    def _has_unresolved(self, path: str) -> bool:
        if path not in self._files:
            return False
        own = self._paths[path]
        return any(
            not name.level
            and not is_standard_library(name.module)
            and name.module.partition(".")[0] not in self._dependencies
            and self._absolute(path, name, own) is None
            and self.finder.knows(name.module)
            for name in self._files[path].imports
        )
