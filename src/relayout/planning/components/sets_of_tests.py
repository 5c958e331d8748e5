"""Tests that have to stay together: what they share is found by where it stands.

A ``conftest.py`` reaches what is below its folder
(https://docs.pytest.org/en/stable/how-to/fixtures.html#conftest-py-sharing-fixtures-across-multiple-files),
a test finds the modules of its own folder
(https://docs.pytest.org/en/stable/explanation/pythonpath.html), and opens the files beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.search_paths import is_quarantined
from relayout.notebook import is_notebook
from relayout.tree import ancestors, is_within

TESTS = "tests"
_NAMES = frozenset({"test", "tests", "testing"})
_PLACED = ("tests/unit", "tests/integration")
_STARTS_TESTS = re.compile(r"(?:^|[_-])tests?(?:[_-]\w+)*\.(?:py|sh|bash)$")
_SETTINGS = frozenset({"conftest.py", "pytest.ini"})


@dataclass(frozen=True, slots=True)
class TestSet:
    """Files that move as one: all below a folder of tests, or the tests in a folder of code.

    ``folder`` is what their paths count from.
    """

    __test__ = False  # for pytest, which would take the class for tests

    folder: str
    files: tuple[str, ...]
    modules: tuple[str, ...]

    @property
    def is_shared(self) -> bool:
        """Whether something in the folder counts for all tests below it."""
        return any(basename(path) in _SETTINGS for path in self.files)

    @property
    def shared_names(self) -> frozenset[str]:
        """Paths below the folder that another set must not have as well."""
        start = len(self.folder) + 1 if self.folder else 0
        return frozenset(path[start:] for path in self.files if len(self.files) > 1)


def holds_tests(path: str, inventory: Inventory, dags: Collection[str]) -> bool:
    """Tell whether a module whose name is that of tests has some.

    One that defines ``dags`` may only be called so: ``dags/dag_test.py``.
    """
    if not is_test(path) or path not in dags:
        return is_test(path)
    defines = inventory.python[path].defines
    has_tests = any(name.startswith(("test_", "Test")) for name in defines)
    is_for_tests = not _NAMES.isdisjoint(dirname(path).split("/"))
    return is_for_tests or (has_tests and basename(path).startswith("test_"))


def test_sets(
    inventory: Inventory, elsewhere: Collection[str], dags: Collection[str]
) -> list[TestSet]:
    """Return the sets of tests that may move, those with most files first.

    What is ``elsewhere`` belongs to something that stays whole; ``dags`` are modules that define
    DAGs. What stands loose in ``tests/`` and
    needs nothing there is a set of its own; the rest of that folder stays, and so does all of it
    where unittest looks for tests, which finds them in packages only
    (https://docs.python.org/3/library/unittest.html#test-discovery).
    """
    modules = [
        path
        for path in sorted(inventory.python)
        if not is_notebook(path) and not is_quarantined(path)
        if holds_tests(path, inventory, dags)
        if path not in elsewhere and not any(is_within(path, place) for place in _PLACED)
    ]
    folders = dict.fromkeys(_folder_of(path) for path in modules if basename(path) != "conftest.py")
    found: list[TestSet] = []
    for folder in folders:
        if folder in (TESTS, ""):
            found += _loose(folder, modules, inventory)
        elif not _is_tied(folder, inventory):
            found.append(_set_of(folder, modules, inventory, elsewhere))
    return sorted(
        (one for one in found if one.files), key=lambda one: (-len(one.files), one.folder)
    )


test_sets.__test__ = False  # type: ignore[attr-defined]


def _folder_of(path: str) -> str:
    """Return the folder that a test moves with: ``tests`` and the root are for what is loose."""
    above = [folder for folder in reversed(list(ancestors(path))) if folder]
    for folder in above:
        if basename(folder) in _NAMES:
            if folder != TESTS:
                return folder
            inner = path.removeprefix(f"{TESTS}/")
            return f"{TESTS}/{inner.partition('/')[0]}" if "/" in inner else TESTS
    return dirname(path)


def _set_of(
    folder: str, modules: list[str], inventory: Inventory, elsewhere: Collection[str]
) -> TestSet:
    mine = tuple(path for path in modules if _folder_of(path) == folder)
    is_for_tests = not _NAMES.isdisjoint(folder.split("/"))
    if is_for_tests:
        files = (p for p in inventory.tree if is_within(p, folder) and p not in elsewhere)
    else:
        settings = (f"{folder}/{name}" for name in sorted(_SETTINGS))
        runners = _runners(folder, inventory)
        files = (p for p in dict.fromkeys((*mine, *settings, *runners)) if p in inventory.tree)
    return TestSet(folder, tuple(sorted(files)), mine)


def _runners(folder: str, inventory: Inventory) -> list[str]:
    """Return the programs beside tests that only start them, by their names."""
    here = [
        path
        for path in inventory.tree
        if dirname(path) == folder and _STARTS_TESTS.search(basename(path))
        if not (path.endswith(".py") and is_test(path))
    ]
    python = {path for path in here if path.endswith(".py")}
    if not python:
        return here
    needed = {p for other in inventory.python for p in _needed_by(other, inventory) if p != other}
    return [path for path in here if path not in python or path not in needed]


def _loose(folder: str, modules: list[str], inventory: Inventory) -> Iterator[TestSet]:
    """Yield the tests right in a folder that need no other file of it, each by itself."""
    here = [p for p in modules if dirname(p) == folder and basename(p) != "conftest.py"]
    if folder and f"{folder}/__init__.py" in inventory.tree:
        here = [path for path in here if not _imports_own_package(path, folder, inventory)]
    beside = {p for p in inventory.python if is_within(p, folder)} if folder else {*here}
    called = _called_alone(inventory)
    tied = {p for p in here if basename(p) in called}
    tied |= {p for p in here if not _needed_by(p, inventory).isdisjoint(beside - {p})}
    tied |= {p for other in beside for p in _needed_by(other, inventory) if p != other}
    yield from (TestSet(folder, (path,), (path,)) for path in here if path not in tied)


def _is_tied(folder: str, inventory: Inventory) -> bool:
    """Tell whether a folder of ``tests/`` and what is around it there import each other."""
    if not is_within(folder, TESTS):
        return False
    for path in inventory.python:
        if is_within(path, TESTS):
            is_inside = is_within(path, folder)
            needed = (p for p in _needed_by(path, inventory) if is_within(p, TESTS))
            if any(is_within(p, folder) is not is_inside for p in needed):
                return True
    return False


def _called_alone(inventory: Inventory) -> set[str]:
    """Return the names of tests that code has without a folder: it puts one before them."""
    return {
        text
        for path, file in inventory.python.items()
        for _, text in file.named_files
        if "/" not in text and is_test(text) and basename(path) != text
        if not any(basename(named) == text for named in file.named_paths)
    }


def _needed_by(path: str, inventory: Inventory) -> set[str]:
    """Return the files of the repository that a file imports."""
    return {
        file
        for _, resolution in inventory.resolutions(path)
        if resolution.works
        for file in resolution.files
    }


def _imports_own_package(path: str, folder: str, inventory: Inventory) -> bool:
    """Tell whether a test imports by the name of the package that its folder is."""
    name = basename(folder)
    return any(
        statement.level or any(module.partition(".")[0] == name for module in statement.modules)
        for statement in inventory.python[path].statements
    )
