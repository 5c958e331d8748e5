"""Modules that say what they are: each gets its section, and its place in it.

The one module of a section gets the name that the layout has for it. What stands in the folder of
Spark jobs goes with them, and the marker of a package with its modules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.paths_of_tests import is_test
from relayout.notebook import is_notebook
from relayout.planning.components.component import COMPONENT_OF, Component
from relayout.planning.components.content import (
    is_batch_job,
    is_notebook_source,
    is_of_tests,
    is_tool,
    says_step,
    section_of,
)
from relayout.planning.homes import Homes
from relayout.planning.kinds import SCRATCH
from relayout.planning.units import importable_path
from relayout.recipes import Recipe
from relayout.tree import ancestors

_ALONE = {
    "spark-job": "batch_etl.py",
    "producer": "producers.py",
    "consumer": "consumers.py",
    "extract": "extract.py",
    "transform": "transform.py",
    "load": "load.py",
}
"""What the one module of a section is called in the layout."""

_STEPS = frozenset({"extract", "transform", "load", "etl"})
_OF_JOBS = _STEPS | {"spark"}
"""What a module may be beside that, in a folder of Spark jobs."""

_SAYING = {
    "spark": {"spark", "spark_jobs", "pyspark", "spark_apps", "batch"},
    "streaming": {"kafka", "streaming", "stream", "events"},
    "etl": {"etl", "elt", "etls", "etl_scripts", "etl_functions"},
}
"""Folders whose names say no more than the component does."""
_SAYING_SECTION = {
    "producer": {"producer", "producers"},
    "consumer": {"consumer", "consumers"},
    "extract": {"extract", "extractors"},
    "transform": {"transform", "transformers"},
    "load": {"load", "loaders"},
}
"""Folders whose names say no more than the section does."""


class ModuleSorter:
    """Sorts the modules of a tree into ``found``.

    ``is_open`` tells whether a file may be placed by what it is. ``scripts`` are programs in
    folders of scripts, which stay there unless they are jobs, or send or read events.
    """

    def __init__(
        self,
        inventory: Inventory,
        recipe: Recipe,
        homes: Homes,
        found: dict[str, Component],
        is_open: Callable[[str], bool],
        scripts: Collection[str],
    ) -> None:
        self._inventory = inventory
        self._recipe = recipe
        self._homes = homes
        self.found = found
        self._is_open = is_open
        self._scripts = scripts

    def sort(self) -> None:
        """Sort the modules that say what they are; the one of a section gets its name."""
        by_section: dict[str, list[str]] = {}
        for path in self._inventory.python:
            if not self._may_be_sorted(path):
                continue
            component = self._component(path)
            if component is not None:
                self.found[path] = component
                by_section.setdefault(component.section, []).append(path)
        self._beside_jobs(by_section.get("spark-job", []))
        for section, paths in by_section.items():
            if len(paths) == 1 and section in _ALONE and self._may_be_renamed(paths[0], section):
                self.found[paths[0]] = replace(self.found[paths[0]], inner=_ALONE[section])

    def _may_be_sorted(self, path: str) -> bool:
        if is_notebook(path) or is_test(path) or not self._is_open(path) or _is_scratch(path):
            return False
        return "/" not in path or not self._recipe.is_outside(path.partition("/")[0])

    def _component(self, path: str) -> Component | None:
        if is_notebook_source(path, self._inventory.tree):
            because = "it is a notebook that was exported"
            return Component("notebooks", basename(path), because, path)
        file = self._inventory.python[path]
        section, because = section_of(path, file, self._inventory.tree)
        if not section or (section in _STEPS and path in self._scripts):
            return None
        return Component(section, self._inner(path, section), because, dirname(path))

    def _beside_jobs(self, jobs: Iterable[str]) -> None:
        """Let what stands in the folder of a job go with it: so it is found, and mounted."""
        folders = {dirname(job) for job in jobs if not self._only_groups(dirname(job))}
        for path in self._inventory.python:
            if is_notebook(path) or is_test(path) or folders.isdisjoint(ancestors(path)):
                continue
            known = self.found.get(path)
            is_left = self._is_open(path) or (known is not None and known.section in _OF_JOBS)
            if is_left and not is_tool(path) and not is_of_tests(path):
                inner = self._inner(path, "spark-job")
                because = "it stands in a folder of Spark jobs"
                self.found[path] = Component("spark-job", inner, because, dirname(path))

    def _only_groups(self, folder: str) -> bool:
        """Tell whether what stands in a folder has nothing to do with each other."""
        name = basename(folder).casefold()
        return name != "jobs" and (not name or name in self._recipe.containers)

    def _may_be_renamed(self, path: str, section: str) -> bool:
        """Tell whether a module, alone now, gets the name that the layout has for the one."""
        tree, root = self._inventory.tree, self._homes.main.home.root
        if section == "spark-job":
            jobs = {p for p in tree.modules if dirname(p) == f"{root}/spark/jobs"}
            return is_batch_job(path, tree) and jobs <= {f"{root}/spark/jobs/__init__.py"}
        if COMPONENT_OF[section] == "etl" and not says_step(path):
            return False
        name = _ALONE[section]
        component = COMPONENT_OF[section]
        beside = (c.inner for c in self.found.values() if COMPONENT_OF.get(c.section) == component)
        folder = f"{name.removesuffix('.py')}/"  # a module and a folder cannot share a name
        if any(inner.startswith(folder) for inner in beside):
            return False
        return f"{root}/{COMPONENT_OF[section]}/{name}" not in tree

    def _inner(self, path: str, section: str) -> str:
        """Return the path of a module without the folders that only group, or say the section."""
        *folders, name = path.split("/")
        said = _SAYING[COMPONENT_OF[section]] | _SAYING_SECTION.get(section, set())
        said |= {*self._recipe.containers, self._homes.of(path).home.package}
        while folders and folders[0].casefold() in said:
            folders = folders[1:]
        return importable_path("/".join([*folders, name]))

    def sort_markers(self) -> None:
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
                if COMPONENT_OF.get(section) in _SAYING:
                    inner = self._inner(path, section)
                    self.found[path] = Component(section, inner, "it marks their package", folder)


def _is_scratch(path: str) -> bool:
    return not SCRATCH.isdisjoint(dirname(path).casefold().split("/"))
