"""Which code locations of a tree are loaded, as Dagster's tools find them.

In a folder ``workspace.yaml`` counts, else ``[tool.dagster]`` of ``pyproject.toml``, else the
project of ``dg``
(https://docs.dagster.io/deployment/code-locations/workspace-yaml). Where nothing that exists is
named, the modules that make a ``Definitions`` object or a repository are code locations; where
there is none either, the folders of definitions are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from posixpath import basename, dirname, join, normpath
from typing import Any

from relayout.inventory import Inventory, take_inventory
from relayout.inventory.dagster import definition_folders
from relayout.inventory.dagster.loading import definitions_objects
from relayout.inventory.dagster.named_locations import NamedLocation, named_locations
from relayout.inventory.dagster.territory import is_part
from relayout.inventory.search_paths import module_name, project_sources
from relayout.tree import Tree

_SETTINGS = (
    ("workspace.yaml", ""),
    ("pyproject.toml", "dagster"),
    ("pyproject.toml", "dg"),
    ("dg.toml", "dg"),
)
"""Files, and the tools that are set in them, in the order in which those of a folder count."""

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
    inventory = take_inventory(tree)
    files: dict[str, Location] = {}
    for one in _counting(named_locations(inventory)):
        location = Location(one.name, one.kind, one.target, one.attribute, one.working_directory)
        files.setdefault(one.module, location)
    return tuple(files.values()) or _unnamed(inventory)


def _counting(named: Iterable[NamedLocation]) -> list[NamedLocation]:
    """Return, of each folder, what is there of the first settings that name anything that is."""
    found: list[NamedLocation] = []
    first: dict[str, tuple[int, str]] = {}
    for one in sorted(named, key=lambda one: (dirname(one.named_in), _rank(one))):
        if one.module and first.setdefault(dirname(one.named_in), _rank(one)) == _rank(one):
            found.append(one)
    return found


def _rank(location: NamedLocation) -> tuple[int, str]:
    settings = (basename(location.named_in), location.tool)
    rank = _SETTINGS.index(settings) if settings in _SETTINGS else len(_SETTINGS)
    return rank, location.named_in


def module_folders(tree: Tree) -> tuple[str, ...]:
    """Return the folders of a tree that hold its installed packages."""
    candidates = dict.fromkeys(("src", *project_sources(tree)))
    return tuple(folder for folder in candidates if folder in tree.folders)


def _unnamed(inventory: Inventory) -> tuple[Location, ...]:
    """Return the code locations of a repository whose configuration names none that exists.

    A module with a ``Definitions`` object may be loaded as it is; else the definitions of all
    modules in folders of definitions are gathered, as if they were loaded by their package.
    """
    whole = definitions_objects(inventory)
    if whole:
        return tuple(map(_by_itself, whole))
    folders = definition_folders(inventory.dagster)
    names = [
        module_name(path)
        for path, module in sorted(inventory.dagster.items())
        if module.defines and is_part(path) and dirname(path) in folders
    ]
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
