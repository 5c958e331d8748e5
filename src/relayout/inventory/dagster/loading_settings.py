"""What the settings of ``dg`` and ``dagster`` call the modules of a project.

``[tool.dg.project]`` of ``pyproject.toml``, or ``[project]`` of ``dg.toml``
(https://docs.dagster.io/api/clis/dg-cli/dg-cli-configuration): ``defs_module`` is ``defs`` in the
root module, and ``code_location_target_module`` its ``definitions``, where they do not say it.
``[tool.dagster]`` names modules or files
(https://docs.dagster.io/guides/build/projects/workspaces/workspace-yaml).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory import Inventory
from relayout.inventory.declared import table_at
from relayout.inventory.references import decoded
from relayout.inventory.search_paths import Located
from relayout.tree import Tree, ancestors


@dataclass(frozen=True, slots=True)
class DgProject:
    """A project of ``dg``: the file that says so, and the names of its modules.

    ``name`` is that of its code location, empty where nothing says it. With ``loads_folder``,
    ``dg`` loads the folder of ``defs_module`` itself, and no ``target_module``.
    """

    path: str
    defs_module: str
    target_module: str
    name: str = ""
    loads_folder: bool = False

    @property
    def folder(self) -> str:
        """The folder of the project."""
        return dirname(self.path)


@dataclass(frozen=True, slots=True)
class DagsterSetting:
    """What ``[tool.dagster]`` names: a module, or a file; ``name`` is empty if it has no own."""

    target: str
    attribute: str
    name: str
    is_file: bool


def dg_project(path: str, tree: Tree) -> DgProject | None:
    """Return the project that a file of settings describes, or None."""
    document = _document(path, tree, ("root_module", "defs_module"))
    above = () if path.endswith("dg.toml") else ("tool", "dg")
    project = table_at(document, *above, "project")
    root = _text(project, "root_module") or _text(project, "defs_module").partition(".")[0]
    if not root:
        return None
    return DgProject(
        path,
        _text(project, "defs_module") or f"{root}.defs",
        _text(project, "code_location_target_module") or f"{root}.definitions",
        _text(project, "code_location_name"),
        project.get("autoload_defs") is True,
    )


def project_above(path: str, tree: Tree) -> DgProject | None:
    """Return the project of ``dg`` that a file is in, or None."""
    for folder in ancestors(path):
        for name in ("dg.toml", "pyproject.toml"):
            found = dg_project(join(folder, name), tree)
            if found is not None:
                return found
    return None


def defs_package(path: str, inventory: Inventory) -> Located | None:
    """Return the package of definitions of the project that a file is in, or None."""
    project = project_above(path, inventory.tree)
    return find_module(project.defs_module, project.folder, inventory) if project else None


def find_module(dotted: str, folder: str, inventory: Inventory) -> Located | None:
    """Return what a name leads to in a project: from its ``src``, from its folder, or from roots.

    ``src`` comes first: that is what is installed where both have it.
    """
    resolver = inventory.resolver
    roots = (join(folder, "src"), folder, *resolver.roots)
    return resolver.finder.find(tuple(dict.fromkeys(roots)), dotted)


def dagster_settings(path: str, tree: Tree) -> Iterator[DagsterSetting]:
    """Yield what the ``[tool.dagster]`` of a ``pyproject.toml`` names."""
    table = table_at(_document(path, tree, ("dagster",)), "tool", "dagster")
    name = _text(table, "code_location_name")
    modules = table.get("modules")
    listed = [_text(one, "name") for one in modules] if isinstance(modules, list) else []
    named = [(_text(table, "module_name"), name, False), (_text(table, "python_file"), name, True)]
    named += [(module, "", False) for module in listed]
    for said, own, is_file in named:
        target, _, attribute = said.partition(":")
        if target:
            yield DagsterSetting(target, attribute, own, is_file)


def _document(path: str, tree: Tree, signs: tuple[str, ...]) -> Mapping[str, Any]:
    """Return what a TOML file says; nothing if it is broken, or has none of the ``signs``."""
    if not tree.is_regular(path):
        return {}
    text, _ = decoded(tree.read(path))
    if not any(sign in text for sign in signs):
        return {}
    try:
        return tomlkit.parse(text.removeprefix("\ufeff")).unwrap()
    except (TOMLKitError, RecursionError, ValueError, TypeError, AttributeError):
        return {}


def _text(table: object, name: str) -> str:
    value = table.get(name) if isinstance(table, dict) else None
    return value if isinstance(value, str) else ""
