"""``pyproject.toml`` and other TOML files: settings of tools that name files or modules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.path_patterns.escaped_strings import is_doubled, written_in
from relayout.inventory.references.reference import Base, Reference
from relayout.inventory.references.settings.setting_items import Item
from relayout.inventory.references.settings.setting_names import What, separators_of, what_is
from relayout.inventory.references.settings.setting_values import bases_of, in_folder, read_item
from relayout.inventory.references.spans.ini_spans import IniText, ini_items, lines_of
from relayout.inventory.references.spans.toml_spans import Names, TomlText, toml_texts
from relayout.tree import Tree

_OWN = {
    "ruff.toml": "ruff",
    ".ruff.toml": "ruff",
    "pytest.toml": "pytest",
    ".pytest.toml": "pytest",
    "hatch.toml": "hatch",
    "pixi.toml": "pixi",
    "uv.toml": "uv",
    "dg.toml": "dg",
    "tox.toml": "tox",
    "Pipfile": "pipenv",
    "pyrefly.toml": "pyrefly",
    "ty.toml": "ty",
}
"""Files whose keys are those of one tool's table."""
_SHARED = frozenset(
    {
        "pyproject.toml",
        ".bumpversion.toml",
        ".cz.toml",
        "cz.toml",
        "pylintrc.toml",
        ".pylintrc.toml",
    }
    | {".coveragerc.toml", "poe_tasks.toml", "towncrier.toml", "releaserc.toml", "bumpver.toml"}
    | {".importlinter.toml", "pdm.toml"}
)
"""Files with the tables of ``pyproject.toml``."""
_FOLDERS = ("cwd", "working_dir", "change_dir", "changedir")
_LISTS = frozenset(
    {What.PATHS, What.CODE, What.FLOATING, What.SOURCES, What.MODULES, What.PACKAGES, What.PLACES}
)
"""How settings are written that may be a list in one text."""
_TOKENISED = frozenset({What.COMMAND, What.PYTEST})
"""How settings are written in which an escaped line end is one of the shell's too."""
_SPLIT = frozenset({"mypy", "pytest", "isort", "pylint"})
"""Tools that read a text as a list."""


def is_toml_settings(path: str) -> bool:
    """Tell whether a file has settings of tools in TOML, by its name."""
    name = basename(path)
    return name in _OWN or name in _SHARED


def read_toml_settings(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what the settings of a file name.

    They count from its folder, or from the root if they name more from there.
    """
    texts = toml_texts(text)
    readings = [list(_reading(texts, text, path, tree, base)) for base in bases_of(path)]
    return max(readings, key=len)


def _reading(
    texts: list[TomlText], text: str, path: str, tree: Tree, base: Base
) -> Iterator[Reference]:
    around = Surroundings(path, basename(path), scene_in(base.folder, path, tree), base)
    values = {t.names: t.value for t in texts if not t.is_key}
    before: dict[Names, str] = {}
    for found in texts:
        names = _setting(found, path)
        what = what_is(names) if names else None
        if what is None:
            continue
        if what is What.REGULAR and found.quote.startswith('"'):
            yield from _in_escaped(found, text, around)
            continue
        is_written_so = text[found.start : found.end] == found.value
        if not is_written_so and what not in _TOKENISED:
            continue
        above = found.names[:-1]
        there = _where_it_runs(found.names, values, around)
        for item in _items(found, text, what, names[0]):
            yield from read_item(what, replace(item, before=before.get(above, "")), text, there)
        before[above] = found.value


def _in_escaped(found: TomlText, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the paths in a regular expression of a string in which backslashes are escapes."""
    if is_doubled(text[found.start : found.end], found.value):
        item = Item(0, len(found.value), found.value)
        yield from written_in(read_item(What.REGULAR, item, text, around), found.value, found.start)


def _setting(found: TomlText, path: str) -> tuple[str, ...]:
    """Return the tool and the keys that a text belongs to; empty if it is no setting."""
    names = tuple(name for name in found.names if isinstance(name, str))
    if found.is_key:
        names = (*names[:-1], "#")
    own = _OWN.get(basename(path))
    if own is not None:
        return (own, *names)
    return names[1:] if names[0] == "tool" else names if names[0] == "project" else ()


def _where_it_runs(names: Names, values: dict[Names, str], around: Surroundings) -> Surroundings:
    """Return the surroundings in the folder that stands beside a command, if one does."""
    while names and isinstance(names[-1], int):
        names = names[:-1]
    for key in _FOLDERS:
        folder = values.get((*names[:-1], key))
        if folder is not None and names[-1] != key:
            return in_folder(around, folder)
    return around


def _items(found: TomlText, text: str, what: What, tool: str) -> Iterator[Item]:
    """Yield the items that a text consists of: itself, or those of a list in one text."""
    if found.is_key or isinstance(found.names[-1], int) or what not in _LISTS:
        yield Item(found.start, found.end, found.value, found.between)
        return
    whole = IniText("", None, 0, 0, tuple(lines_of(text, found.start, found.end)))
    for item in ini_items(text, whole, separators_of(tool)):
        yield Item(item.start, item.end, item.value, item.between if tool in _SPLIT else None)
