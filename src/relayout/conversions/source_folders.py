"""The folders that a project's packages lie in, as its build settings say.

setuptools: https://setuptools.pypa.io/en/latest/userguide/package_discovery.html; Hatchling:
https://hatch.pypa.io/latest/config/build/#packages; Poetry:
https://python-poetry.org/docs/pyproject/#packages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from posixpath import dirname, normpath
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.declared import table_at
from relayout.inventory.setup_script import Setup


def source_folders(project: str, setups: Sequence[Setup]) -> list[str]:
    """Return the folders that ``pyproject.toml``, ``setup.py`` and ``setup.cfg`` name, in order."""
    try:
        document: dict[str, Any] = tomlkit.parse(project).unwrap()
    except TOMLKitError:
        document = {}
    named = [setup.source_folder for setup in setups]
    named += [folder for folder in _named(document) if isinstance(folder, str)]
    plain = [normpath(folder) for folder in named if folder]
    return [f for f in dict.fromkeys(plain) if f != "." and not f.startswith(("/", ".."))]


def _named(document: dict[str, Any]) -> Iterator[Any]:
    setuptools = table_at(document, "tool", "setuptools")
    yield table_at(setuptools, "package-dir").get("")
    yield from _items(table_at(setuptools, "packages", "find").get("where"))
    wheel = table_at(document, "tool", "hatch", "build", "targets", "wheel")
    for table in (wheel, table_at(document, "tool", "hatch", "build")):
        yield from (dirname(p) for p in _items(table.get("packages")) if isinstance(p, str))
        yield from _items(table.get("sources"))
    for entry in _items(table_at(document, "tool", "poetry").get("packages")):
        yield entry.get("from") if isinstance(entry, dict) else None


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
