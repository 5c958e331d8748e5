"""``tox.ini``: commands, folders, requirements and variables of environments.

https://tox.wiki/en/latest/config.html; commands run in ``change_dir``, which counts from the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.placeholders import without_placeholders
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import commands_in
from relayout.inventory.references.reference import Reference
from relayout.inventory.references.settings.requirements import requirement_paths
from relayout.inventory.references.settings.setting_items import Item
from relayout.inventory.references.settings.setting_values import in_folder, path_named
from relayout.inventory.references.spans.ini_spans import IniText

_COMMANDS = frozenset({"commands", "commands_pre", "commands_post", "list_dependencies_command"})
_FOLDERS = frozenset({"changedir", "change_dir", "setupdir", "package_root"})
_VARIABLES = frozenset({"setenv", "set_env"})


def is_of_tox(found: IniText, name: str) -> bool:
    """Tell whether a value in a file of that name is one of tox's.

    In its own file a section of any name may hold what others refer to.
    """
    section = found.section.removeprefix("tox:")
    if section == "tox" or section.startswith("testenv"):
        return True
    return name == "tox.ini" and found.key in _COMMANDS | _FOLDERS | _VARIABLES | {"deps"}


def read_tox_value(
    found: IniText, folders: Mapping[str, str], text: str, around: Surroundings
) -> Iterator[Reference]:
    """Yield what one value names; ``folders`` are those of :func:`tox_folders`."""
    if not found.lines:
        return
    start, end = found.lines[0][0], found.lines[-1][1]
    if found.key in _COMMANDS:
        folder = folders.get(found.section, folders.get("testenv", ""))
        there = in_folder(around, folder) if folder else around
        plain = without_placeholders(text)
        yield from references_in(commands_in(plain, start, end), there, each_anew=True)
    elif found.key in _FOLDERS:
        yield from path_named(Item(start, end, text[start:end]), around)
    elif found.key == "deps":
        for first, last in found.lines:
            line = text[first:last]
            behind = len(line.partition(": ")[0]) + 2 if ": " in line else 0
            base = around.base
            yield from requirement_paths(
                first + behind, line[behind:], around.file, around.kind, around.scene.tree, base
            )
    elif found.key in _VARIABLES:
        yield from _variables(found, text, around)


def tox_folders(texts: Iterable[IniText], text: str) -> dict[str, str]:
    """Return the folder that the commands of a section run in, by the section's name."""
    return {
        t.section: text[slice(*t.lines[0])]
        for t in texts
        if t.key in ("changedir", "change_dir") and t.lines
    }


def _variables(found: IniText, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the paths with a slash that variables are set to; not search paths."""
    for first, last in found.lines:
        name, equals, value = text[first:last].partition("=")
        if not equals or name.strip() == "PYTHONPATH" or "/" not in value:
            continue
        stripped = value.strip()
        for reference in path_named(Item(last - len(stripped), last, stripped), around):
            yield replace(reference, between=None)
