"""Search paths that configuration sets: which of them nothing needs once the package is installed.

The files are not edited. What is still right is not reported: ``src``, which holds the package,
and a folder that still has the modules that are imported through it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from relayout.inventory import Inventory
from relayout.inventory.configured_paths import ConfiguredPath
from relayout.inventory.meaning import Status
from relayout.inventory.paths_of_tests import is_for_tests
from relayout.inventory.search_paths import Located, is_quarantined, is_standard_library
from relayout.planning.homes import home_of
from relayout.planning.plan import Finding
from relayout.rewriting.destination import Destination
from relayout.tree import is_within

_NAMES = {
    "pytest": "pytest's pythonpath",
    "checker": "the search path of a type checker",
    "PYTHONPATH": "PYTHONPATH",
}
_AIRFLOWS = frozenset({"dags", "airflow"})
Line = tuple[str, int]
"""The path of a file, and a line in it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """An absolute import that a file makes: its dotted name, and what it means there."""

    user: str
    line: int
    dotted: str
    module: Located | None
    files: tuple[str, ...]


def about_configured_paths(
    inventory: Inventory, destination: Destination, removed: Collection[Line] = ()
) -> list[Finding]:
    """Return a finding for each line of configuration whose folders are no longer needed.

    Nothing is said of those that were ``removed``.
    """
    by_line: dict[tuple[str, int, str], list[ConfiguredPath]] = {}
    for entry in inventory.configured:
        in_quarantine = is_quarantined(destination.of_file(entry.file))
        is_there = (entry.file, entry.line) not in removed
        if entry.kind in _NAMES and not in_quarantine and is_there:
            by_line.setdefault((entry.file, entry.line, entry.kind), []).append(entry)
    if not by_line:
        return []
    review = _Review(inventory, destination)
    findings: list[Finding] = []
    for entries in by_line.values():
        findings += review.about_line(entries)
        findings += review.about_other_meanings(entries)
    return list(dict.fromkeys(findings))


def lines_without_need(inventory: Inventory, destination: Destination) -> dict[Line, bool]:
    """Return the lines that set ``PYTHONPATH`` in vain where the package is installed.

    The value tells whether modules of the package were found through the line.
    """
    by_line: dict[Line, list[ConfiguredPath]] = {}
    for entry in inventory.configured:
        if entry.kind == "PYTHONPATH":
            by_line.setdefault((entry.file, entry.line), []).append(entry)
    review = _Review(inventory, destination) if by_line else None
    found: dict[Line, bool] = {}
    for line, entries in by_line.items():
        served = review.served(entries) if review is not None else None
        if served is not None:
            found[line] = served
    return found


class _Review:
    def __init__(self, inventory: Inventory, destination: Destination) -> None:
        self.inventory = inventory
        self.resolver = inventory.resolver
        self.destination = destination
        self.asked: dict[str, list[_Asked]] = {}
        for asked in _absolute_imports(inventory):
            self.asked.setdefault(asked.dotted, []).append(asked)

    def about_line(self, entries: list[ConfiguredPath]) -> Iterator[Finding]:
        """Yield the finding about one line, if there is something to say about it."""
        folders = dict.fromkeys(folder for e in entries for folder in e.folders or ())
        told = {folder: self._verdict(folder, entries) for folder in folders}
        parts = [f"{folder or 'the root'}, {told[folder]}" for folder in folders if told[folder]]
        if any(entry.unclear for entry in entries):
            parts.append("something that cannot be told from the file")
        if not parts:
            return
        first = entries[0]
        kept = [folder for folder in folders if not told[folder]]
        advice = "Remove it: the package is found because it is installed."
        if kept:
            advice = f"Leave only {', '.join(f or 'the root' for f in kept)}."
        if any(entry.unclear for entry in entries):
            advice = (
                "Check whether anything needs it; the package is found because it is installed."
            )
        message = f"{_NAMES[first.kind]} names {'; '.join(parts)}"
        place = self.destination.of_file(first.file)
        yield Finding("search-path-configured", place, first.line, message, advice)

    def served(self, entries: list[ConfiguredPath]) -> bool | None:
        """Tell whether a line leads to modules of a package; None if others need it.

        What Airflow loads finds what stands in its folders in any case.
        """
        if any(entry.unclear or entry.folders is None for entry in entries):
            return None
        homes = self.destination.homes
        is_serving = False
        for folder in dict.fromkeys(folder for entry in entries for folder in entry.folders or ()):
            is_source = folder in self.destination.sources
            for file in {f for one in self._through(folder, entries) for f in one.files}:
                if home_of(self.destination.of_file(file), homes) is not None:
                    is_serving = True
                elif not self._is_airflows(file):
                    return None
            if any(self._is_else(module) for module in self._directly_in(folder)):
                return None  # a command may start it by its name
            is_serving = is_serving or is_source
        return is_serving

    def _directly_in(self, folder: str) -> Iterator[str]:
        """Yield the modules, and the markers of packages, that a folder is searched for."""
        for module in self.inventory.tree.modules:
            above, _, name = module.rpartition("/")
            above = above.rpartition("/")[0] if name == "__init__.py" else above
            if above == folder and "/" in module and (folder or name == "__init__.py"):
                yield module

    def _is_else(self, module: str) -> bool:
        """Tell whether a live module is neither in a package nor loaded by Airflow."""
        place = self.destination.of_file(module)
        if module.removesuffix("/__init__.py") in self.destination.sources:
            return False  # it marks what is no package
        if is_quarantined(place) or home_of(place, self.destination.homes) is not None:
            return False
        return not self._is_airflows(module) and not is_for_tests(module)

    def _is_airflows(self, file: str) -> bool:
        return any(
            entry.kind in _AIRFLOWS and any(is_within(file, one) for one in entry.folders or ())
            for entry in self.inventory.configured
        )

    def _verdict(self, folder: str, entries: list[ConfiguredPath]) -> str:
        """Return what is wrong with a folder, or an empty string."""
        if folder in self.destination.sources:
            return ""
        served = {file for one in self._through(folder, entries) for file in one.files}
        if any(self.destination.of_file(file) == file for file in served):
            return ""
        if served:
            return self._left_behind(folder)
        if folder not in self.inventory.tree.folders:
            return "which the repository does not have"
        if entries[0].kind == "checker":
            return ""
        return "through which nothing is imported"

    def _left_behind(self, folder: str) -> str:
        prefix = f"{folder}/" if folder else ""
        left = (m for m in self.destination.tree.modules if m.startswith(prefix))
        if folder and not any(left):
            return "which has no modules any more"
        return "from which imported modules have moved"

    def _through(self, folder: str, entries: list[ConfiguredPath]) -> Iterator[_Asked]:
        """Yield the imports that a folder on the search path serves."""
        for dotted, asked in self.asked.items():
            located = self.resolver.finder.find((folder,), dotted)
            if located is None:
                continue
            for one in asked:
                if one.module == located and self._reaches(entries, one.user):
                    yield one

    def _reaches(self, entries: Iterable[ConfiguredPath], user: str) -> bool:
        return any(self.resolver.is_reached(user, entry) for entry in entries)

    def about_other_meanings(self, entries: list[ConfiguredPath]) -> Iterator[Finding]:
        """Yield a finding for each import that these folders give another meaning.

        It was left to mean the standard library, or followed to a module in the root: that the
        root is searched is an assumption, which such a line of configuration puts in doubt.
        """
        if entries[0].kind == "checker":
            return
        for entry in dict.fromkeys(replace(e, covers="", tests_only=False) for e in entries):
            for dotted, asked in self.asked.items():
                other = self.resolver.finder.find(entry.folders or (), dotted)
                if other is None or other.file is None:
                    continue
                for one in asked:
                    if self._is_in_doubt(one, other) and self._reaches(entries, one.user):
                        yield self._doubt(one, other.file, entry)

    def _is_in_doubt(self, asked: _Asked, other: Located) -> bool:
        if other.file == asked.user:
            return False
        if asked.module is None:
            return True
        if asked.module.file in (None, other.file):
            return False
        sure = self.resolver.sure_folders(asked.user)
        finder = self.resolver.finder
        return (
            finder.find(self.resolver.roots, asked.dotted) == asked.module
            and finder.find(sure, asked.dotted) != asked.module
        )

    def _doubt(self, asked: _Asked, other: str, entry: ConfiguredPath) -> Finding:
        meant = asked.module.file if asked.module is not None else None
        taken = "the standard library's" if meant is None else meant
        message = (
            f"import of {asked.dotted}: it was taken for {taken}, but {entry.file}:{entry.line}"
            f" leads to {other}, now {self.destination.of_file(other)}"
        )
        place = self.destination.of_file(asked.user)
        advice = "Check which is meant, and write that import."
        return Finding("import-doubtful", place, asked.line, message, advice)


def _absolute_imports(inventory: Inventory) -> Iterator[_Asked]:
    for path in inventory.python:
        for name, resolution in inventory.resolutions(path):
            if name.level:
                continue
            if resolution.status in (Status.RESOLVED, Status.REPAIRED):
                yield _Asked(path, name.line, name.module, resolution.module, resolution.files)
            elif resolution.status is Status.EXTERNAL and is_standard_library(name.module):
                yield _Asked(path, name.line, name.module, None, ())
