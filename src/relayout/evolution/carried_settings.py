"""What a project says is carried into the project of another layout.

What the user said wins. What the old layout said and nobody changed goes, but for what the code
that comes along needs: its requirements, its console scripts, how its tests are found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from relayout.inventory.declared import distribution_name, import_name, table_at
from relayout.tree import is_within

Document = Mapping[str, Any]

_UPPER = re.compile(r"\s*<[^,]*")
_IMPORT_MODE = "--import-mode="
_NAMED = ("scripts", "gui-scripts")
_TESTS = ("tool", "pytest", "ini_options")
WHEEL = ("tool", "hatch", "build", "targets", "wheel")
"""The table that says what Hatchling puts into a wheel."""


def carried(
    base: Document,
    ours: Document,
    theirs: Document,
    unneeded: Collection[str],
    folders: Collection[str],
) -> Any:
    """Return what the project of the new layout says.

    ``base`` is what the old layout said, ``ours`` what the user's project says, ``theirs`` what the
    new layout says. ``unneeded`` are import names of what only files need which go, ``folders``
    those of the user's project.
    """
    result: dict[str, Any] = with_changes(base, ours, theirs)
    if "project" in theirs:
        _carry_project(result["project"], base, ours)
    _carry_groups(result, base, ours, unneeded)
    _carry_tests(result, ours)
    _carry_packages(result, ours, folders)
    return result


def with_changes(base: Document, ours: Document, theirs: Document) -> dict[str, Any]:
    """Return ``theirs`` with what changed from ``base`` to ``ours``, key by key.

    Lists gain what was added to them, and lose what was removed.
    """
    result: dict[str, Any] = {}
    for key in dict.fromkeys((*theirs, *ours)):
        before, mine, new = base.get(key), ours.get(key), theirs.get(key)
        if any(isinstance(value, Mapping) for value in (mine, new)):
            inner = with_changes(_table(before), _table(mine), _table(new))
            value: Any = inner if inner or new == {} else None
        elif mine == before:
            value = new
        elif isinstance(mine, list) and isinstance(new, list):
            was = before if isinstance(before, list) else []
            value = [item for item in new if item in mine or item not in was]
            value += [item for item in mine if item not in was and item not in new]
        else:
            value = mine
        if value is not None:
            result[key] = value
    return result


def joined_requirements(first: Iterable[str], *others: Iterable[str]) -> list[str]:
    """Return requirements, each distribution as it is asked for first."""
    found: dict[str, list[str]] = {}
    for texts in (first, *others):
        new: dict[str, list[str]] = {}
        for text in texts:
            new.setdefault(distribution_name(text), []).append(text)
        found |= {name: asked for name, asked in new.items() if name not in found}
    return [text for texts in found.values() for text in texts]


def _table(value: Any) -> Document:
    return value if isinstance(value, Mapping) else {}


def texts_in(value: Any) -> list[str]:
    """Return the texts in a list; none for what is no list."""
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, str)]


def _carry_project(project: dict[str, Any], base: Document, ours: Document) -> None:
    """Add what the code needs to run, and by which names it is run."""
    mine, was = table_at(ours, "project"), table_at(base, "project")
    needed = texts_in(mine.get("dependencies"))
    if needed:
        project["dependencies"] = joined_requirements(texts_in(project.get("dependencies")), needed)
    for extra, texts in table_at(mine, "optional-dependencies").items():
        extras = project.setdefault("optional-dependencies", {})
        extras[extra] = joined_requirements(texts_in(extras.get(extra)), texts_in(texts))
    for kind in _NAMED:
        if table_at(mine, kind):
            project[kind] = {**table_at(project, kind), **table_at(mine, kind)}
    for group, names in table_at(mine, "entry-points").items():
        points = project.setdefault("entry-points", {})
        points[group] = {**table_at(points, group), **_table(names)}
    if mine.get("requires-python") == was.get("requires-python"):
        bound = _upper_bound(mine.get("requires-python"))
        python = project.get("requires-python")
        if bound and isinstance(python, str) and not _upper_bound(python):
            project["requires-python"] = f"{python},{bound}"


def _upper_bound(python: Any) -> str:
    """Return the latest version that a project runs on: what it needs may run on no later one."""
    parts = python.split(",") if isinstance(python, str) else []
    return next((part.strip() for part in parts if _UPPER.fullmatch(part)), "")


def _carry_groups(
    result: dict[str, Any], base: Document, ours: Document, unneeded: Collection[str]
) -> None:
    """Add what the code is developed with; not what only went with the old layout's tools."""
    for group, items in table_at(ours, "dependency-groups").items():
        was = texts_in(table_at(base, "dependency-groups").get(group))
        mine = [
            text
            for text in texts_in(items)
            if text not in was or import_name(distribution_name(text)) not in unneeded
        ]
        groups = result.setdefault("dependency-groups", {})
        there = groups.get(group, [])
        listed = there if isinstance(there, list) else []
        included = [item for item in items if not isinstance(item, str) and item not in listed]
        known = {distribution_name(text) for text in _with_included(groups, listed)}
        added = [text for text in mine if distribution_name(text) not in known]
        if listed or added or included:
            groups[group] = [*listed, *included, *added]


def _with_included(groups: Document, items: list[Any]) -> list[str]:
    """Return the requirements in a group, and in those that it includes by name."""
    names = [item.get("include-group") for item in items if isinstance(item, Mapping)]
    included = [groups.get(str(name)) for name in names]
    return [text for texts in (items, *included) for text in texts_in(texts)]


def _carry_tests(result: dict[str, Any], ours: Document) -> None:
    """Let the tests be found where they stand, and be imported as they were."""
    options = table_at(result, *_TESTS)
    mine = table_at(ours, *_TESTS)
    if not options:
        return
    if "testpaths" in options:
        options["testpaths"] = _with_others(options["testpaths"], mine.get("testpaths"))
    there = texts_in(options.get("addopts"))
    modes = [option for option in texts_in(mine.get("addopts")) if option.startswith(_IMPORT_MODE)]
    if modes and not any(option.startswith(_IMPORT_MODE) for option in there):
        options["addopts"] = [*there, modes[0]]
    markers = texts_in(mine.get("markers"))
    if markers:
        known = texts_in(options.get("markers"))
        options["markers"] = [*known, *(marker for marker in markers if marker not in known)]


def _carry_packages(result: dict[str, Any], ours: Document, folders: Collection[str]) -> None:
    """Let every package be installed that has come along, and is no part of another."""
    wheel = table_at(result, *WHEEL)
    if "packages" in wheel:
        mine = [p for p in texts_in(table_at(ours, *WHEEL).get("packages")) if p in folders]
        wheel["packages"] = _with_others(wheel["packages"], mine)


def _with_others(folders: Any, others: Any) -> list[str]:
    """Return folders, and those of the others that are not within one of them."""
    found = texts_in(folders)
    for folder in texts_in(others):
        if not any(is_within(folder, known) for known in found):
            found.append(folder)
    return found
