"""Airflow's own: its folders of DAGs and plugins, and the folder of Airflow around them.

What Airflow finds by its place stands together: it has the folders of DAGs and plugins on the
search path, and what a DAG imports may stand beside it
(https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/modules_management.html).
"""

from __future__ import annotations

from collections.abc import Collection
from posixpath import basename, dirname

from relayout.inventory import Inventory
from relayout.inventory.configured_paths.entry import DAGS
from relayout.inventory.paths_of_tests import is_test
from relayout.planning.components.component import Component
from relayout.planning.components.content import is_of_tests
from relayout.planning.components.needs import with_what_they_need
from relayout.planning.units import importable_path, inside
from relayout.tree import Tree, ancestors

_AIRFLOW = frozenset(
    {"airflow", "airflow_home", "airflow-home", "airflow_docker", "docker-airflow"}
)
_GROUPING = frozenset({"modules", "include", "includes", "src", "lib", "libs", "code", "scripts"})
_OF_AIRFLOW = frozenset({"airflow.cfg", "webserver_config.py", "airflow_local_settings.py"})
"""Files that Airflow finds in its home."""


def airflow_components(
    inventory: Inventory, dags: Collection[str], elsewhere: Collection[str]
) -> dict[str, Component]:
    """Return the files that Airflow finds by their place, and what stands in a folder of Airflow.

    ``dags`` are the modules with DAGs. Modules around them that are imported from ``elsewhere`` are
    code: to find those, Airflow would need a search path.
    """
    folders = _folders_of_dags(inventory, dags)
    plugins = _plugins(inventory.tree, folders)
    homes = _homes(inventory.tree, folders)
    needed = with_what_they_need(elsewhere, inventory) if homes else frozenset()
    found: dict[str, Component] = {}
    for path in inventory.tree:
        own = next((f for f in ancestors(path) if f in folders), None)
        beside = next((f for f in ancestors(path) if f in plugins), None)
        home = next((f for f in ancestors(path) if f in homes), None)
        if own is not None:
            because = f"Airflow finds what it needs in {own}/"
            found[path] = Component("dags", inside(path, own), because, own)
        elif path in dags:
            found[path] = Component("dags", basename(path), "it defines a DAG", path)
        elif beside is not None:
            inner = f"plugins/{inside(path, beside)}"
            found[path] = Component("airflow", inner, f"Airflow finds it in {beside}/", beside)
        elif home is not None and path in needed and not is_test(path):
            because = f"what stands outside of {dirname(path)}/ imports it"
            found[path] = Component("code", _importable(path, home), because, home)
        elif home is not None:
            because = f"it stands with Airflow, in {home}/"
            found[path] = Component("airflow", inside(path, home), because, home)
        elif "/" not in path and path in _OF_AIRFLOW:
            found[path] = Component("airflow", path, "Airflow finds it in its home", path)
    return found


def _importable(path: str, home: str) -> str:
    """Return the path of a module below the home, without folders that only group code."""
    *folders, name = inside(path, home).split("/")
    while folders and folders[0].casefold() in _GROUPING:
        folders = folders[1:]
    return importable_path("/".join([*folders, name]))


def _folders_of_dags(inventory: Inventory, dags: Collection[str]) -> frozenset[str]:
    """Return the folders that Airflow loads DAGs from; none is in another.

    A compose file says so, or the name of a folder in which a module defines one, or at least
    works with Airflow: what makes its DAGs may stand elsewhere.
    """
    mounted = {
        folder
        for entry in inventory.configured
        if entry.kind == DAGS
        for folder in entry.folders or ()
        if basename(folder) != "plugins"
    }
    using = (p for p, f in inventory.python.items() if "airflow" in f.imported_tops)
    found: set[str] = set()
    for path in {*dags, *(p for p in using if not is_test(p) and not is_of_tests(p))}:
        above = [folder for folder in ancestors(path) if folder]
        named = [f for f in above if f in mounted or basename(f).casefold() in ("dags", "dag")]
        found.update(named[-1:])
    return frozenset(found)


def _plugins(tree: Tree, folders: Collection[str]) -> frozenset[str]:
    """Return the folders of plugins: they stand beside those of DAGs."""
    beside = {f"{dirname(folder)}/plugins".lstrip("/") for folder in folders}
    return frozenset(folder for folder in beside if folder in tree.folders)


def _homes(tree: Tree, folders: Collection[str]) -> frozenset[str]:
    """Return the folders in which all is Airflow's: by their name, or by what is in them."""
    named = {folder for folder in tree.folders if basename(folder).casefold() in _AIRFLOW}
    found = {folder for folder in named if not is_of_tests(f"{folder}/")}
    found = {f for f in found if any(d.startswith(f"{f}/") for d in folders) or _is_home(f, tree)}
    around = {dirname(folder) for folder in folders} - {""}
    return frozenset(found | {folder for folder in around if _is_home(folder, tree)})


def _is_home(folder: str, tree: Tree) -> bool:
    return any(f"{folder}/{name}" in tree for name in _OF_AIRFLOW)
