"""The pipelines of a repository: its dbt projects, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from relayout.inventory import Inventory
from relayout.inventory.dbt import DbtProject
from relayout.inventory.local_projects import project_name
from relayout.planning.pipeline_parts.names import Name, Names, is_common, pipeline_name, words_of
from relayout.rendering import own_answers
from relayout.tree import Tree, ancestors

ROOT = "pipelines/"
_LAYOUT = "pipeline-centric"
_SECTION = re.compile(
    r"pipelines/(?:_templates/|shared/|(?:[^/]+/)?__init__\.py\Z|[^/]+/"
    r"(?:dbt|orchestration|scripts|notebooks|docs|tests|config|data)/)"
)
_IN_PLACE = re.compile(r"pipelines/(?P<name>[^/]+)/dbt(?:/.*)?")
_TITLE = re.compile(
    r"^(?:#[ \t]+(?P<atx>[^\r\n]+)|(?P<setext>[^\r\n]+)\r?\n=+[ \t]*$)", re.MULTILINE
)
_LONGEST_README = 200_000


@dataclass(frozen=True)
class Pipeline:
    """A pipeline: its name, and the dbt project that it is made of."""

    name: str
    project: DbtProject

    @property
    def folder(self) -> str:
        """The folder of the dbt project now; empty for the root."""
        return self.project.folder


@dataclass(frozen=True)
class Pipelines:
    """All pipelines, in the order of their folders; the dbt packages that they share; names."""

    all: tuple[Pipeline, ...]
    packages: tuple[Pipeline, ...]
    names: Names
    is_settled: bool = False
    """Whether the repository was generated in this layout, or has adopted it."""

    @property
    def only(self) -> str:
        """The name of the one pipeline; empty if there are several, or none."""
        return self.all[0].name if len(self.all) == 1 else ""

    @cached_property
    def is_laid_out(self) -> bool:
        """Whether the repository has the layout: a dbt project is in its place."""
        return any(_IN_PLACE.fullmatch(p.folder) for p in (*self.all, *self.packages))

    def keeps(self, path: str) -> bool:
        """Tell whether a file stands where the layout has it."""
        if self.is_settled and path.startswith(ROOT):
            return True
        is_laid_out = self.is_settled or self.is_laid_out
        return is_placed(path) or (is_laid_out and path.startswith(_OF_THE_LAYOUT))


_OF_THE_LAYOUT = ("tools/", "docs/", "docker/", "config/", "tests/", "data/", "notebooks/")


def is_placed(path: str) -> bool:
    """Tell whether a file stands where the layout has it, whatever else the repository has."""
    return path.startswith("platform/") or _SECTION.match(path) is not None


def find_pipelines(inventory: Inventory, whole: Collection[str] = ()) -> Pipelines:
    """Return the pipelines of a repository.

    A dbt project among tests or examples makes none, nor one in the folders of ``whole``.
    """
    taken: set[str] = set()
    names: dict[str, str] = {}
    inside = {p.folder for p in inventory.dbt if not {*whole}.isdisjoint(ancestors(p.path))}
    projects = [p for p in inventory.dbt if not p.is_fixture and p.folder not in inside]
    for project in sorted(projects, key=_order):
        place = _IN_PLACE.fullmatch(project.folder)
        name = place["name"] if place else pipeline_name(project.name, project.folder, taken)
        names[project.folder] = name
        taken.add(name)
    found = [Pipeline(names[p.folder], p) for p in sorted(projects, key=lambda p: p.folder)]
    every = tuple(pipeline for pipeline in found if not pipeline.project.is_package)
    packages = tuple(pipeline for pipeline in found if pipeline.project.is_package)
    own = _own_names(inventory.tree)
    several = len(every) > 1
    names_of_all = Names(_name(p, own, several) for p in every)
    is_settled = own_answers(inventory.tree).get("layout") == _LAYOUT
    return Pipelines(every, packages, names_of_all, is_settled)


def _order(project: DbtProject) -> tuple[bool, bool, str]:
    """Order projects for their names: those in place first, those that say their name, the rest."""
    is_placed_now = _IN_PLACE.fullmatch(project.folder) is not None
    return not is_placed_now, is_common(words_of(project.name)), project.folder


def _name(pipeline: Pipeline, own: Iterable[tuple[str, ...]], several: bool) -> Name:
    words = words_of(pipeline.name)
    tells = not is_common(words) and not (several and words in own)
    return Name(pipeline.name, words, tells)


def _own_names(tree: Tree) -> frozenset[tuple[str, ...]]:
    """Return what the repository is called: what carries that is of no pipeline in particular."""
    found = {words_of(project_name(tree, ""))}
    for path in ("README.md", "readme.md", "Readme.md", "README.rst", "README"):
        if tree.is_regular(path):
            text = tree.read(path)[:_LONGEST_README].decode("utf-8", errors="replace")
            title = _TITLE.search(text)
            found.add(words_of((title["atx"] or title["setext"]) if title else ""))
    return frozenset(found - {()})


def dbt_files(pipelines: Pipelines) -> Mapping[str, Pipeline]:
    """Return, for each file of a dbt project, its pipeline or package."""
    return {path: p for p in (*pipelines.all, *pipelines.packages) for path in p.project.files}
