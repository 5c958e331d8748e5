"""INI files: settings of tools that name files or modules, in their values and section names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.reference import Base, Reference
from relayout.inventory.references.settings.setting_items import Item
from relayout.inventory.references.settings.setting_names import What, separators_of, what_is
from relayout.inventory.references.settings.setting_values import bases_of, read_item
from relayout.inventory.references.settings.tox import is_of_tox, read_tox_value, tox_folders
from relayout.inventory.references.spans.ini_spans import IniText, ini_items, ini_texts
from relayout.tree import Tree

_OWN = {
    ".coveragerc": "coverage",
    ".pylintrc": "pylint",
    "pylintrc": "pylint",
    ".isort.cfg": "isort",
}
"""Files whose sections are those of one tool's table."""
_SHARED = frozenset(
    {"setup.cfg", "tox.ini", "pytest.ini", ".pytest.ini", "mypy.ini", ".mypy.ini", ".flake8"}
    | {".bandit", ".bumpversion.cfg", ".importlinter", ".sqlfluff", ".codespellrc", "alembic.ini"}
    | {".pydocstyle", ".pydocstyle.ini", "towncrier.ini", ".interrogate.cfg"}
)
"""Files whose sections are called like the tools."""
_WHOLE = frozenset({What.REGULAR, What.PYTEST, What.COMMAND})
"""How settings are written that are no lists."""
_VERSIONED = re.compile(r"bumpversion:(?P<kind>file|glob)(?:\([^)]*\))?:(?P<path>.+)")
_CHECKED = re.compile(r"mypy-(?P<modules>.+)")
_FROM_FILE = re.compile(r"(?P<kind>file|attr):[ \t]*")


def is_ini_settings(path: str) -> bool:
    """Tell whether a file has settings of tools as an INI file, by its name."""
    name = basename(path)
    return name in _OWN or name in _SHARED


def read_ini_settings(text: str, path: str, tree: Tree) -> list[Reference]:
    """Return what the settings of a file name.

    They count from its folder, or from the root if they name more from there.
    """
    texts = ini_texts(text)
    readings = [list(_reading(texts, text, path, tree, base)) for base in bases_of(path)]
    return max(readings, key=len)


def _reading(
    texts: list[IniText], text: str, path: str, tree: Tree, base: Base
) -> Iterator[Reference]:
    around = Surroundings(path, basename(path), scene_in(base.folder, path, tree), base)
    folders = tox_folders(texts, text)
    for found in texts:
        if found.key is None:
            yield from _of_section(found, text, around)
        elif is_of_tox(found, basename(path)):
            yield from read_tox_value(found, folders, text, around)
        elif found.section in ("metadata", "options"):
            yield from _of_project(found, text, around)
        else:
            yield from _of_setting(found, text, around)


def _of_section(found: IniText, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield what the name of a section names."""
    versioned = _VERSIONED.fullmatch(found.section)
    if versioned:
        start = found.start + versioned.start("path")
        yield from read_item(What.PATHS, Item(start, found.end, versioned["path"]), text, around)
    checked = _CHECKED.fullmatch(found.section)
    for match in re.finditer(r"[^,\s]+", checked["modules"]) if checked else ():
        start = found.start + checked.start("modules") + match.start()  # type: ignore[union-attr]
        item = Item(start, start + len(match.group()), match.group(), ",")
        yield from read_item(What.MODULES, item, text, around)


def _of_setting(found: IniText, text: str, around: Surroundings) -> Iterator[Reference]:
    names = _setting(found, around.file)
    what = what_is(names)
    if what is None or not found.lines:
        return
    if what in _WHOLE:
        start, end = found.lines[0][0], found.lines[-1][1]
        yield from read_item(what, Item(start, end, text[start:end]), text, around)
        return
    separators = "\n" if what is What.WARNINGS else separators_of(names[0])
    for part in ini_items(text, found, separators):
        item = Item(part.start, part.end, part.value, part.between)
        yield from read_item(what, item, text, around)


def _setting(found: IniText, path: str) -> tuple[str, ...]:
    """Return the tool and the keys that a value belongs to."""
    key = found.key or ""
    section = found.section.removeprefix("tool:")
    if section.startswith("importlinter:contract"):
        return ("importlinter", "contracts", key)
    own = _OWN.get(basename(path))
    if own == "isort" and section in ("settings", "isort"):
        return ("isort", key)
    if own is not None and not section.startswith(own):
        return (own, section, key)
    return (*re.split("[:.]", section), key)


def _of_project(found: IniText, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield what the description of a project names; where its packages are is said anew.

    https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
    """
    if found.key in ("scripts", "license_files", "license_file"):
        for part in ini_items(text, found, "," if found.key != "scripts" else "\n"):
            item = Item(part.start, part.end, part.value, part.between)
            yield from read_item(What.PATHS, item, text, around)
    if found.key not in ("version", "long_description"):
        return
    what = What.PATHS
    for part in ini_items(text, found, ","):
        directive = _FROM_FILE.match(part.value)
        if directive:
            what = What.PATHS if directive["kind"] == "file" else What.MODULES
        elif part.start == found.lines[0][0]:
            return
        skipped = directive.end() if directive else 0
        item = Item(part.start + skipped, part.end, part.value[skipped:])
        yield from read_item(what, item, text, around)
