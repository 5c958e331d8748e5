"""``pyrightconfig.json``: the folders that Pyright checks, in JSON with comments.

https://github.com/microsoft/pyright/blob/main/docs/configuration.md; search paths in it
(``extraPaths``) are another question.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.reference import Reference, beside
from relayout.inventory.references.settings.setting_items import Item
from relayout.inventory.references.settings.setting_names import what_is
from relayout.inventory.references.settings.setting_values import read_item
from relayout.inventory.references.spans.jsonc_spans import JsonString, strings_in
from relayout.inventory.references.spans.line_breaks import line_break
from relayout.tree import Tree

KIND = "pyrightconfig.json"


def is_pyright(path: str) -> bool:
    """Tell whether a file is Pyright's, by its name."""
    return basename(path) == KIND


def read_pyright(text: str, path: str, tree: Tree) -> Iterator[Reference]:
    """Yield what the settings name, from the folder of the file."""
    base = beside(path)
    around = Surroundings(path, KIND, scene_in(base.folder, path, tree), base)
    for found in strings_in(text):
        names = tuple(key for key in found.keys if isinstance(key, str))
        what = what_is(("pyright", *names))
        if what is not None and not found.is_key and found.text == found.value:
            item = Item(found.start, found.end, found.text, _between(found, text))
            yield from read_item(what, item, text, around)


def _between(found: JsonString, text: str) -> str | None:
    """Return what stands between two items of a list; None for what is no item."""
    if not isinstance(found.keys[-1], int):
        return None
    broken = line_break(text, found.start - 1)
    return f'",{broken}"' if broken else '", "'
