"""Which component every file is of, in a layout that sorts files by what they are.

What a file is, its content says: a DAG, a Spark job, a producer, a step of an ETL. Names decide
only where content leaves it open. What says nothing is of no component, and other rules place it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from relayout.inventory import Inventory
from relayout.inventory.airflow import airflow_modules
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.search_paths import is_quarantined
from relayout.planning.components.component import SECTIONS, Component
from relayout.planning.components.containers import dockerfiles
from relayout.planning.components.content import is_of_tests
from relayout.planning.components.dags import airflow_components
from relayout.planning.components.modules import ModuleSorter
from relayout.planning.components.needs import imported_from_elsewhere, started_by_name
from relayout.planning.components.requirements import requirement_files
from relayout.planning.components.sets_of_tests import holds_tests
from relayout.planning.components.surroundings import (
    database,
    folder_of_scripts,
    infrastructure,
    scripts,
)
from relayout.planning.components.tests import sets_to_sort, test_files
from relayout.planning.homes import Homes
from relayout.planning.pipeline_parts.pipelines import find_pipelines
from relayout.planning.pipeline_parts.services import whole_folders
from relayout.recipes import Recipe
from relayout.tree import ancestors

__all__ = ["SECTIONS", "Component", "components"]

_PLACED = (
    "orchestration/airflow/",
    "orchestration/scripts/",
    "infrastructure/",
    "requirements/",
    "tests/unit/",
)
"""Folders of the layout, outside of the package: what is there has been placed."""


def components(inventory: Inventory, recipe: Recipe, homes: Homes) -> Mapping[str, Component]:
    """Return the component of each file that is of one, by path.

    ``recipe`` and ``homes`` say where the layout has its packages. Never raises for what files
    contain.
    """
    return _Components(inventory, recipe, homes).of_all()


class _Components:
    def __init__(self, inventory: Inventory, recipe: Recipe, homes: Homes) -> None:
        self._inventory = inventory
        self._recipe = recipe
        self._homes = homes
        modules = airflow_modules(inventory.tree, inventory.python)
        self._defining = modules.keys()
        tests = {path for path in modules if holds_tests(path, inventory, modules)}
        self._dags = {path for path in modules if not is_of_tests(path)} - tests
        self._django = {path for project in inventory.django for path in project.files}
        pipelines = find_pipelines(inventory)
        self._whole = whole_folders(inventory, pipelines, self._dags, with_mounted=False)
        self._dbt = {path for project in inventory.dbt for path in project.files}
        self._tests: set[str] = set()
        self.found: dict[str, Component] = {}

    def of_all(self) -> dict[str, Component]:
        """Return the component of each file."""
        self._requirements()
        apart = {path for path in self._inventory.tree if self._is_apart(path)}
        tests = sets_to_sort(self._inventory, apart, self._defining)
        self._tests = {path for one in tests for path in one.files} - self.found.keys()
        elsewhere = imported_from_elsewhere(self._inventory)
        self._take(airflow_components(self._inventory, self._dags, elsewhere).items())
        self._services()
        self._take(self._docker())
        needed = elsewhere | started_by_name(self._inventory)
        python = self._inventory.python
        left = frozenset(path for path in python if path not in needed and not is_test(path))
        programs = {p for p in python if folder_of_scripts(p) and python[p].is_script}
        sorter = self._sorter(programs | {path for path in left if folder_of_scripts(path)})
        sorter.sort()
        self._take(infrastructure(self._inventory))
        self._take(database(self._inventory, needed))
        self._take(scripts(self._inventory, left))
        sorter.sort_markers()
        found = test_files(self._inventory, tests, self.found)
        self.found |= {path: found[path] for path in found if path in self._tests}
        return dict(sorted(self.found.items()))

    def _sorter(self, programs: Collection[str]) -> ModuleSorter:
        return ModuleSorter(
            self._inventory, self._recipe, self._homes, self.found, self._is_open, programs
        )

    def _docker(self) -> Iterator[tuple[str, Component]]:
        """Yield the Dockerfiles that may move: each stands by itself."""
        for path, (inner, because) in dockerfiles(self._inventory).items():
            yield path, Component("docker", inner, because, path)

    def _services(self) -> None:
        for path in self._inventory.tree:
            whole = next((folder for folder in ancestors(path) if folder in self._whole), None)
            if whole is None or path in self._inventory.foreign or path in self.found:
                continue
            if not path.startswith(_PLACED):
                self.found[path] = Component("service", path, self._whole[whole])

    def _take(self, found: Iterable[tuple[str, Component]]) -> None:
        for path, component in found:
            if self._is_open(path):
                self.found[path] = component

    def _is_open(self, path: str) -> bool:
        """Tell whether a file is in no component, and may be placed by what it is."""
        if path in self.found or path in self._tests or is_quarantined(path):
            return False
        if path.startswith(_PLACED) or self._is_apart(path):
            return False
        territory = self._homes.of(path)
        if path.startswith(f"{territory.home.root}/"):
            return False
        folder = territory.package_folder
        return self._inventory.tree.is_regular(path) and not (
            folder and path.startswith(f"{folder}/")
        )

    def _is_apart(self, path: str) -> bool:
        """Tell whether a file is of an environment, or of a project that keeps its own layout."""
        if path in self._inventory.foreign or path in self._django or path in self._dbt:
            return True
        return any(folder in self._whole for folder in ancestors(path))

    def _requirements(self) -> None:
        """Sort the files that say what is to be installed, in whatever folder they stand."""
        for path, (inner, because) in requirement_files(self._inventory).items():
            is_elsewhere = path in self._django or is_quarantined(path)
            if path not in self.found and not is_elsewhere:
                self.found[path] = Component("requirements", inner, because, path)
