"""Which code locations a tree has, as Dagster's tools find them.

A folder's ``workspace.yaml`` names them
(https://docs.dagster.io/deployment/code-locations/workspace-yaml), else its ``pyproject.toml`` in
``[tool.dagster]`` or ``[tool.dg.project]``, or its ``dg.toml``
(https://docs.dagster.io/api/clis/dg-cli/dg-cli-configuration). Where nothing that exists is named,
the modules that make a ``Definitions`` object or a repository are code locations; where there is
none either, the folders of definitions are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from posixpath import basename, dirname, join, normpath
from typing import Any

import tomlkit
import yaml
from tomlkit.exceptions import TOMLKitError

from relayout.inventory import Inventory, foreign_files, take_inventory
from relayout.inventory.dagster import definition_folders
from relayout.inventory.dagster.territory import is_part
from relayout.inventory.search_paths import (
    is_quarantined,
    module_name,
    module_stem,
    project_sources,
)
from relayout.tree import Tree

GATHERED = "modules"
"""The kind of a code location that nothing names: definitions of modules, gathered."""


@dataclass(frozen=True, slots=True)
class Location:
    """One code location: how it is named, and what is loaded.

    ``kind`` is ``module``, ``file``, ``autoload`` (a module whose folder is loaded) or
    ``modules``. ``target`` is a dotted name, a path, or dotted names. Paths count from the top.
    """

    name: str
    kind: str
    target: str | tuple[str, ...]
    attribute: str = ""
    working_directory: str = ""

    def request(self, root: str) -> dict[str, Any]:
        """Return what the probe has to know to load it in a checkout at ``root``."""
        asked = asdict(self)
        if self.kind == "file":
            asked["target"] = join(root, str(self.target))
        return {**asked, "working_directory": normpath(join(root, self.working_directory))}


def code_locations(tree: Tree) -> tuple[Location, ...]:
    """Return the code locations of a tree; none if it has nothing of Dagster's.

    Configuration that cannot be read names nothing. Two names of one file are one code location.
    """
    foreign = foreign_files(tree)
    own = [path for path in sorted(tree) if path not in foreign and not is_quarantined(path)]
    named = [location for folder in _folders(own) for location in _named_in(tree, folder)]
    files: dict[str, Location] = {}
    for location in named:
        file = _file(tree, location)
        if file:
            files.setdefault(file, location)
    if files:
        return tuple(files.values())
    return _unnamed(take_inventory(tree))


def module_folders(tree: Tree) -> tuple[str, ...]:
    """Return the folders of a tree that hold its installed packages."""
    candidates = dict.fromkeys(("src", *project_sources(tree)))
    return tuple(folder for folder in candidates if folder in tree.folders)


def _unnamed(inventory: Inventory) -> tuple[Location, ...]:
    """Return the code locations of a repository whose configuration names none that exists.

    A module with a ``Definitions`` object may be loaded as it is; else the definitions of all
    modules in folders of definitions are gathered, as if they were loaded by their package.
    """
    folders = definition_folders(inventory.dagster)
    defining = [
        (path, {definition.kind for definition in module.definitions})
        for path, module in sorted(inventory.dagster.items())
        if module.defines and is_part(path)
    ]
    whole = [path for path, kinds in defining if "definitions" in kinds]
    if whole:
        return tuple(map(_by_itself, whole))
    names = [module_name(path) for path, _ in defining if dirname(path) in folders]
    found = tuple(name for name in names if _is_dotted(name))
    return (Location("the folder of definitions", GATHERED, found),) if found else ()


def _by_itself(path: str) -> Location:
    """Return the code location of a file that nothing names: a module if it has a name."""
    dotted = module_name(path)
    if _is_dotted(dotted):
        return Location(dotted, "module", dotted)
    return Location(basename(path), "file", path, working_directory=dirname(path))


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


# -- configuration


def _folders(paths: Iterable[str]) -> list[str]:
    """Return the folders that configuration of Dagster may stand in, the root first."""
    names = ("workspace.yaml", "pyproject.toml", "dg.toml")
    return sorted({dirname(path) for path in paths if basename(path) in names})


def _named_in(tree: Tree, folder: str) -> list[Location]:
    """Return what the configuration in a folder names: the first file that names anything."""
    workspace = _yaml(tree, join(folder, "workspace.yaml"))
    named = list(_of_workspace(workspace, folder))
    if named:
        return named
    tools = _toml(tree, join(folder, "pyproject.toml")).get("tool")
    tools = tools if isinstance(tools, dict) else {}
    return (
        list(_of_dagster(_table(tools, "dagster"), folder))
        or list(_of_project(_table(_table(tools, "dg"), "project"), folder))
        or list(_of_project(_table(_toml(tree, join(folder, "dg.toml")), "project"), folder))
    )


def _of_workspace(document: Mapping[str, Any], folder: str) -> Iterator[Location]:
    listed = document.get("load_from")
    for entry in listed if isinstance(listed, list) else [listed]:
        if not isinstance(entry, dict):
            continue
        for form, key in _FORMS.items():
            value = entry.get(form)
            value = {key: value} if isinstance(value, str) else value
            if isinstance(value, dict) and isinstance(value.get(key), str):
                yield _of_entry(form, value[key], value, folder)


_FORMS = {
    "python_file": "relative_path",
    "python_module": "module_name",
    "python_package": "package_name",
}
"""The forms of an entry of ``load_from``, each with the key that names what is loaded."""


def _of_entry(form: str, named: str, value: Mapping[str, Any], folder: str) -> Location:
    given = str(value.get("working_directory") or "")
    is_file = form == "python_file"
    target = _inside(join(folder, named)) if is_file else named
    return Location(
        name=str(value.get("location_name") or named),
        kind="file" if is_file else "module",
        target=target,
        attribute=str(value.get("attribute") or ""),
        working_directory=_inside(join(folder, given)),
    )


def _of_dagster(table: Mapping[str, Any], folder: str) -> Iterator[Location]:
    name = str(table.get("code_location_name") or "")
    modules = table.get("modules")
    for module in modules if isinstance(modules, list) else []:
        if isinstance(module, dict) and isinstance(module.get("name"), str):
            yield Location(module["name"], "module", module["name"], "", folder)
    named = table.get("module_name")
    if isinstance(named, str):
        yield Location(name or named, "module", named, "", folder)


def _of_project(table: Mapping[str, Any], folder: str) -> Iterator[Location]:
    root = table.get("root_module")
    if not isinstance(root, str):
        return
    name = str(table.get("code_location_name") or "")
    if table.get("autoload_defs"):
        loaded = str(table.get("defs_module") or f"{root}.defs")
        yield Location(name or loaded, "autoload", loaded, "", folder)
    else:
        named = str(table.get("code_location_target_module") or f"{root}.definitions")
        yield Location(name or named, "module", named, "", folder)


def _file(tree: Tree, location: Location) -> str:
    """Return the file of a tree that a code location is loaded from, or an empty string."""
    if location.kind == "file":
        return str(location.target) if location.target in tree.modules else ""
    relative = str(location.target).replace(".", "/")
    folder = location.working_directory
    found = [
        path
        for place in (folder, join(folder, "src"), *module_folders(tree), "")
        for path in (join(place, f"{relative}.py"), join(place, relative, "__init__.py"))
        if path in tree.modules
    ]
    if not found and location.kind == "autoload":
        found = [
            path for path in tree.modules if f"/{module_stem(path)}/".find(f"/{relative}/") >= 0
        ]
    return min(found[:1], default="")


# -- reading


def _inside(path: str) -> str:
    normal = normpath(path)
    return "" if normal == "." else normal


def _table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = document.get(name)
    return value if isinstance(value, dict) else {}


def _toml(tree: Tree, path: str) -> Mapping[str, Any]:
    try:
        return tomlkit.parse(_text(tree, path)).unwrap()
    except (TOMLKitError, RecursionError, ValueError):
        return {}


def _yaml(tree: Tree, path: str) -> Mapping[str, Any]:
    try:
        loaded = yaml.safe_load(_text(tree, path))
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _text(tree: Tree, path: str) -> str:
    if not tree.is_regular(path):
        return ""
    return tree.read(path).decode("utf-8", errors="replace")
