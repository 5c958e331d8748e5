"""Claims: whose each file is, as it becomes known, and what imports or runs what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from posixpath import dirname

from relayout.inventory import Inventory
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.search_paths import is_quarantined
from relayout.inventory.templates import template_files
from relayout.notebook import is_notebook
from relayout.planning.pipeline_parts.evidence import SHELL
from relayout.planning.pipeline_parts.pipelines import Pipelines, dbt_files
from relayout.planning.pipeline_parts.services import stacks
from relayout.tree import ancestors, is_within

STAYING = frozenset({"setup.py", "noxfile.py", "conftest.py", "manage.py"})
"""Modules that tools look for where they stand."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Whose part a file is, which, and why.

    ``is_entry`` tells of the module that Dagster loads. Of a folder that goes as one, ``base`` is
    the folder above it.
    """

    pipeline: str
    section: str
    because: str
    is_entry: bool = False
    base: str | None = None


class Claims:
    """What is known of each file, and the code that may still be claimed."""

    def __init__(
        self,
        inventory: Inventory,
        pipelines: Pipelines,
        whole: Mapping[str, str],
        dags: Collection[str] = (),
        orchestrating: Collection[str] = (),
    ) -> None:
        self.inventory = inventory
        self.pipelines = pipelines
        self.found: dict[str, Claim] = {}
        self.location_folders: frozenset[str] = frozenset()
        """The folders of the modules that Dagster loads."""
        self.dbt = dbt_files(pipelines)
        self.whole = whole
        self.dags = dags
        self.orchestrating = frozenset(orchestrating)
        self.airflow = _airflow_ground(inventory, dags)
        self._stacks = stacks(inventory)
        self._templates = template_files(inventory.tree)
        self._django = {path for project in inventory.django for path in project.files}

    def is_open(self, path: str) -> bool:
        """Tell whether a file may be a part that nobody has claimed yet."""
        return path not in self.found and path not in self.dbt and self._may_move(path)

    def _may_move(self, path: str) -> bool:
        if path in self.inventory.foreign or path in self._templates or path in self._django:
            return False
        if self.pipelines.keeps(path) or is_quarantined(path):
            return False
        if not self.inventory.tree.is_regular(path):
            return False
        return self.folder_of_whole(path) is None

    def folder_of_whole(self, path: str) -> str | None:
        """Return the folder that stays whole and has a file, or None."""
        if not self.whole:
            return None
        return next((folder for folder in ancestors(path) if folder in self.whole), None)

    def is_movable_dbt(self, path: str) -> bool:
        """Tell whether a module in a dbt project may leave it: dbt itself takes it for none."""
        project = self.dbt[path].project
        kinds = (f for folders in project.paths.values() for f in folders)
        return not any(f and is_within(path, f) for f in kinds) and self._may_move(path)

    def is_in_stack(self, path: str) -> bool:
        """Tell whether a file stands with a compose file of its own, below the root."""
        return bool(self._stacks) and not self._stacks.isdisjoint(ancestors(path))

    def claim(self, path: str, claim: Claim) -> None:
        """Record whose a file is."""
        self.found[path] = claim

    def claim_folder(self, folder: str, claim: Claim) -> None:
        """Record whose all is that is left in a folder; it stays below a folder of that name."""
        for path in self.inventory.tree:
            if path.startswith(f"{folder}/") and self.is_open(path):
                self.found[path] = replace(claim, base=dirname(folder))

    def of(self, path: str) -> Claim | None:
        """Return the claim on a file; those of dbt projects belong to their pipelines."""
        if path in self.found:
            return self.found[path]
        owner = self.dbt.get(path)
        return Claim(owner.name, "dbt", "") if owner is not None else None

    @cached_property
    def modules(self) -> list[str]:
        """The modules that may be claimed, tests and notebooks aside."""
        return [
            path
            for path in self.inventory.python
            if not is_notebook(path)
            and (not is_test(path) or path in self.dags)
            and path.rpartition("/")[2] not in STAYING
            and path not in self.dbt
            and (path not in self.airflow or path in self.dags)
            and (not self.is_in_stack(path) or self._is_orchestrators(path))
            and self._may_move(path)
        ]

    def _is_orchestrators(self, path: str) -> bool:
        return path in self.orchestrating or path in self.inventory.dagster

    @cached_property
    def module_set(self) -> frozenset[str]:
        """The same, to look one up."""
        return frozenset(self.modules)

    @cached_property
    def imports(self) -> Mapping[str, frozenset[str]]:
        """The files of the repository that each file imports; a package's marker is none."""
        return {path: frozenset(self._imported(path)) - {path} for path in self.inventory.python}

    def _imported(self, path: str) -> Iterator[str]:
        for _, resolution in self.inventory.resolutions(path):
            if resolution.works:
                yield from resolution.files[:1]
                yield from (f for f in resolution.files[1:] if not f.endswith("/__init__.py"))

    @cached_property
    def importers(self) -> Mapping[str, frozenset[str]]:
        """The files that import each file."""
        return _turned(self.imports)

    @cached_property
    def runners(self) -> Mapping[str, frozenset[str]]:
        """The files of code that name each module or script by its path or in a string."""
        return _turned(self._runs)

    @cached_property
    def _runs(self) -> Mapping[str, frozenset[str]]:
        return {path: frozenset(self._named(path)) for path in self.inventory.python}

    def named_by(self, path: str) -> frozenset[str]:
        """Return the modules and scripts that a file names by their paths or in strings."""
        return self._runs.get(path, frozenset())

    def _named(self, path: str) -> Iterator[str]:
        file = self.inventory.python[path]
        for named in file.named_paths - {path}:
            if named in self.inventory.python or named.endswith((*SHELL, ".sql")):
                yield named
        for _, text in (*file.named_files, *file.named_in_magics):
            named_module = self.inventory.named_module(path, text)
            if named_module is not None and named_module != path:
                yield named_module


def _airflow_ground(inventory: Inventory, dags: Collection[str]) -> frozenset[str]:
    """Return the files that Airflow finds by their place: those of its folders of DAGs.

    What a DAG imports is looked for from there
    (https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/modules_management.html).
    """
    folders = {dags_folder(path) for path in dags} - {""}
    found = {p for p, name in inventory.frameworks.items() if name == "Airflow"}
    return frozenset(found | {p for p in inventory.python if not folders.isdisjoint(ancestors(p))})


def dags_folder(path: str) -> str:
    """Return the nearest folder called ``dags`` above a file, else the file's own."""
    own, *above = ancestors(path)
    return next((f for f in (own, *above) if f.rpartition("/")[2] == "dags"), own)


def _turned(graph: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for path, others in graph.items():
        for other in others:
            found.setdefault(other, set()).add(path)
    return {path: frozenset(others) for path, others in found.items()}
