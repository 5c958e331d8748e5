"""Finds the Django projects of a tree, and apps that stand without one, by what files contain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from posixpath import dirname

from relayout.inventory.django.apps import apps_by_content, installed_apps
from relayout.inventory.django.beside import files_beside
from relayout.inventory.django.classes import Classes
from relayout.inventory.django.commands import command_modules, commands_of
from relayout.inventory.django.facts import imports_django
from relayout.inventory.django.installed_apps import APPS, strings_assigned
from relayout.inventory.django.kinds import Known
from relayout.inventory.django.markers import is_marker
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.naming import project_name
from relayout.inventory.django.places import Place, find_places, is_alone
from relayout.inventory.django.project import DjangoApp, DjangoProject
from relayout.inventory.django.settings_modules import settings_modules
from relayout.inventory.django.skeleton import skeleton_of
from relayout.inventory.django.territory import (
    connected,
    files_by_folder,
    is_whole,
    without_projects_apart,
)
from relayout.inventory.django.wired import wired_modules
from relayout.inventory.python import PythonFile
from relayout.inventory.search_paths import DJANGO_QUARANTINE, ModuleFinder, is_quarantined
from relayout.tree import Tree, ancestors

_AWAY = f"/{DJANGO_QUARANTINE}/"


def find_projects(
    tree: Tree, python: Mapping[str, PythonFile], foreign: frozenset[str]
) -> tuple[DjangoProject, ...]:
    """Return the Django projects of a tree, by folder, and apps that stand without a project.

    Nothing is parsed where no module imports Django. Files in ``foreign``, in hidden folders and in
    quarantine do not count, nor those of a package whose Django is in quarantine already. Never
    raises for what files contain.
    """
    hidden = {path for path in tree if "/." in f"/{dirname(path)}"}
    out = foreign | hidden | _migrated(tree)
    known = {path: file for path, file in python.items() if path not in out}
    if not any(imports_django(file) for file in known.values()):
        return ()
    finder = ModuleFinder(tree)
    places = find_places(tree, known, finder)
    near = files_by_folder(tree, [place.folder for place in places])
    elsewhere = known.keys() - {path for paths in near.values() for path in paths}
    projects = [
        _project(
            ProjectModules(tree, known, finder, place.search),
            place,
            near[place.folder] - out,
            elsewhere,
        )
        for place in places
    ]
    return tuple(sorted(projects, key=lambda project: (project.folder, project.name)))


def _migrated(tree: Tree) -> frozenset[str]:
    """Return the files in quarantine, and those of packages that have put Django there."""
    packages = {path.partition(_AWAY)[0] for path in tree if _AWAY in path}
    return frozenset(
        path for path in tree if is_quarantined(path) or not packages.isdisjoint(ancestors(path))
    )


def _project(
    modules: ProjectModules, place: Place, near: frozenset[str], elsewhere: Collection[str]
) -> DjangoProject:
    """Return the project of a place.

    ``near`` are the files in its folder, ``elsewhere`` the modules that are in no project's folder.
    """
    classes = Classes(modules)
    files = _belonging(modules, classes, place, near)
    paths = [path for path in sorted(files) if path in modules.python]
    settings = _settings(modules, place, paths)
    installed = installed_apps(modules, classes, strings_assigned(modules, settings, APPS))
    apps = _apps(installed, apps_by_content(modules, classes, paths, place.folder), paths)
    in_commands = command_modules(modules.python, apps, paths)
    in_commands -= {path for path in in_commands if is_marker(path, modules)}
    folders = {app.folder for app in apps}
    named = wired_modules(modules, settings)
    known = Known(place.managers, folders, settings, named, is_alone(place))
    jobs = {*in_commands, *elsewhere, *(p for p in near - files if p in modules.python)}
    skeleton = skeleton_of(modules, classes, paths, jobs, known)
    skeleton |= files_beside(
        modules.tree, modules.python, files, skeleton, folders | {place.folder}
    )
    return DjangoProject(
        folder=place.folder,
        name=project_name(modules, place, settings, apps),
        managers=place.managers,
        settings=settings if place.managers or not is_alone(place) else (),
        apps=apps,
        commands=commands_of(modules.python, classes, apps, in_commands),
        files=files,
        skeleton=skeleton,
        command_modules=in_commands,
    )


def _belonging(
    modules: ProjectModules, classes: Classes, place: Place, near: frozenset[str]
) -> frozenset[str]:
    """Return those of the files near a project that belong to it."""
    paths = [path for path in sorted(near) if path in modules.python]
    settings = _settings(modules, place, paths)
    installed = installed_apps(modules, classes, strings_assigned(modules, settings, APPS))
    sure = [*place.roots, *(app.folder for app in installed)]
    inside = without_projects_apart(near, place, sure)
    if is_whole(place, modules.tree):
        return inside
    shown = apps_by_content(modules, classes, [p for p in paths if p in inside], place.folder)
    return connected(modules, place, inside, [*sure, *(app.folder for app in shown)])


def _settings(modules: ProjectModules, place: Place, paths: Sequence[str]) -> tuple[str, ...]:
    """Return the settings modules, those first that programs and configuration name."""
    found = settings_modules(modules, paths)
    named = [path for path in place.settings if path in modules.python]
    return tuple(dict.fromkeys([*named, *sorted(found)]))


def _apps(
    installed: Sequence[DjangoApp], shown: Sequence[DjangoApp], paths: Sequence[str]
) -> tuple[DjangoApp, ...]:
    """Return the apps that a project has files of, each folder once; those installed come first."""
    folders = {folder for path in paths for folder in ancestors(path)}
    found: dict[str, DjangoApp] = {}
    for app in (*installed, *shown):
        if app.folder in folders:
            found.setdefault(app.folder, app)
    return tuple(found.values())
