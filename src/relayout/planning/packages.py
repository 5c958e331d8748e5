"""Which folder of a repository is its proper package, and what the package is called."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Collection
from posixpath import dirname

from relayout.errors import Refusal
from relayout.inventory import Inventory
from relayout.inventory.local_projects import project_name
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.python import standard_library
from relayout.notebook import is_notebook
from relayout.planning.sections import KIND_FOLDERS
from relayout.recipes import Recipe

_NEVER = frozenset(
    {"docs", "examples", "test", "tests", "migrations", "alembic", "dags", "plugins", "config"}
    | {"configs", "settings", "tasks", "models", "core", "api", "app", "apps", "db", "data"}
    | {"services", "etl", "pipeline", "flows", "dashboard", "airflow", "notebooks"}
)


_COMPONENTS = frozenset(
    {"operators", "hooks", "sensors", "spark", "spark_apps", "spark_jobs", "streaming", "kafka"}
    | {"producers", "consumers", "producer", "consumer", "ingestion", "processing", "extract"}
    | {"transform", "load", "extractors", "transformers", "loaders", "jobs", "include"}
)
"""Names of folders that say which part of a project is in them."""


def proper_folders(
    inventory: Inventory, recipe: Recipe, parents: Collection[str] = ("", "src")
) -> list[str]:
    """Return the folders directly in ``parents`` that are regular packages of their own.

    Folders whose name only groups things (``scripts``, ``utils``) do not count.
    """
    names = _NEVER | recipe.containers | recipe.helpers | set(recipe.outside)
    names |= KIND_FOLDERS if recipe.sorts_definitions else frozenset()
    names |= _COMPONENTS if recipe.sorts_components else frozenset()
    folders = {
        dirname(path)
        for path in inventory.python
        if path.endswith("/__init__.py") and dirname(dirname(path)) in parents
    }
    return sorted(f for f in folders if _may_be_package(f.rpartition("/")[2], names, recipe))


def _may_be_package(name: str, names: Collection[str], recipe: Recipe) -> bool:
    return name not in names and not recipe.is_outside(name)


def _defining_folder(inventory: Inventory, recipe: Recipe) -> str:
    """Return the package, in the root or in ``src``, that has most of Dagster's definitions.

    Its name may be one that only groups things elsewhere (``pipeline``); not one that says which
    kind of definitions are in it. Where more of them stand in folders of kinds (``src/assets`` with
    ``src/schemas`` beside it), none is the package.
    """
    counts: Counter[str] = Counter()
    of_kinds = 0
    for path, module in inventory.dagster.items():
        top = "/".join(path.split("/")[: 2 if path.startswith("src/") else 1])
        name = top.rpartition("/")[2]
        is_package = f"{top}/__init__.py" in inventory.python and name not in recipe.containers
        if module.defines and name in KIND_FOLDERS:
            of_kinds += 1
        elif module.defines and is_package:
            counts[top] += 0 if recipe.is_outside(name) else 1
    most = max(counts, key=lambda folder: (counts[folder], folder)) if +counts else ""
    return most if counts[most] >= of_kinds else ""


def _is_named(folder: str, inventory: Inventory) -> bool:
    """Tell whether the project that is installed has the name of a folder."""
    named = project_name(inventory.tree, "").replace("-", "_")
    return named == folder.rpartition("/")[2]


def _has_most(folder: str, inventory: Inventory) -> bool:
    """Tell whether most of the code is in a folder, tests aside; else it is a part among others."""
    parent = f"{dirname(folder)}/" if dirname(folder) else ""  # src/ has the code of a project
    code = [path for path in inventory.python if not is_test(path) and not is_notebook(path)]
    code = [path for path in code if path.startswith(parent)]
    return 2 * sum(path.startswith(f"{folder}/") for path in code) > len(code)


def choose_package(inventory: Inventory, recipe: Recipe, wanted: str) -> tuple[str, str]:
    """Return (package name, folder that is the package now or an empty string). Raises Refusal.

    ``wanted`` is the name a person asked for, or empty: then the one proper package keeps its
    name, and a repository without one gets the recipe's.
    """
    folders = proper_folders(inventory, recipe)
    named = [f for f in folders if f.rpartition("/")[2] == wanted]
    if named:
        return checked(wanted, inventory), named[0]
    if (
        not wanted
        and recipe.sorts_definitions
        and any(m.defines for m in inventory.dagster.values())
    ):
        defining = _defining_folder(inventory, recipe)
        folders = [defining] if defining else []
    if recipe.sorts_components and not wanted:
        folders = [f for f in folders if _is_named(f, inventory) or _has_most(f, inventory)]
    if len(folders) == 1:
        name = wanted or folders[0].rpartition("/")[2]
        return checked(name, inventory), folders[0]
    return checked(wanted or recipe.package, inventory), ""


def checked(name: str, inventory: Inventory) -> str:
    """Return a package's name if it can be one. Raises Refusal."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise Refusal(
            f"{name!r} cannot be imported as a package",
            "Use lower-case letters, digits and underscores, and no Python keyword: --package NAME",
        )
    if name in standard_library():
        raise Refusal(
            f"{name!r} is a module of Python's standard library",
            "A package of that name would hide it. Choose another: --package NAME",
        )
    if name in inventory.dependencies:
        raise Refusal(
            f"{name!r} is the import name of a dependency of this repository",
            "A package of that name would hide the dependency. Choose another: --package NAME",
        )
    return name
