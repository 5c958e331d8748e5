"""Code that a framework finds by its place: it stays where it is, whatever the layout.

Known are Django projects (a folder with ``manage.py``, and the apps and settings packages in it),
Azure Functions (``host.json`` with ``function_app.py`` or folders with ``function.json``),
datapackage pipelines (``pipeline-spec.yaml`` beside the processors that it names) and the folders
that a compose file mounts as Airflow's DAGs or plugins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from posixpath import basename, dirname

from relayout.inventory.configured_paths import ConfiguredPath
from relayout.inventory.configured_paths.entry import DAGS
from relayout.tree import Tree, ancestors

_DJANGO_MODULES = frozenset(
    {"settings.py", "wsgi.py", "asgi.py", "urls.py", "apps.py", "admin.py", "models.py"}
)
_DJANGO_FOLDERS = frozenset({"management", "migrations", "settings"})
_DJANGO = re.compile(rb"\bdjango\b")


def framework_files(tree: Tree) -> dict[str, str]:
    """Return the Python files that a framework finds by their place, each with the framework."""
    found: dict[str, str] = {}
    for path in _django_files(tree):
        found[path] = "Django"
    for path in _azure_functions(tree):
        found[path] = "Azure Functions"
    for path in _pipeline_processors(tree):
        found[path] = "datapackage-pipelines"
    return found


def dag_files(configured: Iterable[ConfiguredPath]) -> dict[str, str]:
    """Return the Python files that Airflow finds by their place, as compose files say."""
    return {entry.covers: "Airflow" for entry in configured if entry.kind == DAGS}


def _below(tree: Tree, folder: str) -> Iterable[str]:
    return (p for p in tree.modules if not folder or p.startswith(f"{folder}/"))


def _django_files(tree: Tree) -> Iterable[str]:
    managers = [
        path
        for path in tree.modules
        if basename(path) == "manage.py" and _DJANGO.search(tree.read(path))
    ]
    for manager in managers:
        base = dirname(manager)
        yield manager
        packages = {
            _top_package(path, base) for path in _below(tree, base) if _shows_django(path, base)
        }
        for path in _below(tree, base):
            if _top_package(path, base) in packages - {""}:
                yield path


def _shows_django(path: str, base: str) -> bool:
    inner = path[len(base) + 1 :] if base else path
    parts = inner.split("/")
    return len(parts) > 1 and (
        parts[-1] in _DJANGO_MODULES or not _DJANGO_FOLDERS.isdisjoint(parts[1:-1])
    )


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
