"""Which files of a repository are its old layout's: they go, unless others need them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from posixpath import basename, dirname

from relayout.evolution.counterparts import Counterparts
from relayout.inventory import Inventory
from relayout.inventory.paths_of_tests import is_test
from relayout.tree import Tree, is_within


def files_that_go(
    base: Tree, inventory: Inventory, theirs: Tree, counterparts: Counterparts
) -> frozenset[str]:
    """Return the files of the user's tree that are the old layout's, and that nobody edited.

    ``base`` is what the old layout rendered, ``theirs`` what the new one renders. Modules that the
    user's code imports stay with it, and so does a ``conftest.py`` above the user's tests. A file
    that was edited stays; what it imports does so if it is not the new layout's as well. Projects
    are none of them: what they say is carried over.
    """
    ours = inventory.tree
    own = {path for path in base if path in ours and counterparts.is_own(path)}
    own = {path for path in own if basename(path) != "pyproject.toml"}
    unedited = {path for path in own if ours[path].blob == base[path].blob}
    staying = {path for path in inventory.python if path not in unedited and path not in theirs}
    needed = _needed(inventory, staying, unedited)
    return frozenset(unedited - needed)


def _needed(
    inventory: Inventory, staying: Collection[str], candidates: Collection[str]
) -> set[str]:
    """Return the candidates that files which stay need, and what those need in turn."""
    found: set[str] = set()
    waiting = [*staying, *_conftests(staying, candidates)]
    found.update(path for path in waiting if path in candidates)
    while waiting:
        path = waiting.pop()
        for _, resolution in inventory.resolutions(path):
            new = [f for f in resolution.files if f in candidates and f not in found]
            packages = _packages_above(new, candidates, found)
            found.update((*new, *packages))
            waiting += [*new, *packages]
    return found


def _conftests(staying: Collection[str], candidates: Collection[str]) -> Iterator[str]:
    """Yield the ``conftest.py`` files that tests which stay take their fixtures from."""
    tests = [path for path in staying if is_test(path)]
    for path in candidates:
        if basename(path) == "conftest.py" and any(is_within(t, dirname(path)) for t in tests):
            yield path


def _packages_above(
    paths: Collection[str], candidates: Collection[str], found: Collection[str]
) -> list[str]:
    """Return the ``__init__.py`` files by which modules are found."""
    above = set()
    for path in paths:
        folder = dirname(path)
        while folder:
            above.add(f"{folder}/__init__.py")
            folder = dirname(folder)
    return sorted(path for path in above if path in candidates and path not in found)


def imported_by_what_goes(inventory: Inventory, going: Collection[str]) -> frozenset[str]:
    """Return the import names at the top that only files name which go."""
    gone = _imported(inventory, (path for path in inventory.python if path in going))
    kept = _imported(inventory, (path for path in inventory.python if path not in going))
    return frozenset(gone - kept)


def _imported(inventory: Inventory, paths: Iterator[str]) -> set[str]:
    return {top for path in paths for top in inventory.python[path].imported_tops}
