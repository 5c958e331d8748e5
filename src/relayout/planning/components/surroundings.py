"""What is no Python of the package: infrastructure, SQL of the root, scripts that run pipelines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from posixpath import dirname

from relayout.inventory import Inventory
from relayout.planning.components.component import Component
from relayout.planning.components.content import is_tool
from relayout.planning.pipeline_parts.evidence import SHELL
from relayout.planning.units import inside
from relayout.tree import Tree

_TERRAFORM = (".tf", ".tfvars", ".tf.json", ".tfvars.json", ".terraform.lock.hcl", ".tftpl")
_TERRAFORM_FOLDERS = frozenset({"terraform", "tf", "tofu", "opentofu"})
_FOLDERS = frozenset({"infra", "iac"})
"""Folders of the root that hold infrastructure of several kinds, and are called otherwise here."""
_DEPLOYING = frozenset({"deploy", "deployment", "deployments"})
_KINDS = frozenset(
    {"k8s", "kubernetes", "helm", "charts", "ansible", "cloudformation", "nginx", "prometheus"}
    | {"grafana", "monitoring", "docker", "terraform"}
)
"""Folders of one kind of infrastructure: they keep their names."""
_SQL = (".sql", ".ddl")
_DATABASE = frozenset({"sql", "database", "db", "ddl", "schema", "schemas"})
"""Folders of SQL whose names say no more."""
_NEVER_WITH_SQL = (".ipynb", ".csv", ".parquet", ".tf", ".js", ".ts", ".html")
_STAYING = frozenset({"tests", "test", "docs", "data", "notebooks", "migrations", "config"})
_OF_TOOLS = frozenset({"setup.py", "noxfile.py", "conftest.py"})
"""Programs that a tool finds in the root."""
_SCRIPTS = frozenset({"scripts", "script", "bin"})


def infrastructure(inventory: Inventory) -> Iterator[tuple[str, Component]]:
    """Yield what describes the machines and services that the pipelines run on."""
    tree = inventory.tree
    folders = {folder: place for folder in sorted(tree.folders) if (place := _place(folder, tree))}
    for path in tree:
        top = path.partition("/")[0] if "/" in path else ""
        if top in folders:
            inner = f"{folders[top]}/{inside(path, top)}".removeprefix("./")
            because = f"{top}/ holds infrastructure"
            yield path, Component("infrastructure", inner, because, top)
        elif not top and path.endswith(_TERRAFORM):
            because = "Terraform reads all of its folder"
            yield path, Component("infrastructure", f"terraform/{path}", because, "terraform")


def _place(folder: str, tree: Tree) -> str:
    """Return where a folder of the root goes in infrastructure/; empty for any other folder."""
    if "/" in folder:
        return ""
    name = folder.casefold()
    if name in _TERRAFORM_FOLDERS:
        return "terraform"
    if name in _DEPLOYING:
        return "deployment"
    if name in _FOLDERS:
        return "terraform" if _has_terraform(folder, tree) else "."
    return name if name in _KINDS else ""


def _has_terraform(folder: str, tree: Tree) -> bool:
    """Tell whether a folder itself is a module of Terraform's."""
    return any(path.endswith(".tf") and dirname(path) == folder for path in tree)


def database(inventory: Inventory, needed: Collection[str]) -> Iterator[tuple[str, Component]]:
    """Yield the SQL that stands in the root, and folders of SQL with the programs that run it.

    ``needed`` are modules that must be importable by their names.
    """
    tree = inventory.tree
    folders = _folders_of_sql(inventory, needed)
    for path in tree:
        top = path.partition("/")[0]
        if "/" not in path and path.casefold().endswith(_SQL):
            yield path, Component("database", path, "SQL for the database stands there", path)
        elif top in folders and "/" in path:
            inner = path if top.casefold() not in _DATABASE else inside(path, top)
            yield path, Component("database", inner, f"{top}/ holds SQL for the database", top)


def _folders_of_sql(inventory: Inventory, needed: Collection[str]) -> frozenset[str]:
    """Return the folders of the root that hold mostly SQL and nothing that code of others needs.

    Folders of dbt projects are none.
    """
    of_dbt = {path for project in inventory.dbt for path in project.files}
    sql: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for path in inventory.tree:
        top, slash, _ = path.partition("/")
        if slash and not top.startswith("."):
            is_other = path in needed or path in of_dbt or path.endswith(_NEVER_WITH_SQL)
            others[top] += len(inventory.tree) if is_other else 1
            sql[top] += path.casefold().endswith(_SQL)
    return frozenset(f for f, n in sql.items() if n and 2 * n >= others[f]) - _STAYING - _SCRIPTS


def scripts(inventory: Inventory, open_modules: Collection[str]) -> Iterator[tuple[str, Component]]:
    """Yield the scripts of the root and of folders of scripts; modules only if they are open.

    Programs of the root that are for those who work on the repository are tools.
    """
    for path in inventory.tree:
        folder = folder_of_scripts(path)
        if "/" not in path and path.endswith(SHELL):
            yield path, Component("scripts", path, "it is a script", "scripts")
        elif "/" not in path and path in open_modules and is_tool(path) and path not in _OF_TOOLS:
            yield path, Component("tools", path, "it is a tool for who works here", "tools")
        elif folder and path.casefold().endswith(_SQL):
            because = "SQL for the database stands there"
            yield path, Component("database", inside(path, folder), because, folder)
        elif folder and (not path.endswith((".py", ".ipynb")) or path in open_modules):
            because = f"it stands in {folder}/"
            yield path, Component("scripts", inside(path, folder), because, folder)


def folder_of_scripts(path: str) -> str:
    """Return the folder of scripts that a file stands in, in the root or in ``src``; or nothing."""
    folders = path.split("/")[:-1]
    depth = 2 if folders[:1] == ["src"] else 1
    named = folders[depth - 1 : depth]
    return "/".join(folders[:depth]) if named and named[0].casefold() in _SCRIPTS else ""
