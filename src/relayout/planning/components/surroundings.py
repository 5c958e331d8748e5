"""What is no Python of the package: infrastructure, SQL of the root, scripts that run pipelines."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from posixpath import basename

from relayout.inventory import Inventory
from relayout.planning.components.component import Component
from relayout.planning.units import inside
from relayout.tree import Tree

_TERRAFORM = (".tf", ".tfvars", ".tf.json", ".tfvars.json", ".terraform.lock.hcl", ".tftpl")
_TERRAFORM_FOLDERS = frozenset({"terraform", "tf", "tofu", "opentofu"})
_FOLDERS = frozenset({"infra", "infrastructure", "iac", "deploy", "deployment", "deployments"})
"""Folders of the root that hold infrastructure of several kinds."""
_KINDS = frozenset(
    {"k8s", "kubernetes", "helm", "charts", "ansible", "cloudformation", "nginx", "prometheus"}
    | {"grafana", "monitoring", "docker", "terraform"}
)
"""Folders of one kind of infrastructure: they keep their names."""
SHELL = (".sh", ".bash", ".zsh", ".ps1", ".bat", ".cmd")


def infrastructure(inventory: Inventory) -> Iterator[tuple[str, Component]]:
    """Yield what describes the machines and services that the pipelines run on."""
    tree = inventory.tree
    folders = {folder: place for folder in sorted(tree.folders) if (place := _place(folder, tree))}
    for path in tree:
        top = path.partition("/")[0] if "/" in path else ""
        if top and top in folders and top != folders[top]:
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
    has_terraform = any(
        path.startswith(f"{folder}/") and "/" not in inside(path, folder) and path.endswith(".tf")
        for path in tree
    )
    if name in _TERRAFORM_FOLDERS or (name in _FOLDERS - {"infrastructure"} and has_terraform):
        return "terraform"
    if name in _FOLDERS - {"infrastructure"}:
        return "."
    return name if name in _KINDS else ""


def database(inventory: Inventory) -> Iterator[tuple[str, Component]]:
    """Yield the SQL that stands in the root."""
    for path in inventory.tree:
        if "/" not in path and path.casefold().endswith((".sql", ".ddl")):
            yield path, Component("database", path, "SQL for the database stands there", path)


def scripts(inventory: Inventory, open_modules: Collection[str]) -> Iterator[tuple[str, Component]]:
    """Yield the scripts of the root and of folders of scripts; modules only if they are open."""
    for path in inventory.tree:
        top, slash, _ = path.partition("/")
        is_shell = path.endswith(SHELL)
        if not slash and is_shell:
            yield path, Component("scripts", basename(path), "it is a script", "scripts")
        elif slash and top.casefold() in ("scripts", "script", "bin"):
            if not path.endswith((".py", ".ipynb")) or path in open_modules:
                because = f"it stands in {top}/"
                yield path, Component("scripts", inside(path, top), because, top)
