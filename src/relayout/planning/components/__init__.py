"""Which component every file is of, in a layout that sorts files by what they are.

What a file is, its content says: a DAG, a Spark job, a producer, a step of an ETL. Names decide
only where content leaves it open. What says nothing is of no component, and other rules place it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.airflow import airflow_modules
from relayout.inventory.search_paths import is_quarantined, is_test
from relayout.notebook import is_notebook
from relayout.planning.components.component import SECTIONS, Component
from relayout.planning.components.containers import dockerfiles
from relayout.planning.components.content import (
    is_batch_job,
    is_notebook_source,
    is_tool,
    says_step,
    section_of,
)
from relayout.planning.components.dags import airflow_components
from relayout.planning.components.needs import imported_from_elsewhere, started_by_name
from relayout.planning.components.requirements import requirement_files
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
from relayout.planning.units import importable_path
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

_SCRATCH = frozenset(
    {"dev", "old", "archive", "archived", "backup", "backups", "deprecated", "legacy", "tmp"}
    | {"temp", "scratch", "playground", "sandbox", "examples", "example", "attic"}
)

_ALONE = {
    "spark-job": "batch_etl.py",
    "producer": "producers.py",
    "consumer": "consumers.py",
    "extract": "extract.py",
    "transform": "transform.py",
    "load": "load.py",
}
"""What the one module of a section is called in the layout."""

_FOLDERS = {
    "producer": "streaming",
    "consumer": "streaming",
    "streaming": "streaming",
    "extract": "etl",
    "transform": "etl",
    "load": "etl",
}
"""Where the package has these modules."""

_OF_JOBS = frozenset({"spark", "extract", "transform", "load", "etl"})
"""What a module may be beside that, in a folder of Spark jobs."""

_SAYING = {
    "spark-job": ("spark", "spark_jobs", "pyspark", "spark_apps", "batch"),
    "spark": ("spark", "spark_jobs", "pyspark", "spark_apps", "batch"),
    "producer": ("kafka", "streaming", "stream", "producer", "producers", "events"),
    "consumer": ("kafka", "streaming", "stream", "consumer", "consumers", "events"),
    "streaming": ("kafka", "streaming", "stream", "events"),
    "extract": ("etl", "elt", "etls", "extract", "extractors", "etl_scripts", "etl_functions"),
    "transform": (
        "etl",
        "elt",
        "etls",
        "transform",
        "transformers",
        "etl_scripts",
        "etl_functions",
    ),
    "load": ("etl", "elt", "etls", "load", "loaders", "etl_scripts", "etl_functions"),
    "etl": ("etl", "elt", "etls", "etl_scripts", "etl_functions"),
}
"""Folders whose names say no more than the section does."""


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
        self._dags = {path for path in modules if not is_test(path) and not _of_tests(path)}
        self._django = {path for project in inventory.django for path in project.files}
        pipelines = find_pipelines(inventory)
        self._whole = whole_folders(inventory, pipelines, self._dags, with_mounted=False)
        self._dbt = {path for project in inventory.dbt for path in project.files}
        self._tests: set[str] = set()
        self.found: dict[str, Component] = {}

    def of_all(self) -> dict[str, Component]:
        """Return the component of each file."""
        self._requirements()
        tests = sets_to_sort(
            self._inventory, {path for path in self._inventory.tree if self._is_apart(path)}
        )
        self._tests = {path for one in tests for path in one.files} - self.found.keys()
        self._take(airflow_components(self._inventory, self._dags).items())
        self._services()
        self._take(self._docker())
        self._modules()
        self._take(infrastructure(self._inventory))
        self._take(database(self._inventory))
        self._take(scripts(self._inventory, self._left_scripts()))
        self._markers()
        found = test_files(self._inventory, tests, self.found)
        self.found |= {path: found[path] for path in found if path in self._tests}
        return dict(sorted(self.found.items()))

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

    def _modules(self) -> None:
        """Sort the modules that say what they are; the one of a section gets its name."""
        by_section: dict[str, list[str]] = {}
        programs = {path for path in self._left_scripts() if folder_of_scripts(path)}
        for path, file in self._inventory.python.items():
            if is_notebook(path) or is_test(path) or not self._is_open(path) or _is_scratch(path):
                continue
            if self._recipe.is_outside(path.partition("/")[0]) and "/" in path:
                continue
            if is_notebook_source(path, self._inventory.tree):
                because = "it is a notebook that was exported"
                self.found[path] = Component("notebooks", basename(path), because, path)
                continue
            section, because = section_of(path, file, self._inventory.tree)
            if section in ("etl", "extract", "transform", "load") and path in programs:
                continue
            if section:
                inner = self._inner(path, section)
                self.found[path] = Component(section, inner, because, dirname(path))
                by_section.setdefault(section, []).append(path)
        self._beside_jobs(by_section.get("spark-job", []))
        for section, paths in by_section.items():
            if len(paths) == 1 and section in _ALONE and self._may_be_renamed(paths[0], section):
                self.found[paths[0]] = replace(self.found[paths[0]], inner=_ALONE[section])

    def _beside_jobs(self, jobs: Iterable[str]) -> None:
        """Let what stands in the folder of a job go with it: so it is found, and mounted."""
        folders = {dirname(job) for job in jobs} - {"", "src"}
        for path in self._inventory.python:
            if is_notebook(path) or is_test(path) or folders.isdisjoint(ancestors(path)):
                continue
            known = self.found.get(path)
            is_left = self._is_open(path) or (known is not None and known.section in _OF_JOBS)
            if is_left and not is_tool(path) and not _of_tests(path):
                inner = self._inner(path, "spark-job")
                because = "it stands in a folder of Spark jobs"
                self.found[path] = Component("spark-job", inner, because, dirname(path))

    def _may_be_renamed(self, path: str, section: str) -> bool:
        """Tell whether a module, alone now, gets the name that the layout has for the one."""
        tree, root = self._inventory.tree, self._homes.main.home.root
        if section == "spark-job":
            jobs = {p for p in tree.modules if dirname(p) == f"{root}/spark/jobs"}
            return is_batch_job(path, tree) and jobs <= {f"{root}/spark/jobs/__init__.py"}
        if _FOLDERS[section] == "etl" and not says_step(path):
            return False
        name = _ALONE[section]
        beside = (c.inner for c in self.found.values() if _FOLDERS.get(c.section))
        folder = f"{name.removesuffix('.py')}/"  # a module and a folder cannot share a name
        if any(inner.startswith(folder) for inner in beside):
            return False
        return f"{root}/{_FOLDERS[section]}/{name}" not in tree

    def _inner(self, path: str, section: str) -> str:
        """Return the path of a module without the folders that only group, or say the section."""
        *folders, name = path.split("/")
        said = {*self._recipe.containers, *_SAYING[section], self._homes.of(path).home.package}
        while folders and folders[0].casefold() in said:
            folders = folders[1:]
        return importable_path("/".join([*folders, name]))

    def _left_scripts(self) -> frozenset[str]:
        """Return the modules that nothing imports from another folder, and that are no tests.

        Nor does anything start them by a dotted name, which only a package has.
        """
        needed = imported_from_elsewhere(self._inventory) | started_by_name(self._inventory)
        return frozenset(
            path for path in self._inventory.python if path not in needed and not is_test(path)
        )

    def _requirements(self) -> None:
        """Sort the files that say what is to be installed, in whatever folder they stand."""
        for path, (inner, because) in requirement_files(self._inventory).items():
            is_elsewhere = path in self._django or is_quarantined(path)
            if path not in self.found and not is_elsewhere:
                self.found[path] = Component("requirements", inner, because, path)

    def _markers(self) -> None:
        """Let the marker of a package go along with its modules, if all have one section."""
        sections: dict[str, set[str]] = {}
        for path in self._inventory.python:
            if not path.endswith("__init__.py") and not is_test(path):
                component = self.found.get(path)
                section = component.section if component else ""
                sections.setdefault(dirname(path), set()).add(section)
        for path in self._inventory.python:
            folder = dirname(path)
            said = sections.get(folder, set())
            if path.endswith("__init__.py") and self._is_open(path) and len(said) == 1:
                (section,) = said
                if section in _SAYING:
                    inner = self._inner(path, section)
                    self.found[path] = Component(section, inner, "it marks their package", folder)


def _of_tests(path: str) -> bool:
    return not {"test", "tests"}.isdisjoint(dirname(path).casefold().split("/"))


def _is_scratch(path: str) -> bool:
    return not _SCRATCH.isdisjoint(dirname(path).casefold().split("/"))
