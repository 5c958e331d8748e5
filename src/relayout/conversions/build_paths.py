"""Paths, modules and packages that the tables of a build backend name follow what moved.

Hatchling: https://hatch.pypa.io/latest/config/build/; setuptools:
https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html; Poetry:
https://python-poetry.org/docs/pyproject/#include-and-exclude.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from relayout.inventory.declared import table_at

Follow = Callable[[str], str]
"""Returns the place of a path or pattern of the repository after the moves."""
ModuleMoved = Callable[[str], str | None]

_HATCH_LISTS = ("include", "exclude", "artifacts", "only-include")
_PACKAGE_KEYS = ("package-data", "exclude-package-data")


def follow_build_paths(document: dict[str, Any], follow: Follow, module_moved: ModuleMoved) -> None:
    """Change in place what the build settings of a document name by path or by module."""
    _follow_poetry(table_at(document, "tool", "poetry"), follow)
    _follow_hatch(table_at(document, "tool", "hatch"), follow)
    _follow_setuptools(table_at(document, "tool", "setuptools"), follow, module_moved)


def _follow_list(table: dict[str, Any], key: str, follow: Follow) -> None:
    items = table.get(key)
    if isinstance(items, str):
        table[key] = follow(items)
    elif isinstance(items, list):
        table[key] = [follow(item) if isinstance(item, str) else item for item in items]


def _follow_poetry(poetry: dict[str, Any], follow: Follow) -> None:
    for key in ("include", "exclude"):
        _follow_list(poetry, key, follow)
        entries = poetry.get(key)
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                _follow_list(entry, "path", follow)


def _follow_hatch(hatch: dict[str, Any], follow: Follow) -> None:
    _follow_list(table_at(hatch, "version"), "path", follow)
    build = table_at(hatch, "build")
    for table in (build, *(table_at(target) for target in table_at(build, "targets").values())):
        for key in _HATCH_LISTS:
            _follow_list(table, key, follow)
        forced = table_at(table, "force-include")
        moved = {follow(source): _in_wheel(place, follow) for source, place in forced.items()}
        if moved.keys() != forced.keys():
            table["force-include"] = moved
    for hook in table_at(build, "hooks").values():
        for key in ("version-file", "path"):
            _follow_list(table_at(hook), key, follow)


def _in_wheel(place: Any, follow: Follow) -> Any:
    """Return where a file is put in a wheel, which has the packages without ``src/``."""
    moved = follow(place) if isinstance(place, str) else place
    return place if moved == place else moved.removeprefix("src/")


def _follow_setuptools(table: dict[str, Any], follow: Follow, module_moved: ModuleMoved) -> None:
    for said in table_at(table, "dynamic").values():
        if isinstance(said, dict):
            _follow_list(said, "file", follow)
            _follow_attribute(said, module_moved)
    for key in _PACKAGE_KEYS:
        patterns = table_at(table, key)
        moved = {module_moved(name) or name: listed for name, listed in patterns.items()}
        if moved.keys() != patterns.keys():
            table[key] = moved


def _follow_attribute(said: dict[str, Any], module_moved: ModuleMoved) -> None:
    """Follow ``attr = "package.module.NAME"``."""
    attribute = said.get("attr")
    if isinstance(attribute, str) and "." in attribute:
        module, _, name = attribute.rpartition(".")
        moved = module_moved(module)
        if moved is not None:
            said["attr"] = f"{moved}.{name}"
