"""Code that a framework finds by its place: it stays where it is, whatever the layout.

Known are Django projects (their programs, settings, apps and what else only Django needs),
Azure Functions (``host.json`` with ``function_app.py`` or folders with ``function.json``),
datapackage pipelines (``pipeline-spec.yaml`` beside the processors that it names) and the folders
that a compose file mounts as Airflow's DAGs or plugins.
"""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import basename, dirname

from relayout.inventory.configured_paths import ConfiguredPath
from relayout.inventory.configured_paths.entry import DAGS
from relayout.inventory.django.facts import is_test
from relayout.inventory.django.project import DjangoProject
from relayout.tree import Tree, ancestors


def framework_files(tree: Tree, django: Iterable[DjangoProject]) -> dict[str, str]:
    """Return the Python files that a framework finds by their place, each with the framework."""
    found: dict[str, str] = {}
    for project in django:
        found |= dict.fromkeys(_django_files(project), "Django")
    for path in _azure_functions(tree):
        found[path] = "Azure Functions"
    for path in _pipeline_processors(tree):
        found[path] = "datapackage-pipelines"
    return found


def dag_files(configured: Iterable[ConfiguredPath]) -> dict[str, str]:
    """Return the Python files that Airflow finds by their place, as compose files say."""
    return {entry.covers: "Airflow" for entry in configured if entry.kind == DAGS}


def _django_files(project: DjangoProject) -> Iterable[str]:
    """Yield the modules of a Django project: those of its skeleton, and of its apps' packages."""
    if not project.managers and not project.settings:
        return  # apps that are installed find their own modules wherever they are
    modules = [path for path in project.files if path.endswith(".py")]
    skeleton = [path for path in modules if path in project.skeleton]
    folders = [*(app.folder for app in project.apps), *map(dirname, project.settings)]
    tops = {_top_package(f"{folder}/", project.folder) for folder in folders}
    tops |= {_top_package(path, project.folder) for path in skeleton if not is_test(path)}
    for path in modules:
        top = _top_package(path, project.folder)
        if top in tops if top else path in project.skeleton:
            yield path


def _top_package(path: str, base: str) -> str:
    inner = path[len(base) + 1 :] if base else path
    return inner.partition("/")[0] if "/" in inner else ""


def _azure_functions(tree: Tree) -> Iterable[str]:
    hosts = {dirname(path) for path in tree if basename(path) == "host.json"}
    functions = {dirname(path) for path in tree if basename(path) == "function.json"}
    for path in tree.modules:
        is_app = basename(path) == "function_app.py" and dirname(path) in hosts
        if is_app or (dirname(path) in functions and not hosts.isdisjoint(ancestors(path))):
            yield path


def _pipeline_processors(tree: Tree) -> Iterable[str]:
    folders = {dirname(path) for path in tree if basename(path) == "pipeline-spec.yaml"}
    return (path for path in tree.modules if dirname(path) in folders)
