"""Which dbt projects a tree has.

A folder with a ``dbt_project.yml`` is a project, with all that is in it: what dbt installed there,
and projects that stand in it, are no projects of their own. In a project in the root, other folders
may be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from posixpath import basename, dirname, join

from relayout.inventory.dbt.files import Folders, files_in_root, folders_of
from relayout.inventory.dbt.project import PROJECT, DbtProject
from relayout.inventory.dbt.resources import (
    YAML,
    macros_in,
    models_in,
    named_after_file,
    select,
    snapshots_in,
    sources_in,
)
from relayout.inventory.dbt.settings import Settings, local_packages, read_settings
from relayout.inventory.templates import template_files
from relayout.tree import Tree, ancestors, is_within

_SET_ASIDE = frozenset({"dbt_packages", "dbt_modules", "_templates"})
_OF_TESTS = frozenset(
    {"tests", "test", "integration_tests", "fixtures", "testdata", "examples", "example"}
)
_TEMPLATED = re.compile(r"\{\{|\{%|@\{|@%|\[\[|<<|\$\{")
_NAME = re.compile(r"^name:[ \t]*(['\"]?)(?P<name>\w+)\1[ \t]*(?:#.*)?\r?$", re.MULTILINE)


def find_dbt_projects(tree: Tree, foreign: frozenset[str] = frozenset()) -> tuple[DbtProject, ...]:
    """Return the dbt projects of a tree by folder. Never raises for what files contain.

    ``foreign`` are files of virtual environments. Templates of projects are none; nor is a folder
    whose ``dbt_project.yml`` gives no name.
    """
    found, inside = found_in(tree, foreign)
    files = files_of(found, tree)
    included = {
        place
        for folder, places in inside.items()
        for place in places
        if not is_within(folder, place)
    }
    return tuple(
        replace(
            _project(folder, settings, files[folder], tree),
            packages=tuple(dict.fromkeys(inside[folder])),
            is_package=folder in included,
        )
        for folder, settings in sorted(found.items())
    )


def dbt_project_at(tree: Tree, folder: str) -> DbtProject | None:
    """Return the project in a folder, which may be one inside of another; None if there is none."""
    settings = _settings(folder, tree) if join(folder, PROJECT) in tree else None
    if settings is None:
        return None
    paths = sorted(path for path in tree if is_within(path, folder))
    files = paths if folder else files_in_root(paths, settings, tree)
    return _project(folder, settings, files, tree)


def found_in(
    tree: Tree, foreign: frozenset[str]
) -> tuple[dict[str, Settings], dict[str, tuple[str, ...]]]:
    """Return the projects, and the local packages that each includes, or one inside of it."""
    found: dict[str, Settings] = {}
    inside: dict[str, tuple[str, ...]] = {}
    for folder in _candidates(tree, foreign):
        settings = _settings(folder, tree)
        if settings is None:
            continue
        packages = local_packages(folder, tree)
        outer = next((above for above in ancestors(folder) if above in found), None)
        if outer is None or (not outer and not folders_of("", found[""]).hold(folder)):
            found[folder] = settings
            inside[folder] = packages
        else:
            inside[outer] += packages
    return found, inside


def _candidates(tree: Tree, foreign: frozenset[str]) -> list[str]:
    """Return the folders that may be projects, those above others first."""
    paths = (p for p in tree if basename(p) == PROJECT and p not in foreign and tree.is_regular(p))
    templates = template_files(tree)
    folders = (dirname(path) for path in paths if path not in templates)
    usable = (folder for folder in folders if not _is_set_aside(folder))
    return sorted(usable, key=lambda folder: (folder.count("/") + bool(folder), folder))


def _is_set_aside(folder: str) -> bool:
    """Tell whether a folder was installed by dbt, or is a template of one."""
    parts = folder.split("/")
    return not _SET_ASIDE.isdisjoint(parts) or _TEMPLATED.search(folder) is not None


def _settings(folder: str, tree: Tree) -> Settings | None:
    """Return what a project says of itself; if it cannot be read, its name at least."""
    settings = read_settings(folder, tree)
    if settings is None:
        text = tree.read(join(folder, PROJECT)).decode("utf-8", errors="replace")
        match = _NAME.search(text)
        return Settings(name=match["name"]) if match else None
    return settings if settings.name and not _TEMPLATED.search(settings.name) else None


def files_of(found: Mapping[str, Settings], tree: Tree) -> dict[str, list[str]]:
    """Return the files of each project; those in the root belong to it if dbt names their place."""
    files: dict[str, list[str]] = {folder: [] for folder in found}
    loose: list[str] = []
    for path in sorted(tree):
        owner = next((above for above in ancestors(path) if above in found), None)
        if owner:
            files[owner].append(path)
        elif owner is not None:
            loose.append(path)
    if "" in found:
        files[""] = files_in_root(loose, found[""], tree)
    return files


def _project(folder: str, settings: Settings, files: list[str], tree: Tree) -> DbtProject:
    folders = folders_of(folder, settings)
    of = partial(_of_kinds, files, folders)
    everything = of("model", "seed", "snapshot", "macro", "analysis", "test")
    tests = of("test")
    singular = select(tests, lambda path: "/generic/" not in path)
    return DbtProject(
        folder=folder,
        name=settings.name,
        files=frozenset(files),
        models=models_in(of("model"), tree),
        seeds=named_after_file(of("seed"), (".csv",)),
        snapshots=snapshots_in(of("snapshot", "model"), tree),
        macros=macros_in([*of("macro"), *tests], tree),
        tests=named_after_file(singular, (".sql",)),
        analyses=named_after_file(of("analysis"), (".sql",)),
        sources=tuple(sources_in(select(everything, _is_yaml), tree)),
        profile=settings.profile,
        paths=folders.by_kind,
        is_fixture=not _OF_TESTS.isdisjoint(folder.split("/")),
    )


def _of_kinds(files: Iterable[str], folders: Folders, *kinds: str) -> list[str]:
    """Return the files in the folders of some kinds, without what dbt writes."""
    wanted = [place for kind in kinds for place in folders.by_kind.get(kind, ())]
    if not wanted:
        return []
    return select(files, _within(wanted, folders.written))


def _within(wanted: list[str], written: tuple[str, ...]) -> Callable[[str], bool]:
    def is_wanted(path: str) -> bool:
        if not any(is_within(path, folder) for folder in wanted):
            return False
        return not any(is_within(path, folder) for folder in written)

    return is_wanted


def _is_yaml(path: str) -> bool:
    return path.endswith(YAML)
