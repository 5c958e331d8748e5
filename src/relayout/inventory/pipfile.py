"""What a Pipfile declares (https://pipenv.pypa.io/en/latest/pipfile.html).

``[packages]`` is what the code needs; ``[dev-packages]`` and every other table of packages is a
group of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit
from packaging.requirements import InvalidRequirement
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.declared import (
    TOO_OLD,
    Declared,
    is_too_old,
    requirement_text,
    table_at,
)
from relayout.inventory.local_projects import local_path
from relayout.tree import Tree

PATH = "Pipfile"

_NO_PACKAGES = frozenset({"source", "packages", "requires", "scripts", "pipenv", "pipfile"})
_VERSION_CONTROL = ("git", "hg", "svn", "bzr")
_MARKERS = (
    "implementation_name",
    "os_name",
    "platform_machine",
    "platform_python_implementation",
    "platform_release",
    "platform_system",
    "platform_version",
    "python_full_version",
    "python_version",
    "sys_platform",
)
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*=""")
_HEADER = re.compile(r"""\s*\[+\s*["']?([^\]"']+?)["']?\s*\]""")
_SUBTABLE = re.compile(r"""\s*\[\s*([\w-]+)\.["']?([^\]"']+?)["']?\s*\]""")
_HOME = "pypi"
"""The name that pipenv gives the index that pip uses by itself."""


class _Unfit(Exception):
    """A value that a ``pyproject.toml`` cannot hold; the message says why."""


def read_pipfile(tree: Tree) -> Iterator[Declared]:
    """Yield what the Pipfile at the root declares, and each index that it names."""
    if not tree.is_regular(PATH):
        return
    text = tree.read(PATH).decode("utf-8-sig", errors="replace")
    try:
        document = tomlkit.parse(text).unwrap()
    except TOMLKitError:
        yield Declared(PATH, PATH, 0, "", "cannot be read as TOML")
        return
    lines = _lines_of_keys(text)
    yield from _indexes(document, lines)
    version = pipfile_python(tree)
    if is_too_old(version):
        line = lines.get(("requires", "python_version"), 0)
        yield Declared(f"python {version}", PATH, line, "", TOO_OLD)
    for table in document:
        group = _group(table)
        if group is None:
            continue
        for name, value in table_at(document, table).items():
            line = lines.get((table, name), 0)
            if table_at({"": value}, "").get("path") in (".", "./"):
                continue  # the project itself
            try:
                yield _declared(tree, name, value, line, group)
            except (_Unfit, InvalidRequirement) as unfit:
                problem = str(unfit) if isinstance(unfit, _Unfit) else "is no requirement"
                yield Declared(name, PATH, line, group, problem)


def pipfile_python(tree: Tree) -> str:
    """Return the version of Python that the Pipfile asks for; empty if it asks for none."""
    if not tree.is_regular(PATH):
        return ""
    try:
        document = tomlkit.parse(tree.read(PATH).decode("utf-8-sig", errors="replace")).unwrap()
    except TOMLKitError:
        return ""
    requires = table_at(document, "requires")
    return str(requires.get("python_version") or requires.get("python_full_version") or "")


def _group(table: str) -> str | None:
    """Return the group that a table is for; None if it holds no packages."""
    if table == "packages":
        return ""
    if table in _NO_PACKAGES:
        return None
    return re.sub(r"[^a-z0-9]+", "-", table.lower().removesuffix("-packages")).strip("-") or None


def _indexes(
    document: Mapping[str, Any], lines: Mapping[tuple[str, str], int]
) -> Iterator[Declared]:
    sources = document.get("source", [])
    for source in sources if isinstance(sources, list) else []:
        url = source.get("url", "") if isinstance(source, dict) else ""
        is_home = isinstance(source, dict) and source.get("name") == _HOME
        if isinstance(url, str) and url and (not is_home or "@" in url):
            yield Declared(url, PATH, lines.get(("source", ""), 0), "", "is an index of packages")


def _declared(tree: Tree, written: str, value: Any, line: int, group: str) -> Declared:
    name, _, listed = written.partition("[")
    entry = {"version": value} if isinstance(value, str) else value
    if not isinstance(entry, dict):
        raise _Unfit("has a value that is neither a version nor a table")
    extras = [*filter(None, listed.rstrip("]").split(",")), *_list(entry.get("extras", []))]
    marker = _marker(entry)
    place = entry.get("path") or entry.get("file") or ""
    if isinstance(place, str) and place and "://" not in place:
        path = local_path(tree, place, PATH)
        if not path:
            raise _Unfit("is a path of which git has no file")
        text = requirement_text(name, extras, marker=marker)
        return Declared(text, PATH, line, group, "", path, entry.get("editable") is True)
    url = _url(entry, place)
    specifier = "" if url else _specifier(entry.get("version", "*"))
    return Declared(requirement_text(name, extras, specifier, url, marker), PATH, line, group)


def _list(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Unfit("has extras that are no list of names")
    return value


def _specifier(version: Any) -> str:
    if not isinstance(version, str):
        raise _Unfit("has a version that is no text")
    version = version.strip()
    if version in ("", "*"):
        return ""
    return version if version[0] in "=<>!~" else f"=={version}"


def _url(entry: Mapping[str, Any], place: Any) -> str:
    for system in _VERSION_CONTROL:
        address = entry.get(system)
        if isinstance(address, str):
            prefix = "" if address.startswith(f"{system}+") else f"{system}+"
            ref, folder = entry.get("ref"), entry.get("subdirectory")
            end = f"@{ref}" if isinstance(ref, str) and ref else ""
            end += f"#subdirectory={folder}" if isinstance(folder, str) and folder else ""
            if "://" not in address:
                raise _Unfit("has an address of version control that is no URL")
            return f"{prefix}{address}{end}"
    return place if isinstance(place, str) else ""


def _marker(entry: Mapping[str, Any]) -> str:
    """Return the marker of an entry: of ``markers``, and of each variable that is a key."""
    parts = [entry["markers"]] if "markers" in entry else []
    parts += [f"{name} {entry[name]}" for name in _MARKERS if name in entry]
    if not all(isinstance(part, str) for part in parts):
        raise _Unfit("has a marker that is no text")
    return " and ".join(parts if len(parts) < 2 else [f"({part})" for part in parts])


def _lines_of_keys(text: str) -> dict[tuple[str, str], int]:
    """Return the line of each (table, key), and of the table's header, without key."""
    found: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        inner, header = _SUBTABLE.match(line), _HEADER.match(line)
        if inner:
            found.setdefault((inner[1], inner[2]), number)
        elif header:
            table = header[1]
            found.setdefault((table, ""), number)
        else:
            key = _KEY.match(line)
            if key:
                found.setdefault((table, key[1] or key[2] or key[3] or ""), number)
    return found
