"""What a tree holds: modules, imports, path hacks, what runs what, what it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from posixpath import basename, dirname, join, normpath

from relayout.inventory.configured_paths import ConfiguredPath, read_configuration
from relayout.inventory.dagster import DagsterModule, dagster_modules
from relayout.inventory.dbt import DbtProject, find_dbt_projects
from relayout.inventory.declared import Declared
from relayout.inventory.django import DjangoProject
from relayout.inventory.django.projects import find_projects
from relayout.inventory.frameworks import dag_files, framework_files
from relayout.inventory.local_projects import project_name
from relayout.inventory.meaning import Resolution
from relayout.inventory.notebooks import notebooks_of, read_notebook
from relayout.inventory.python import ImportedName, PythonFile, read_python
from relayout.inventory.references import find_references
from relayout.inventory.references.reference import Reference
from relayout.inventory.requirements import dependency_names, read_requirements
from relayout.inventory.resolution import Resolver
from relayout.inventory.runners import Run, find_mentions, find_runs, referenced_runs, runner_lines
from relayout.inventory.setup_script import setup_requirements
from relayout.inventory.templates import template_files
from relayout.notebook import is_notebook
from relayout.per_file import PerFile, one_by_one
from relayout.tree import Tree

_FOREIGN_FOLDERS = frozenset({"node_modules", "site-packages", "__pycache__", ".tox", ".nox"})


@dataclass(frozen=True)
class Inventory:
    """Facts about a tree, and the resolver that knows what its imports mean."""

    tree: Tree
    python: Mapping[str, PythonFile]
    foreign: frozenset[str]
    """Files of installed environments that were committed, and of templates."""
    templates: frozenset[str]
    """Files of templates, from which others are made."""
    requirements: tuple[Declared, ...]
    dependencies: frozenset[str]
    """Import names of what the repository declares as dependencies."""
    django: tuple[DjangoProject, ...]
    frameworks: Mapping[str, str]
    """Files that a framework finds by their place, each with the framework's name."""
    runs: tuple[Run, ...]
    mentions: tuple[Run, ...]
    """Where runner files name folders, and files that are not Python."""
    resolver: Resolver
    references: Mapping[str, tuple[Reference, ...]]
    """What files that are no Python name, by the path of the file that names it."""
    configured: tuple[ConfiguredPath, ...] = ()
    """Search paths that configuration sets."""
    started_in: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The folders that configuration starts Python files in, by file."""

    @cached_property
    def dagster(self) -> Mapping[str, DagsterModule]:
        """What the modules of a Dagster project define, by path; empty for one without."""
        return dagster_modules(self.tree, self.python, self.resolver)

    @cached_property
    def dbt(self) -> tuple[DbtProject, ...]:
        """The dbt projects, by folder."""
        return find_dbt_projects(self.tree, self.foreign)

    def named_module(self, path: str, text: str) -> str | None:
        """Return the module that a string in a file names: as a path, or dotted in full."""
        if text.endswith(".py") and "." not in text[:-3].replace("../", ""):
            for base in ("", dirname(path)):
                named = normpath(join(base, text))
                if named in self.python:
                    return named
            return None
        text = text.removeprefix("ext://").replace(":", ".")
        located = self.resolver.finder.find(self.resolver.roots, text)
        if located is None and "." in text:
            located = self.resolver.finder.find(self.resolver.roots, text.rpartition(".")[0])
        return located.file if located is not None and located.file in self.python else None

    def resolutions(self, path: str) -> list[tuple[ImportedName, Resolution]]:
        """Return what each imported name of a file means, in line order."""
        return self.resolver.resolutions(path)


def foreign_files(tree: Tree) -> frozenset[str]:
    """Return tracked files of virtual environments and of installed packages.

    A virtual environment is known by its ``pyvenv.cfg`` (PEP 405).
    """
    environments = {dirname(p) for p in tree if basename(p) == "pyvenv.cfg"} - {""}
    found = set()
    for path in tree:
        folders = dirname(path).split("/")
        if not _FOREIGN_FOLDERS.isdisjoint(folders) or any(
            path.startswith(f"{environment}/") for environment in environments
        ):
            found.add(path)
    return frozenset(found)


def facts_by_blob(inventory: Inventory) -> dict[str, PythonFile]:
    """Return, by blob id, the facts about modules that say the same wherever one stands.

    A module and a notebook may have the same content, and do not have the same facts.
    """
    return {
        inventory.tree[path].blob: file
        for path, file in inventory.python.items()
        if not file.depends_on_place and not is_notebook(path)
    }


def _read(path: str, tree: Tree) -> PythonFile:
    return (read_notebook if is_notebook(path) else read_python)(path, tree)


def _project_of(django: Iterable[DjangoProject]) -> dict[str, str]:
    """Return, for each file of a Django project, the folder that its names are found from."""
    return {path: project.folder for project in django for path in project.files}


def take_inventory(
    tree: Tree,
    per_file: PerFile = one_by_one,
    known: Mapping[str, PythonFile] | None = None,
) -> Inventory:
    """Return the inventory of a tree. Never raises for what its files contain.

    ``known`` are facts by blob id, as :func:`facts_by_blob` gives them: such files are not read.
    """
    facts = known or {}
    templates = template_files(tree)
    foreign = foreign_files(tree) | templates
    paths = sorted((tree.modules | notebooks_of(tree)) - foreign)
    unread = [p for p in paths if is_notebook(p) or tree[p].blob not in facts]
    read = per_file("Reading", partial(_read, tree=tree), unread)
    fresh = dict(zip(unread, read, strict=True))
    python = {p: fresh.get(p) or facts[tree[p].blob].at(p) for p in paths}
    django = find_projects(tree, python, foreign)
    requirements = tuple(read_requirements(tree))
    dependencies = dependency_names(tree, requirements) | setup_requirements(tree)
    dependencies -= {project_name(tree, "").replace("-", "_")}  # pip freeze lists the project too
    configuration = read_configuration(tree, foreign)
    lines = list(runner_lines(tree, foreign))
    references = find_references(tree, foreign, per_file)
    runs = dict.fromkeys(
        [*find_runs(lines, tree), *configuration.runs, *referenced_runs(references, tree)]
    )
    return Inventory(
        tree=tree,
        python=python,
        foreign=foreign,
        templates=templates,
        requirements=requirements,
        dependencies=dependencies,
        django=django,
        frameworks=framework_files(tree, django) | dag_files(configuration.paths),
        runs=tuple(run for run in runs if run.path in python),
        mentions=tuple(find_mentions(lines, tree)),
        resolver=Resolver(tree, python, dependencies, configuration.paths, _project_of(django)),
        references=references,
        configured=configuration.paths,
        started_in=configuration.started_in,
    )
