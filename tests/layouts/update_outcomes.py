"""What became of each cell of the matrix: read off the files and the index after an update."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from update_cells import (
    ADDED,
    BOTH,
    DELETED,
    EDITED,
    ELSEWHERE,
    LEAST,
    MOVED,
    TOTAL,
    Cell,
    Ground,
)

from relayout.inventory import take_inventory
from relayout.inventory.meaning import Status
from relayout.tree import Tree

_BROKEN = (Status.BROKEN, Status.AMBIGUOUS, Status.REPAIRED)


@dataclass(frozen=True)
class Updated:
    """A repository before and after an update: files by path, and what the index says."""

    ground: Ground
    status: int
    said: str
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    unmerged: Mapping[str, frozenset[int]]
    resolved: Mapping[str, bytes]
    """The files after a user has settled every conflict in favour of his own side."""
    not_imported: Mapping[str, str]
    """Modules that Python cannot import when conflicts are settled, and what it says."""

    @cached_property
    def unresolved(self) -> Mapping[str, str]:
        """Imports that name a module of the repository and do not lead to one, by their path."""
        inventory = take_inventory(Tree.of(self.resolved))
        return {
            path: str(name)
            for path in inventory.python
            for name, resolution in inventory.resolutions(path)
            if resolution.status in _BROKEN
        }

    def of(self, cell: Cell) -> dict[str, str]:
        """Return the files of a cell, the user's module among them, by path in the repository."""
        inside = f"{self.ground.path(cell)}/"
        return {
            path: content.decode()
            for path, content in self.after.items()
            if path.startswith(inside) or path == self.ground.user(cell)
        }

    @property
    def around(self) -> dict[str, bytes | None]:
        """Return what changed outside of the cells, by path; None is a file that is gone."""
        inside = (f"{self.ground.folder}/cells/", f"{self.ground.folder}/users/")
        return {
            path: self.after.get(path)
            for path in self.before.keys() | self.after.keys()
            if not path.startswith(inside) and self.before.get(path) != self.after.get(path)
        }


@dataclass(frozen=True)
class Outcome:
    """What is not as it should be in a cell; paths count from the cell's folder."""

    conflicts: tuple[str, ...] = ()
    """Files that the index says are unmerged, or that have conflict markers."""
    lost: tuple[str, ...] = ()
    """Edits of the user's that are nowhere any more, and files of his that are gone."""
    missed: tuple[str, ...] = ()
    """Changes of the template to a function that are not in the file that the user has."""
    returned: tuple[str, ...] = ()
    """Functions that the user had deleted and has again."""
    doubled: tuple[str, ...] = ()
    """Functions that stand in two files."""
    missing: tuple[str, ...] = ()
    """Paths of which one was to be there."""
    beside: tuple[str, ...] = ()
    """Files that were not to be there."""
    broken: tuple[str, ...] = ()
    """Modules with imports that lead nowhere."""


def outcome_of(updated: Updated, cell: Cell) -> Outcome:
    """Return what became of a cell."""
    files = updated.of(cell)
    inner = f"{updated.ground.path(cell)}/"
    named = {path.removeprefix(inner): text for path, text in files.items()}
    user = updated.ground.user(cell)
    wanted = {*paths_after(cell), user}
    kept = [name for name in (TOTAL, LEAST) if name not in deleted(cell)]
    return Outcome(
        conflicts=tuple(
            sorted(
                path
                for path, text in named.items()
                if path in _unmerged(updated, inner) or markers(text) or path.endswith(".rej")
            )
        ),
        lost=tuple(mark for mark in marks(cell) if not _found(mark, named)),
        missed=tuple(name for name in kept if not _arrived(name, cell, named)),
        returned=tuple(name for name in deleted(cell) if _found(_definition(name, cell), named)),
        doubled=tuple(name for name in kept if len(_found(_definition(name, cell), named)) > 1),
        missing=tuple(sorted(wanted - named.keys())),
        beside=tuple(sorted(named.keys() - wanted - optional_paths(cell))),
        broken=tuple(
            sorted(
                path.removeprefix(inner)
                for path in files
                if path in updated.not_imported or path in updated.unresolved
            )
        ),
    )


def paths_after(cell: Cell) -> set[str]:
    """Return the paths that a cell has to have after the update."""
    paths = set(cell.change.after)
    if cell.touch == MOVED:
        paths = {f"{ELSEWHERE}/{path}" for path in (*cell.change.before, "__init__.py")}
    elif cell.touch == DELETED:
        gone = {cell.change.home(name) for name in deleted(cell)}
        paths -= gone | optional_paths(cell)
    elif cell.touch == ADDED:
        paths.add(added_after(cell))
    return {*paths, "__init__.py", "report.py"}


def optional_paths(cell: Cell) -> set[str]:
    """Return the paths that a cell may have: packages that the template has for its own file.

    What is split off of a file that the user has moved may stand beside it or where the template
    has it.
    """
    if cell.touch not in (MOVED, DELETED):
        return set()
    packages = {path for path, functions in cell.change.after.items() if not functions}
    kept = cell.touch == DELETED and packages & set(cell.change.before.keys())
    found = packages if not kept else set()
    if cell.touch == MOVED and cell.change.name == "file split off":
        found |= {"rates.py", f"{ELSEWHERE}/rates.py"}
    return found


def added_after(cell: Cell) -> str:
    """Return where the module is that a user had added beside the template's."""
    if cell.change.name != "folder moved":
        return cell.added
    folder = cell.change.home(TOTAL).rpartition("/")[0]
    return f"{folder}/{cell.added.rpartition('/')[2]}"


def deleted(cell: Cell) -> tuple[str, ...]:
    """Return the functions that the user did away with, with their module."""
    return cell.change.before[cell.deleted] if cell.touch == DELETED else ()


def marks(cell: Cell) -> tuple[str, ...]:
    """Return the pieces of text by which the user's edits are known."""
    if cell.touch in (EDITED, MOVED):
        return tuple(cell.mark(name) for name in (TOTAL, LEAST))
    if cell.touch == ADDED:
        return (f"def added_{cell.name}(",)
    return (cell.contested,) if cell.touch == BOTH else ()


def markers(text: str) -> list[str]:
    """Return the lines by which git marks a conflict, with their labels."""
    return re.findall(r"(?m)^(?:<{7}|={7}|>{7})(?: .*)?$", text)


def _definition(function: str, cell: Cell) -> str:
    return f"def {function}_{cell.name}("


def _found(piece: str, files: Mapping[str, str]) -> list[str]:
    """Return the Python files that a piece of text is in."""
    return [path for path, text in files.items() if piece in text and path.endswith(".py")]


def _arrived(function: str, cell: Cell, files: Mapping[str, str]) -> bool:
    """Tell whether every definition of a function has the line of the template's new version."""
    places = _found(_definition(function, cell), files)
    return bool(places) and all(cell.line(function, 2) in files[path] for path in places)


def _unmerged(updated: Updated, inner: str) -> set[str]:
    return {path.removeprefix(inner) for path in updated.unmerged}
