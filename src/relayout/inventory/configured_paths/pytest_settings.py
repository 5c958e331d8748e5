"""What pytest's configuration says: ``pythonpath`` and the import mode.

Which of a folder's files counts, and that ``pythonpath`` is relative to that folder, is in
https://docs.pytest.org/en/stable/reference/customize.html and
https://docs.pytest.org/en/stable/reference/reference.html#confval-pythonpath.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, join
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.configured_paths.entry import ConfiguredPath
from relayout.inventory.configured_paths.values import folders_of_all, scene_in
from relayout.inventory.declared import table_at
from relayout.source import line_at
from relayout.tree import Tree

_FILES = (
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "pyproject.toml",
    "tox.ini",
    "setup.cfg",
)
"""In this order pytest looks for its configuration in a folder."""
_SECTIONS = {"tox.ini": "pytest", "setup.cfg": "tool:pytest"}
_IMPORT_MODE = re.compile(r"--import-mode[=\s]+(prepend|append|importlib)")


@dataclass(frozen=True, slots=True)
class PytestSettings:
    """pytest's configuration file of a folder, and what it says about search paths."""

    file: str
    python_path: tuple[str, ...] = ()
    line: int = 0
    import_mode: str = "prepend"


def is_pytest_file(path: str) -> bool:
    """Tell whether pytest may read its configuration from a file, by its name."""
    return basename(path) in _FILES


def pytest_settings(folder: str, tree: Tree) -> PytestSettings | None:
    """Return pytest's configuration in a folder, or None if pytest finds none there."""
    for name in _FILES:
        path = join(folder, name)
        if tree.is_regular(path):
            text = tree.read(path).decode("utf-8-sig", errors="replace")
            options = _toml(name, text) if name.endswith(".toml") else _ini(name, text)
            if options is not None:
                return _settings(path, text, options)
    return None


def read_pytest(path: str, tree: Tree) -> Iterator[ConfiguredPath]:
    """Yield what a file says about the search path of tests, if it is the one that counts."""
    settings = pytest_settings(dirname(path), tree)
    if settings is None or settings.file != path:
        return
    if not settings.python_path and settings.import_mode == "prepend":
        return
    folder = dirname(path)
    scene = scene_in(folder, path, tree)
    found = folders_of_all(settings.python_path, scene, separators="\n")
    yield ConfiguredPath(
        file=path,
        line=settings.line,
        folders=found.told,
        covers=folder,
        kind="pytest",
        tests_only=True,
        unclear=found.unclear,
        import_mode=settings.import_mode,
    )


def _toml(name: str, text: str) -> Mapping[str, Any] | None:
    """Return pytest's options in a TOML file; the order of the tables is pytest's own."""
    if "pytest" not in text:
        return None
    try:
        document = tomlkit.parse(text).unwrap()
    except (TOMLKitError, ValueError, RecursionError):
        return None
    if name != "pyproject.toml":
        return table_at(document, "pytest")
    tool = table_at(document, "tool")
    if "pytest" not in tool:
        return None
    return table_at(tool, "pytest", "ini_options") or table_at(tool, "pytest")


def _ini(name: str, text: str) -> Mapping[str, Any] | None:
    section = _SECTIONS.get(name, "pytest")
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    if section in parser:
        return dict(parser.items(section))
    return {} if name in ("pytest.ini", ".pytest.ini") else None


def _settings(path: str, text: str, options: Mapping[str, Any]) -> PytestSettings:
    mode = _IMPORT_MODE.search(" ".join(_texts(options.get("addopts", ""))))
    match = re.search(r"^\s*[\"']?pythonpath[\"']?\s*[=:]", text, re.MULTILINE)
    line = line_at(text, match.end()) if match else 0
    return PytestSettings(
        file=path,
        python_path=tuple(_texts(options.get("pythonpath", ""))),
        line=line,
        import_mode=mode[1] if mode else "prepend",
    )


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [word.strip("\"'") for word in value.split()]
    return [str(item) for item in value] if isinstance(value, list) else []
