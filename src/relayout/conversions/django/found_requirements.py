"""What a repository requires of one distribution, wherever it declares it.

``pyproject.toml`` may have it in the words of Poetry
(https://python-poetry.org/docs/dependency-specification/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname
from typing import Any

import tomlkit
from packaging.requirements import InvalidRequirement
from tomlkit.exceptions import TOMLKitError

from relayout.inventory import Inventory
from relayout.inventory.declared import (
    distribution_name,
    is_requirement,
    requirement_text,
    table_at,
)
from relayout.tree import Tree, ancestors

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")
_SSH = re.compile(r"(?P<host>[\w.-]+@[\w.-]+):(?P<path>[^/].*)")


def found_requirement(inventory: Inventory, folder: str, name: str) -> str:
    """Return what is required of a distribution, as PEP 508 has it; its name if nothing says more.

    The ``pyproject.toml`` nearest to a folder counts most, then what the repository declares
    elsewhere.
    """
    wanted = distribution_name(name)
    for path in _projects(inventory.tree, folder):
        for text in _declared_in(inventory.tree.read(path)):
            if distribution_name(text) == wanted:
                return text
    for declared in inventory.requirements:
        if not declared.problem and distribution_name(declared.text) == wanted:
            return declared.text
    return name


def _projects(tree: Tree, folder: str) -> list[str]:
    """Return the projects of a tree: those around a folder, nearest first, then the others."""
    above = [folder, *ancestors(folder)] if folder else [""]
    near = [f"{one}/pyproject.toml" if one else "pyproject.toml" for one in above]
    every = sorted(path for path in tree if basename(path) == "pyproject.toml")
    ordered = dict.fromkeys([*near, *sorted(every, key=lambda path: len(dirname(path)))])
    return [path for path in ordered if tree.is_regular(path)]


def _declared_in(content: bytes) -> Iterator[str]:
    try:
        document = tomlkit.parse(content.decode("utf-8", errors="replace")).unwrap()
    except TOMLKitError:
        return
    project = table_at(document, "project")
    lists = [project.get("dependencies"), *table_at(project, "optional-dependencies").values()]
    for texts in lists:
        yield from (t for t in (texts if isinstance(texts, list) else ()) if is_requirement(t))
    poetry = table_at(document, "tool", "poetry")
    groups = table_at(poetry, "group").values()
    for table in (table_at(poetry, "dependencies"), *(table_at(g, "dependencies") for g in groups)):
        for name, value in table.items():
            text = _of_poetry(name, value)
            if text:
                yield text


def _of_poetry(name: str, value: Any) -> str:
    """Return a requirement of Poetry's table; empty if it cannot be one."""
    entry = value if isinstance(value, Mapping) else {"version": value}
    version, git = entry.get("version", "*"), entry.get("git")
    try:
        if isinstance(git, str):
            return requirement_text(name, entry.get("extras"), url=_address(git, entry))
        if isinstance(entry.get("url"), str):
            return requirement_text(name, entry.get("extras"), url=entry["url"])
        bounds = _bounds(version) if isinstance(version, str) else None
        known = bounds is not None and "path" not in entry
        return requirement_text(name, entry.get("extras"), bounds or "") if known else ""
    except InvalidRequirement:
        return ""


def _address(git: str, entry: Mapping[str, Any]) -> str:
    """Return the URL of a git repository, with what is to be taken of it."""
    match = _SSH.fullmatch(git)
    url = f"ssh://{match['host']}/{match['path']}" if match else git
    marks = [entry.get(key) for key in ("rev", "tag", "branch")]
    mark = next((mark for mark in marks if isinstance(mark, str)), "")
    folder = entry.get("subdirectory")
    end = f"#subdirectory={folder}" if isinstance(folder, str) else ""
    return f"git+{url}{f'@{mark}' if mark else ''}{end}"


def _bounds(version: str) -> str | None:
    """Return bounds of versions in the words of PEP 440; None for those that have none."""
    parts = [_bound(part.strip()) for part in version.split(",")]
    if "||" in version or None in parts:
        return None
    return ",".join(part for part in parts if part)


def _bound(part: str) -> str | None:
    if part in ("", "*"):
        return ""
    numbers = _NUMBERS.fullmatch(part.lstrip("^~ "))
    if numbers is None:
        return part.replace(" ", "") if part[0] in "=<>!~" else None
    given = [int(number) for number in numbers.group().split(".")]
    if part[0] == "^":
        kept = next((at for at, number in enumerate(given) if number), len(given) - 1)
    elif part[0] == "~":
        kept = min(1, len(given) - 1)
    else:
        return f"=={numbers.group()}"
    above = [*given[:kept], given[kept] + 1]
    return f">={numbers.group()},<{'.'.join(map(str, above))}"
