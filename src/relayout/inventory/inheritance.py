"""Search paths that reach a file from elsewhere: from its importers, and from files around it.

What a program puts on its search path is there for every module that it imports, and what a
``conftest.py`` or an ``__init__.py`` puts there, for all below it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from relayout.inventory.configured_search import ConfiguredSearch
from relayout.inventory.python import PythonFile
from relayout.inventory.search_paths import ModuleFinder, SearchPath
from relayout.tree import ancestors

_ROUNDS = 10
"""How far search paths are handed down from importer to imported."""

_AROUND = ("conftest.py", "__init__.py")
"""Files that are run before what stands below them."""


class Inheritance:
    """The search paths that files are given, beside the one that each has of its own."""

    def __init__(
        self,
        files: Mapping[str, PythonFile],
        own: Mapping[str, SearchPath],
        configured: ConfiguredSearch,
    ) -> None:
        self._files = files
        self._own = own
        self._configured = configured
        self._given: dict[str, tuple[SearchPath, ...]] = {}

    def of(self, path: str) -> tuple[SearchPath, ...]:
        """Return the search paths that a file is given."""
        return self._given.get(path, ())

    def hand_down(
        self,
        missing: Mapping[str, Collection[str]],
        finder: ModuleFinder,
        imported: Callable[[str], Iterable[str]],
    ) -> None:
        """Hand search paths down until nothing changes.

        They reach the files that import what is ``missing``: first names of modules, by file. Only
        those search paths are handed down on which one of these modules may stand. ``imported``
        gives the files that a file imports, as far as search paths have been handed down.
        """
        self._give_at_first(missing, imported)
        if not missing:
            return
        holding = finder.folders_holding({name for names in missing.values() for name in names})
        giving = {p for p, where in self._own.items() if not holding.isdisjoint(where.special())}
        importing = {path: frozenset(missing.keys() & imported(path)) for path in self._files}
        for _ in range(_ROUNDS):
            changed = self._give_once(giving, importing)
            if not changed:
                break
            for path in changed:
                importing[path] = frozenset(missing.keys() & imported(path))

    def _give_at_first(
        self, missing: Collection[str], imported: Callable[[str], Iterable[str]]
    ) -> None:
        """Give files the search paths that do not come from importers.

        They are those of the files around them that have hacks, those of modules with hacks that
        the file imports, and what configuration sets.
        """
        hacked = {path for path, file in self._files.items() if file.hacks}
        around = {path for path in hacked if path.rpartition("/")[2] in _AROUND}
        for path in self._files:
            places = [
                place
                for folder in (ancestors(path) if around else ())
                for name in _AROUND
                if (place := f"{folder}/{name}" if folder else name) in around
            ]
            if hacked and path in missing:
                places += [file for file in imported(path) if file in hacked]
            found = [self._own[place] for place in places if place != path]
            given = tuple(dict.fromkeys([*found, *self._configured.reaching(path)]))
            if given:
                self._given[path] = given

    def _give_once(self, giving: set[str], importing: Mapping[str, frozenset[str]]) -> list[str]:
        """Hand search paths down by one step; return the files that were given some."""
        changed: dict[str, None] = {}
        for path, imported_files in importing.items():
            if not imported_files:
                continue
            own = (self._own[path],) if path in giving else ()
            handed_down = (*own, *self.of(path))
            for imported in imported_files - {path} if handed_down else ():
                have = self.of(imported)
                new = [p for p in handed_down if p not in have and p != self._own[imported]]
                if new:
                    self._given[imported] = (*have, *new)
                    changed[imported] = None
        return list(changed)
