"""Which modules of a project only Django needs, and which do the work of jobs.

What a module defines decides first. What commands and programs need is code, and so is what code
from outside of the project needs: it goes where they go, whatever it imports. Of what is left, a
module that imports a part of the skeleton other than models, settings and apps is of the skeleton
too, and so is what only the skeleton imports. Of apps that stand without a project, all is for
others to use.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from posixpath import basename, dirname

from relayout.inventory.django.classes import Classes
from relayout.inventory.django.facts import has_name_of_test, is_test, origins_of
from relayout.inventory.django.kinds import (
    APP,
    MODELS,
    OTHER,
    SETTINGS,
    TESTS,
    Kind,
    Known,
    kind_of,
)
from relayout.inventory.django.markers import collecting, is_marker, markers_among
from relayout.inventory.django.modules import ProjectModules
from relayout.tree import ancestors

_TASKS = ("celery.shared_task", "celery.task", "celery.decorators.task", "huey", "dramatiq")

_HARMLESS = frozenset({MODELS, SETTINGS, APP})
"""Kinds that a module may import and still be code."""

_ONLY_WEB = "only the web application uses it"


def skeleton_of(
    modules: ProjectModules,
    classes: Classes,
    paths: Collection[str],
    jobs: Collection[str],
    known: Known,
) -> dict[str, str]:
    """Return the modules among these that only Django needs, each with the reason.

    ``jobs`` are the modules of commands, which never are among them, and modules from outside of
    the project.
    """
    candidates = sorted(set(paths).difference(jobs))
    markers = {path for path in candidates if is_marker(path, modules)}
    code = set(candidates) - markers
    kinds = {path: kind_of(path, modules, classes, known) for path in sorted(code)}
    sure = {path: kind for path, kind in kinds.items() if kind is not None and kind.sure}
    sure |= collecting(modules, code, sure, known.apps)
    free = code - sure.keys()

    def needs(path: str) -> set[str]:
        return _needs_of(path, modules, free)

    importers = _importers(modules, free)
    programs = {path for path in free if _is_program(path, modules, known, importers)}
    working = {path for path in programs if not _imports_web(path, modules, sure)}
    needed = _reached([*jobs, *working], needs) & free
    offered = {path for path in free if known.alone and not is_test(path)}
    live = _reached(needed | programs | offered, needs)
    found = sure | {p: k for p, k in kinds.items() if k is not None and p not in live | sure.keys()}
    _spread(found, free - needed - found.keys(), modules, importers)
    live = _reached(live - found.keys(), needs)  # without what only a part of the skeleton needs
    helpers = {path for path in free if is_test(path) and not has_name_of_test(path)}
    web = _reached(found, lambda path: modules.imported(path) & free)
    found |= {path: Kind(OTHER, _ONLY_WEB) for path in web - live - found.keys() - helpers}
    _spread(found, free - needed - found.keys(), modules, importers)
    found |= _configuring_only(found, free - found.keys())
    tests = [path for path in free - found.keys() if has_name_of_test(path)]
    unused = helpers - found.keys() - live - _reached(tests, needs)
    found |= {path: Kind(TESTS, "no test that stays uses it") for path in unused}
    reasons = {path: kind.reason for path, kind in found.items()}
    left = (free | set(paths).intersection(jobs)) - found.keys()
    reasons |= markers_among(markers, found, left, known.apps)
    return {path: reasons[path] for path in sorted(reasons)}


def _configuring_only(found: Collection[str], free: Collection[str]) -> dict[str, Kind]:
    """Return the ``conftest.py`` files below which every test is of the skeleton."""
    kept = {folder for path in free if _is_of_pytest(path) for folder in ancestors(path)}
    gone = {folder for path in found if _is_of_pytest(path) for folder in ancestors(path)}
    return {
        path: Kind(TESTS, "all the tests in its folder need Django")
        for path in free
        if basename(path) == "conftest.py" and dirname(path) in gone - kept
    }


def _is_of_pytest(path: str) -> bool:
    return has_name_of_test(path) and basename(path) != "conftest.py"


def _importers(modules: ProjectModules, paths: Collection[str]) -> dict[str, set[str]]:
    """Return who of these modules imports a module, by its path."""
    found: dict[str, set[str]] = {}
    for path in paths:
        for imported in modules.imported(path):
            found.setdefault(imported, set()).add(path)
    return found


def _is_program(
    path: str, modules: ProjectModules, known: Known, importers: Mapping[str, Collection[str]]
) -> bool:
    """Tell whether a module runs by itself: a program, or one with tasks for a queue."""
    file = modules.python[path]
    if is_test(path):
        return False
    if file.is_script or any(origin.startswith(_TASKS) for origin in origins_of(file)):
        return True
    return file.acts and path not in importers and frozenset(known.apps).isdisjoint(ancestors(path))


def _imports_web(path: str, modules: ProjectModules, sure: Mapping[str, Kind]) -> bool:
    imported = (sure.get(file) for file in modules.imported(path))
    return any(kind is not None and kind.name not in _HARMLESS for kind in imported)


def _reached(roots: Iterable[str], imported: Callable[[str], Iterable[str]]) -> set[str]:
    found = set(roots)
    pending = list(found)
    while pending:
        for path in imported(pending.pop()):
            if path not in found:
                found.add(path)
                pending.append(path)
    return found


def _needs_of(path: str, modules: ProjectModules, free: Collection[str]) -> set[str]:
    """Return the free modules that a module needs, and the packages that these are in."""
    needed = {file for file in modules.needed(path) if file in free}
    around = {marker for file in needed for marker in modules.around(file)}
    return needed | {marker for marker in around if marker in free}


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
                found[importer] = Kind(OTHER, f"it imports {path}")
                pending.append(importer)


def _needs(importer: str, path: str, kind: Kind) -> bool:
    """Tell whether a module that imports a part of the skeleton is of the skeleton for that."""
    return is_test(importer) or kind.name not in _HARMLESS
