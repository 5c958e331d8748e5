"""Configured search paths by the files that they hold for, ready for resolving imports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from relayout.inventory.configured_paths import ConfiguredPath
from relayout.inventory.configured_paths.entry import AIRFLOW, DAGS
from relayout.inventory.search_paths import SearchPath

_BY_CODE, _BY_RUNS, _BY_CHECKERS = range(3)


class ConfiguredSearch:
    """The search paths that configuration sets, for the files of one tree."""

    def __init__(self, configured: Iterable[ConfiguredPath], files: Collection[str]) -> None:
        self._paths = {entry: _search_path(entry) for entry in configured}
        self._of_one: dict[str, list[ConfiguredPath]] = {}
        self._of_many: list[ConfiguredPath] = []
        for entry in self._paths:
            if entry.covers in files:
                self._of_one.setdefault(entry.covers, []).append(entry)
            else:
                self._of_many.append(entry)
        loads_dags = any(entry.kind in (AIRFLOW, DAGS) for entry in self._paths)
        self.libraries = frozenset(["airflow"] if loads_dags else [])
        """Libraries that are there, whoever declares them: Airflow, where it loads DAGs."""
        self._ranks: dict[SearchPath, int] = {}
        for entry, where in self._paths.items():
            rank = _BY_CHECKERS if entry.kind == "checker" else _BY_RUNS
            self._ranks[where] = min(rank, self._ranks.get(where, rank))

    def concerning(self, path: str) -> list[ConfiguredPath]:
        """Return the entries that hold for a file."""
        own = self._of_one.get(path, [])
        return [*own, *(entry for entry in self._of_many if entry.reaches(path))]

    def reaching(self, path: str) -> tuple[SearchPath, ...]:
        """Return the search paths that configuration gives a file."""
        return tuple(dict.fromkeys(self._paths[entry] for entry in self.concerning(path)))

    def of(self, entry: ConfiguredPath) -> SearchPath:
        """Return the search path that an entry makes."""
        return self._paths[entry]

    def folders(self, inherited: Iterable[SearchPath]) -> tuple[str, ...]:
        """Return the folders of those search paths that come from configuration."""
        ours = (where for where in inherited if where in self._ranks)
        return tuple(dict.fromkeys(folder for where in ours for folder in where.own))

    def ranked(self, inherited: Collection[SearchPath]) -> Iterator[list[SearchPath]]:
        """Yield inherited search paths in groups, the one that says most first.

        What code does to the search path comes before what configuration says, and that before
        what only a type checker is told.
        """
        for rank in (_BY_CODE, _BY_RUNS, _BY_CHECKERS):
            group = [where for where in inherited if self._ranks.get(where, _BY_CODE) == rank]
            if group:
                yield group


def _search_path(entry: ConfiguredPath) -> SearchPath:
    """Return the search path that configuration alone gives a file.

    ``PYTHONPATH`` comes before the library
    (https://docs.python.org/3/using/cmdline.html#envvar-PYTHONPATH), and so does what pytest
    inserts.
    """
    return SearchPath(front=(), own=entry.folders or (), root=(), back=())
