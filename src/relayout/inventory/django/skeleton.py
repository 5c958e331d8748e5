"""Which modules of a project only Django needs, and which do the work of jobs.

What a module defines decides first. Then what it imports: a module that needs a part of the
skeleton other than models and settings is of the skeleton too. What is left goes with those who
need it: with jobs (commands, programs, tasks, code outside of the project), or with the skeleton
if only the skeleton needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from posixpath import basename, dirname

from relayout.inventory.django.classes import Classes
from relayout.inventory.django.kinds import (
    MODELS,
    SETTINGS,
    Kind,
    Known,
    is_test,
    kind_of,
    origins_of,
)
from relayout.inventory.django.modules import ProjectModules
from relayout.tree import ancestors

_MARKER = "__init__.py"
_TASKS = ("celery.shared_task", "celery.task", "celery.decorators.task", "huey", "dramatiq")

_OF_COMMANDS = ("/management", "/management/commands")

_ONLY_WEB = "only the web application uses it"


def skeleton_of(
    modules: ProjectModules,
    classes: Classes,
    paths: Collection[str],
    commands: Collection[str],
    apps: Collection[str],
    known: Known,
) -> dict[str, str]:
    """Return the modules among these that only Django needs, each with the reason.

    ``commands`` are the modules of commands, which never are among them, ``apps`` the folders of
    apps.
    """
    candidates = [path for path in sorted(paths) if path not in commands]
    markers = {path for path in candidates if is_marker(path, modules)}
    kinds: dict[str, Kind] = {}
    for path in candidates:
        kind = None if path in markers else kind_of(path, modules, classes, known)
        if kind is not None:
            kinds[path] = kind
    importers = _importers(modules)
    sure = {path: kind for path, kind in kinds.items() if kind.sure}
    free = set(candidates) - markers - sure.keys()
    roots = [p for p in modules.python if p not in sure and _is_root(p, modules, free, commands)]
    live = _reached(roots, lambda p: modules.run(p) - sure.keys())
    found = {path: kinds[path] for path in kinds if path in sure or path not in live}
    _spread(found, free - found.keys(), modules, importers)
    web = _reached(found, lambda p: modules.imported(p) & free)
    live = _reached([p for p in roots if p not in found], lambda p: modules.run(p) - found.keys())
    for path in sorted((web & free) - live - found.keys()):
        found[path] = Kind("", _ONLY_WEB)
    _spread(found, free - found.keys(), modules, importers)
    reasons = {path: kind.reason for path, kind in found.items()}
    code = {*(free - found.keys()), *commands}
    reasons |= _markers_among(markers, found, code, apps)
    return {path: reasons[path] for path in sorted(reasons)}


def is_marker(path: str, modules: ProjectModules) -> bool:
    """Tell whether a module is an ``__init__.py`` that does nothing, or names an app's class."""
    file = modules.python[path]
    if basename(path) != _MARKER or file.error is not None:
        return False
    return not file.imports and file.defines <= {"default_app_config", "__all__", "__version__"}


def _importers(modules: ProjectModules) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in modules.python:
        for imported in modules.imported(path):
            found.setdefault(imported, set()).add(path)
    return found


def _is_root(
    path: str, modules: ProjectModules, free: Collection[str], commands: Collection[str]
) -> bool:
    """Tell whether code runs by itself: a command, a program, a task, or code from elsewhere."""
    if path not in free:
        return path in commands or basename(path) != _MARKER
    file = modules.python[path]
    if is_test(path):
        return False
    return file.is_script or any(origin.startswith(_TASKS) for origin in origins_of(file))


def _reached(roots: Iterable[str], imported: Callable[[str], Iterable[str]]) -> set[str]:
    found = set(roots)
    pending = list(found)
    while pending:
        for path in imported(pending.pop()):
            if path not in found:
                found.add(path)
                pending.append(path)
    return found


def _spread(
    found: dict[str, Kind],
    free: Collection[str],
    modules: ProjectModules,
    importers: Mapping[str, Collection[str]],
) -> None:
    """Add the modules that import what was found, until nothing is added."""
    left = set(free)
    pending = sorted(found)
    while pending:
        path = pending.pop()
        for importer in sorted(left.intersection(importers.get(path, ()))):
            if _needs(importer, path, found[path]):
                left.discard(importer)
                found[importer] = Kind("", f"it imports {path}")
                pending.append(importer)


def _needs(importer: str, path: str, kind: Kind) -> bool:
    """Tell whether a module that imports a part of the skeleton is of the skeleton for that."""
    if kind.name == MODELS:
        return is_test(importer)
    return kind.name != SETTINGS


def _markers_among(
    markers: Collection[str],
    skeleton: Collection[str],
    code: Collection[str],
    apps: Collection[str],
) -> dict[str, str]:
    """Return the package markers that stand with the skeleton, and with no other code.

    A marker beside both is the skeleton's: the package needs none of that name where code goes.
    """
    with_skeleton = {folder for path in skeleton for folder in ancestors(path)}
    with_code = {folder for path in code for folder in ancestors(path)}
    beside_skeleton = {dirname(path) for path in skeleton}
    beside_code = {dirname(path) for path in code}
    found: dict[str, str] = {}
    for path in markers:
        folder = dirname(path)
        in_app = folder in apps or not set(apps).isdisjoint(ancestors(folder))
        if folder in beside_skeleton or folder in apps:
            found[path] = "it marks a package of Django"
        elif folder in with_skeleton and folder not in beside_code:
            found[path] = "it marks a folder of packages of Django"
        elif in_app and (folder not in with_code or folder.endswith(_OF_COMMANDS)):
            found[path] = "it marks a folder of an app"
    return found
