"""Modules of Dagster definitions: which are sorted into the layout, and by what they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from fnmatch import fnmatch
from posixpath import basename, dirname, join

from relayout.errors import Refusal
from relayout.inventory import Inventory
from relayout.inventory.dagster import DagsterModule
from relayout.inventory.dagster.loading import code_locations
from relayout.inventory.dagster.loading_folders import is_of_component
from relayout.inventory.dagster.stages import STAGES, Stage, stages_of
from relayout.inventory.local_projects import project_name
from relayout.inventory.paths_of_tests import is_test
from relayout.inventory.search_paths import is_quarantined
from relayout.planning.homes import Home, Homes, Territory
from relayout.planning.sections import KIND_FOLDERS, MAIN, SECTION_OF, section_of, sections_in
from relayout.planning.units import importable_path
from relayout.planning.use import Use
from relayout.recipes import Recipe
from relayout.tree import Tree, ancestors

_USE = "definitions"
_OF_THE_LAYOUT = frozenset({"jobs", "checks", "resources", "config", "utils"})
"""Folders of the package in which any module is in its place; stages are the folders of assets."""


def sorted_modules(inventory: Inventory, recipe: Recipe, homes: Homes) -> dict[str, Use]:
    """Return the use of the modules that go to a place of the layout for what they define.

    They are those of folders of definitions, in a package or not, that do not stand there yet.
    """
    if not recipe.sorts_definitions:
        return {}
    modules = {
        path: module
        for path, module in inventory.dagster.items()
        if _may_be_sorted(path, inventory, recipe)
    }
    if not modules:
        return {}
    stages, roots = stages_of(inventory.dagster), _code_locations(inventory)
    found: dict[str, Use] = {}
    for path, module in modules.items():
        if module.defines:
            entry = _sorted(path, module, stages.get(path), recipe, homes.of(path))
            if "definitions" in sections_in(module):
                entry = _of_location(module, entry, path in roots)
            if not _is_in_place(path, entry, homes.of(path).home, inventory.tree):
                found[path] = entry
    folders = {dirname(path) for path in found if _has_more(modules[path])} - {""}
    for path, module in modules.items():
        if not module.defines and dirname(path) in folders:
            found[path] = _sorted(path, module, None, recipe, homes.of(path))
    return found


def require_one_project(inventory: Inventory, recipe: Recipe, keep: Collection[str]) -> None:
    """Refuse several projects with definitions in one repository: the layout has one package.

    What a pattern of ``keep`` names stays, and does not count.
    """
    if not recipe.sorts_definitions:
        return
    folders = {
        project
        for path, module in inventory.dagster.items()
        if module.defines and not _stands_outside(path, inventory, recipe)
        if not any(fnmatch(path, pattern) for pattern in keep)
        if (project := _project_above(path, inventory.tree))
    }
    if len(folders) > 1:
        first, second, *others = sorted(folders)
        more = f" and {len(others)} more" if others else ""
        raise Refusal(
            f"this repository has several Dagster projects ({first}, {second}{more}), and the"
            f" layout {recipe.layout} is for one",
            f"Keep all but one where they are: --keep '{second}/*'",
            "Or adopt each of them in a repository of its own.",
        )


def _project_above(path: str, tree: Tree) -> str:
    """Return the folder of the project that a file is in, empty for that in the root."""
    folders = (folder for folder in ancestors(path) if folder)
    return next((folder for folder in folders if project_name(tree, folder)), "")


def _code_locations(inventory: Inventory) -> frozenset[str]:
    """Return the modules that Dagster itself loads: those that no other such module imports."""
    locations = code_locations(inventory)
    return frozenset(
        location.module
        for location in locations
        if not any(
            location.module in other.reached
            for other in locations
            if other.module != location.module
        )
    )


def _of_location(module: DagsterModule, entry: Use, is_root: bool) -> Use:
    """Return the use of a module with ``Definitions``: the code location, or for another module.

    The latter belongs with what else it defines, or with what alone it lists, if that is no assets:
    these have a stage.
    """
    if is_root:
        return replace(entry, section="definitions", stage="")
    if entry.section != "definitions":
        return entry
    others = sections_in(module)
    del others["definitions"]
    own = next((section for section, _ in others.most_common() if section in MAIN), "")
    held = {SECTION_OF[d.holds] for d in module.definitions if d.holds} - {"assets"}
    section = own or next(iter(sorted(held)), "further-definitions")
    return replace(entry, section=section)


def _may_be_sorted(path: str, inventory: Inventory, recipe: Recipe) -> bool:
    """Tell whether a module may go somewhere: it is a package's own, and no marker of one."""
    if _stands_outside(path, inventory, recipe) or is_of_component(path, inventory.tree):
        return False
    return not basename(path).startswith(("__", "_version")) and path != "setup.py"


def _stands_outside(path: str, inventory: Inventory, recipe: Recipe) -> bool:
    """Tell whether a module is none of a package: a test, a tool, in quarantine, or installed."""
    if is_test(path) or is_quarantined(path) or path in inventory.foreign:
        return True
    top, found, _ = path.partition("/")
    return bool(found) and recipe.is_outside(top)


def _has_more(module: DagsterModule) -> bool:
    """Tell whether a module defines more than the Definitions that load all others."""
    sections = {SECTION_OF[definition.kind] for definition in module.definitions}
    return not sections <= {"definitions", "utils"}


def _sorted(
    path: str, module: DagsterModule, stage: Stage | None, recipe: Recipe, territory: Territory
) -> Use:
    section = section_of(module)
    if section == "utils":
        section = _section_by_name(path, recipe) or section
    inner = _inner(path, recipe, territory, stage.name if stage is not None else "")
    if section == "assets" and stage is not None:
        return Use(_USE, stage.reason, section=section, stage=stage.name, inner=inner)
    return Use(_USE, _because(module, section), section=section, inner=inner)


def _section_by_name(path: str, recipe: Recipe) -> str:
    """Return the section that a module's name says, or an empty string."""
    stem = basename(path).removesuffix(".py").lower()
    words = {stem, stem.rpartition("_")[2]}
    return next((s.folder for s in recipe.sections if s.names & words), "")


def _because(module: DagsterModule, section: str) -> str:
    """Return what a module has of its section, in words."""
    names = [d.name for d in module.definitions if SECTION_OF[d.kind] == section]
    if section == "utils" or not names:
        return "nothing in it is a definition of Dagster's"
    lines = sections_in(module)
    most = "it defines" if len(lines) == 1 else "most of it defines"
    shown = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
    return f"{most} {section}: {shown}"


def _inner(path: str, recipe: Recipe, territory: Territory, stage: str) -> str:
    """Return a module's path without the folders that every module of its kind stands in."""
    parts = list(_below_package(path, territory))
    said = KIND_FOLDERS | recipe.containers | {territory.home.package}
    kept = [part for part in parts[:-1] if part not in said and part != stage]
    return importable_path(join(*kept, parts[-1]))


def _below_package(path: str, territory: Territory) -> Iterator[str]:
    for folder in (territory.home.root, territory.package_folder, territory.base):
        if folder and path.startswith(f"{folder}/"):
            yield from path[len(folder) + 1 :].split("/")
            return
    yield from path.split("/")


def _is_in_place(path: str, entry: Use, home: Home, tree: Tree) -> bool:
    """Tell whether a module stands in a folder of the layout already."""
    if not path.startswith(f"{home.root}/"):
        return False
    inner = path[len(home.root) + 1 :]
    first, _, rest = inner.partition("/")
    if entry.section == "further-definitions":
        return inner == entry.inner
    if entry.section == "definitions":
        taken = f"{home.root}/definitions.py" in tree
        return inner == ("definitions.py" if not taken else entry.inner)
    if first == "assets":
        return rest.partition("/")[0].removesuffix(".py") in STAGES
    return bool(rest) and first in _OF_THE_LAYOUT
