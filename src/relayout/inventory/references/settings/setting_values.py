"""Values of settings: what one item of a setting names, by how the setting is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.placeholders import without_placeholders
from relayout.inventory.references.commandline.surroundings import Surroundings, path_reference
from relayout.inventory.references.commandline.words import Word, commands_in
from relayout.inventory.references.path_patterns.regular import regular_paths
from relayout.inventory.references.reference import Base, Reference, beside
from relayout.inventory.references.settings.dotted import module_named
from relayout.inventory.references.settings.pytest_arguments import read_pytest_arguments
from relayout.inventory.references.settings.setting_items import Item
from relayout.inventory.references.settings.setting_names import What

_AT_FILE = re.compile(
    r"(?:%\(here\)s|\{toxinidir\}|\{tox_root\}|\$\{?MYPY_CONFIG_FILE_DIR\}?|\{root(?::uri)?\})/"
)
_NO_PATH = re.compile(r"[/~<>|]|\w+://|[A-Za-z]:[\\/]")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*(?:\.\*)?")


def read_item(what: What, item: Item, text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield what an item of a setting names."""
    if what is What.COMMAND:
        plain = without_placeholders(text)
        yield from references_in(commands_in(plain, item.start, item.end), around)
    elif what is What.PYTEST:
        yield from read_pytest_arguments(item, text, around)
    else:
        yield from _READERS[what](item, around)


def path_named(item: Item, around: Surroundings) -> Iterator[Reference]:
    """Yield the path or pattern that an item is, also below the folder of its file."""
    here = _AT_FILE.match(item.text)
    skipped = here.end() if here else 0
    rest = item.text[skipped:]
    base = beside(around.file) if here else around.base
    if base is None or not rest or _NO_PATH.match(rest) or "%(" in rest:
        return
    negated = rest.startswith("!")
    word = Word(item.start + skipped + negated, item.end, rest[negated:])
    for found in path_reference(word, base, around, plain=True):
        is_whole = not skipped and not negated and found.end == item.end
        yield replace(found, between=item.between if is_whole else None)


def _floating(item: Item, around: Surroundings) -> Iterator[Reference]:
    """Yield the path that an item is; a name without a slash holds at any depth.

    Such a name is taken for a folder's only: of files with one name there are many.
    """
    path = item.text.partition(":")[0].rstrip()
    short = Item(item.start, item.start + len(path), path, item.between)
    for found in path_named(short, around):
        if "/" in path.rstrip("/"):
            yield found
        elif found.path in around.scene.tree.folders:
            yield replace(found, anywhere=True)


def _ignoring(item: Item, around: Surroundings) -> Iterator[Reference]:
    if not item.text.startswith("/") or around.base is None:
        yield from _floating(item, around)
        return
    for found in path_reference(Word(item.start, item.end, item.text), around.base, around, True):
        yield replace(found, between=item.between)


def _place(item: Item, around: Surroundings) -> Iterator[Reference]:
    """Yield the path before a colon."""
    path = item.text.partition(":")[0].rstrip()
    yield from path_named(Item(item.start, item.start + len(path), path), around)


def _one_path(item: Item, around: Surroundings) -> Iterator[Reference]:
    yield from path_named(replace(item, between=None), around)


def _code(item: Item, around: Surroundings) -> Iterator[Reference]:
    for found in path_named(item, around):
        yield replace(found, only=".py", folder_only=True)


def _source(item: Item, around: Surroundings) -> Iterator[Reference]:
    yield from list(_code(item, around)) or _dotted(item, around, whole=True)


def _module(item: Item, around: Surroundings) -> Iterator[Reference]:
    is_path = "/" in item.text or item.text.endswith(".py")
    yield from path_named(item, around) if is_path else _dotted(item, around, whole=False)


def _one_package(item: Item, around: Surroundings) -> Iterator[Reference]:
    """Yield the package by its own file, if it has one: what is in it may have come apart."""
    yield from _dotted(replace(item, between=None), around, whole=False)


def _package(item: Item, around: Surroundings) -> Iterator[Reference]:
    yield from _dotted(item, around, whole=True)


def _call(item: Item, around: Surroundings) -> Iterator[Reference]:
    yield from _dotted(replace(item, between=None), around, whole=False)


def _layer(item: Item, around: Surroundings) -> Iterator[Reference]:
    for match in _DOTTED.finditer(item.text):
        start, name = item.start + match.start(), match.group()
        yield from _dotted(Item(start, start + len(name), name), around, whole=False)


def _warning(item: Item, around: Surroundings) -> Iterator[Reference]:
    """Yield the category and the module of a filter; the message before them is a text."""
    parts = item.text.split(":")
    for position in (2, 3):
        if position < len(parts):
            start = item.start + sum(len(part) + 1 for part in parts[:position])
            name = parts[position]
            yield from _dotted(Item(start, start + len(name), name), around, whole=position == 3)


def _regular(item: Item, around: Surroundings) -> Iterator[Reference]:
    yield from regular_paths(Word(item.start, item.end, item.text), around)


def _dotted(item: Item, around: Surroundings, whole: bool) -> Iterator[Reference]:
    found = module_named(Word(item.start, item.end, item.text), around, whole)
    if found is not None:
        yield replace(found, between=item.between) if found.end == item.end else found


_READERS: Mapping[What, Callable[[Item, Surroundings], Iterable[Reference]]] = {
    What.PATH: _one_path,
    What.PATHS: path_named,
    What.CODE: _code,
    What.FLOATING: _floating,
    What.IGNORING: _ignoring,
    What.SOURCES: _source,
    What.MODULES: _module,
    What.PACKAGE: _one_package,
    What.PACKAGES: _package,
    What.CALLS: _call,
    What.PLACES: _place,
    What.REGULAR: _regular,
    What.LAYERS: _layer,
    What.WARNINGS: _warning,
}


def in_folder(around: Surroundings, folder: str) -> Surroundings:
    """Return the surroundings of what runs in a folder, relative to where they are."""
    return around.entered(around.scene.absolute(folder))


def bases_of(path: str) -> Iterator[Base]:
    """Yield what the settings in a file may count from: its own folder, and the root."""
    yield beside(path)
    if "/" in path:
        yield Base()
