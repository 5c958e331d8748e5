"""``requirements-kept``: all that files require before is required after, as strictly.

Requirements, options and hashes stand in requirements files (pip's format,
https://pip.pypa.io/en/stable/reference/requirements-file-format/), groups in ``pyproject.toml``
(PEP 621, PEP 735). A line is kept in the file that it stands in; a requirement also in the group
that the file is for. What names a file (``-r``, ``-c``) has to name the same one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tomlkit
from packaging.requirements import InvalidRequirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from tomlkit.exceptions import TOMLKitError

from relayout.inventory import Inventory
from relayout.inventory.constraints import pinned_version
from relayout.inventory.declared import Declared, parse_requirement, table_at
from relayout.inventory.references import decoded
from relayout.inventory.requirement_files import group_of, is_requirements, lines_of
from relayout.verification.evidence import Check, Evidence, outcome

_PROJECT = "pyproject.toml"


def check_requirements_kept(evidence: Evidence) -> Check | None:
    """Count the lines that nothing requires any more, or not as strictly as before."""
    if evidence.before is None or evidence.plan is None:
        return None
    before, after, targets = evidence.before, evidence.after, evidence.plan.targets
    files = [
        path
        for path in sorted(before.tree)
        if path not in before.foreign and is_requirements(path, before.tree)
    ]
    groups = _groups_of(after)
    problems: list[str] = []
    count = 0
    for path in files:
        place = targets.get(path, path)
        said = Counter(_lines(path, before, targets))
        left = said - Counter(_lines(place, after, {}))
        count += said.total()
        declared = groups.get(group_of(place), ())
        lost = [line for line in left.elements() if not _is_held(line, declared)]
        problems += [f"{place}: nothing requires {_shown(line)} any more" for line in lost]
    problems += _lost_of_projects(before, after, targets)
    return outcome("requirements-kept", problems, {"files": len(files), "lines": count})


def _lines(path: str, inventory: Inventory, targets: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a file, with the place of each file that they name instead of its path."""
    if not inventory.tree.is_regular(path):
        return
    text, _ = decoded(inventory.tree.read(path))
    for reference in sorted(inventory.references.get(path, ()), key=lambda r: -r.start):
        is_file = reference.path in inventory.tree
        place = targets.get(reference.path, reference.path) if is_file else ""
        text = f"{text[: reference.start]}<{place}>{text[reference.end :]}"
    for _, line in lines_of(text):
        yield " ".join(line.split())


# -- projects


def _lists_of(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what the lists of a project require, by the name of the group; empty for the main."""
    project = table_at(document, "project")
    lists = {
        "": project.get("dependencies"),
        **table_at(document, "dependency-groups"),
        **{f"extra {name}": v for name, v in table_at(project, "optional-dependencies").items()},
        **{f"tool.uv {key}": v for key, v in table_at(document, "tool", "uv").items()},
    }
    return {
        name: [text for text in items if isinstance(text, str)]
        for name, items in lists.items()
        if isinstance(items, list)
    }


def _tables_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what Poetry's tables require, by their place and the name of the package."""
    poetry = table_at(document, "tool", "poetry")
    tables = {"": table_at(poetry, "dependencies"), "dev": table_at(poetry, "dev-dependencies")}
    for group in table_at(poetry, "group"):
        tables[f"group {group}"] = table_at(poetry, "group", group, "dependencies")
    return {
        f"{where}/{name}": _without_path(entry)
        for where, table in tables.items()
        for name, entry in table.items()
    }


def _without_path(entry: Any) -> Any:
    """Return what is asked for of a package, without the place that it is installed from."""
    return {k: v for k, v in entry.items() if k != "path"} if isinstance(entry, dict) else entry


def _document(path: str, inventory: Inventory) -> Mapping[str, Any]:
    if not inventory.tree.is_regular(path):
        return {}
    try:
        parsed: dict[str, Any] = tomlkit.parse(decoded(inventory.tree.read(path))[0]).unwrap()
    except TOMLKitError:
        return {}
    return parsed


def _groups_of(inventory: Inventory) -> dict[str, list[str]]:
    """Return what all projects require, by group."""
    found: dict[str, list[str]] = {}
    for path in _projects(inventory):
        for group, texts in _lists_of(_document(path, inventory)).items():
            found.setdefault(group, []).extend(texts)
    return found


def _projects(inventory: Inventory) -> list[str]:
    return sorted(
        path
        for path in inventory.tree
        if path not in inventory.foreign and (path == _PROJECT or path.endswith(f"/{_PROJECT}"))
    )


def _lost_of_projects(
    before: Inventory, after: Inventory, targets: Mapping[str, str]
) -> Iterator[str]:
    """Yield what a project required itself, and does not any more."""
    for path in _projects(before):
        place = targets.get(path, path)
        old, new = _document(path, before), _document(place, after)
        lists, tables = _lists_of(new), _tables_of(new)
        lost = [
            text
            for group, texts in _lists_of(old).items()
            for text in texts
            if text not in lists.get(group, ()) and not _is_held(text, lists.get(group, ()))
        ]
        lost += [key for key, entry in _tables_of(old).items() if tables.get(key) != entry]
        yield from (f"{place}: nothing requires {_shown(text)} any more" for text in lost)


# -- how strict


def _is_held(line: str, texts: Iterable[str]) -> bool:
    """Tell whether one of some requirements asks for all that a line does."""
    try:
        wanted = parse_requirement(line)
    except InvalidRequirement:
        return False
    for text in texts:
        try:
            other = parse_requirement(text)
        except InvalidRequirement:
            continue
        if (
            canonicalize_name(other.name) == canonicalize_name(wanted.name)
            and other.url == wanted.url
            and other.extras >= wanted.extras
            and (other.marker is None or str(other.marker) == str(wanted.marker))
            and _is_as_narrow(other.specifier, wanted.specifier)
        ):
            return True
    return False


def _is_as_narrow(one: SpecifierSet, other: SpecifierSet) -> bool:
    pin = pinned_version(one)
    return set(one) >= set(other) or (bool(pin) and other.contains(pin, prereleases=True))


def _shown(line: str) -> str:
    return repr(Declared(line, "", 0).shown)
