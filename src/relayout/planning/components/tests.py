"""Tests stand in ``tests/unit/``, by the component that they test, or in ``tests/integration/``.

What they test is what they import. Names and marks say which need services.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.runners import runner_kind
from relayout.planning.components.component import COMPONENT_OF, Component
from relayout.planning.components.sets_of_tests import TESTS, TestSet, test_sets

UNIT, INTEGRATION = "unit-tests", "integration-tests"

_LIBRARIES = {"airflow": "orchestration", "pyspark": "spark", "confluent_kafka": "streaming"}
"""Libraries that say it of a test that imports nothing of the repository."""
_NEEDS_SERVICES = re.compile(r"(?:^|[_/-])(?:integration|e2e|end_?to_?end)(?:[_/.-]|s?$)")
_MARK = re.compile(rb"^pytestmark\s*=.*?pytest\.mark\.(?:integration|e2e)\b", re.MULTILINE)
_UNITTEST = re.compile(rb"\bunittest\b|\bnose2?\b")


@dataclass(frozen=True, slots=True)
class Sorted:
    """The set that some tests are, the section that it is of, and its folder there."""

    tests: TestSet
    section: str
    folder: str
    because: str


def is_discovered_in_packages(inventory: Inventory) -> bool:
    """Tell whether something of the repository looks for tests by the packages that they are in."""
    tree = inventory.tree
    return any(
        _UNITTEST.search(tree.read(path))
        for path in sorted(tree)
        if path not in inventory.foreign
        and tree.is_regular(path)
        and runner_kind(path) is not None
        and not path.endswith(".py")
    )


def sets_to_sort(
    inventory: Inventory, elsewhere: Collection[str], dags: Collection[str]
) -> list[TestSet]:
    """Return the sets of tests that may move; none of ``tests/`` where packages are looked for.

    What is ``elsewhere`` belongs to something that stays whole; ``dags`` are modules that define
    DAGs.
    """
    found = test_sets(inventory, elsewhere, dags)
    if found and is_discovered_in_packages(inventory):
        return [one for one in found if one.folder.partition("/")[0] != TESTS]
    return found


def test_files(
    inventory: Inventory, sets: Collection[TestSet], components: Mapping[str, Component]
) -> dict[str, Component]:
    """Return the component of each file of some tests; ``components`` are those of other files."""
    names = _Names(inventory, sets)
    found: dict[str, Component] = {}
    for one in _by_folder(inventory, sets, components):
        for path in one.tests.files:
            inner = path.removeprefix(f"{one.tests.folder}/") if one.tests.folder else path
            place = f"{one.folder}/{inner}" if one.folder else inner
            section_folder = "tests/integration" if one.section == INTEGRATION else "tests/unit"
            place = names.free(path, f"{section_folder}/{place}").removeprefix(f"{section_folder}/")
            group = one.tests.folder if len(one.tests.files) > 1 else path
            found[path] = Component(one.section, place, one.because, f"tests of {group}")
    return found


test_files.__test__ = False  # type: ignore[attr-defined]


def _by_folder(
    inventory: Inventory, sets: Collection[TestSet], components: Mapping[str, Component]
) -> Iterator[Sorted]:
    """Yield where each set goes; no other tests go below the settings of a set."""
    closed: set[str] = set()
    taken: set[str] = set()
    for tests in sorted(sets, key=lambda one: not one.is_shared):
        tested = _tested(tests, inventory, components)
        needs_services = _needs_services(tests, inventory)
        section = INTEGRATION if needs_services else UNIT
        folder = _folder(tests, "" if needs_services else tested)
        shared_names = {f"{section}/{folder}/{inner}" for inner in tests.shared_names}
        if f"{section}/{folder}" in closed or not taken.isdisjoint(shared_names):
            folder = f"test_{_own_name(tests)}" if len(tests.files) > 1 else ""
            if f"{section}/{folder}" in closed:
                continue
        if tests.is_shared:
            closed.add(f"{section}/{folder}")
        taken |= {f"{section}/{folder}/{inner}" for inner in tests.shared_names}
        because = (
            "it needs services" if needs_services else f"it tests {tested or 'several things'}"
        )
        yield Sorted(tests, section, folder, because)


def _folder(tests: TestSet, tested: str) -> str:
    """Return the folder of a set below that of its section; a loose test may need none."""
    if tested:
        return f"test_{tested}"
    return f"test_{_own_name(tests)}" if tests.folder not in ("", TESTS) else ""


def _own_name(tests: TestSet) -> str:
    names = [name for name in tests.folder.split("/") if name not in ("test", "tests", "testing")]
    return re.sub(r"\W+", "_", names[-1]) if names else "others"


def _tested(tests: TestSet, inventory: Inventory, components: Mapping[str, Component]) -> str:
    """Return the one component that all tests of a set are for; empty for several, or none."""
    found: set[str] = set()
    libraries: set[str] = set()
    for path in tests.modules:
        for _, resolution in inventory.resolutions(path):
            files = resolution.files if resolution.works else ()
            sections = {components[file].section for file in files if file in components}
            found |= {COMPONENT_OF[section] for section in sections if section in COMPONENT_OF}
        libraries |= {
            _LIBRARIES[top] for top in inventory.python[path].imported_tops if top in _LIBRARIES
        }
    said = found or libraries
    return said.pop() if len(said) == 1 else ""


def _needs_services(tests: TestSet, inventory: Inventory) -> bool:
    """Tell whether a path says so, or a mark of each module of the set."""
    if len(tests.files) == 1 or tests.folder.startswith(f"{TESTS}/"):
        said = tests.files[0] if len(tests.files) == 1 else tests.folder
        if _NEEDS_SERVICES.search(said.removesuffix(".py")):
            return True
    return all(_MARK.search(inventory.tree.read(path)) for path in tests.modules)


class _Names:
    """Keeps the names of tests apart: pytest imports two of one name as one module.

    That is so in folders that are no packages
    (https://docs.pytest.org/en/stable/explanation/pythonpath.html, mode ``prepend``).
    """

    def __init__(self, inventory: Inventory, sets: Collection[TestSet]) -> None:
        self._tree = inventory.tree
        moving = {path for one in sets for path in one.files}
        self._taken = {
            basename(path)
            for path in inventory.python
            if path not in moving and path.startswith(f"{TESTS}/") and self._is_top(path)
        }

    def _is_top(self, path: str) -> bool:
        return f"{dirname(path)}/__init__.py" not in self._tree

    def free(self, path: str, place: str) -> str:
        """Return a place whose name is free; of two, the second gets a number."""
        name = basename(place)
        if not name.endswith(".py") or name in ("conftest.py", "__init__.py"):
            return place
        if not self._is_top(path):
            return place
        stem = name.removesuffix(".py")
        others = (f"{stem}_{number}.py" for number in count(2))
        free = next(other for other in chain([name], others) if other not in self._taken)
        self._taken.add(free)
        return f"{dirname(place)}/{free}"
