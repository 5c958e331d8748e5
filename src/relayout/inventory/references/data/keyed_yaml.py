"""YAML files in which certain keys name files: a table says which keys, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, path_reference
from relayout.inventory.references.commandline.words import Word, commands_in
from relayout.inventory.references.reference import (
    Base,
    Form,
    Reference,
    beside,
    named_from,
    named_module,
)
from relayout.inventory.references.spans.yaml_spans import ITEM, Scalar, placed, scalars_of
from relayout.tree import Tree

Read = Callable[[str, Surroundings], Iterator[Reference]]
Table = tuple[tuple[str, Read], ...]
"""Paths of keys (``stages/*/deps``; ``*`` is any key, ``**`` any number) and how to read them.

Lists do not count as keys. The first row that fits is taken.
"""

_NO_PATH = re.compile(r"[/~$!%{]|\w+://|[A-Za-z]:[\\/]|<<")
_OBJECT = re.compile(r"(?P<path>[^\s:]+\.py):[A-Za-z_]\w*")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


def around_file(path: str, kind: str, tree: Tree, base: Base | None = None) -> Surroundings:
    """Return the surroundings of a file whose paths count from its own folder, or from a base."""
    base = beside(path) if base is None else base
    return Surroundings(path, kind, scene_in(base.folder, path, tree), base)


def read_keyed(
    text: str, table: Table, around: Surroundings, several: bool = True
) -> Iterator[Reference]:
    """Yield what the scalars under the keys of a table name.

    ``several`` says that an item of a list may become several items, files among them.
    """
    for found in references_of(scalars_of(text), text, table, around):
        is_item = found.form in (Form.PATH, Form.PATTERN)
        yield replace(found, between=None) if is_item and not several else found


def references_of(
    scalars: Iterable[Scalar], text: str, table: Table, around: Surroundings
) -> Iterator[Reference]:
    """Yield what some of a text's scalars name, by a table of their keys."""
    rows = [(_pattern(keys), read) for keys, read in table]
    for scalar in scalars:
        if scalar.is_key:
            continue
        keys = "/".join(key.replace("/", "|") for key in scalar.keys if key != ITEM)
        read = next((read for pattern, read in rows if pattern.fullmatch(keys)), None)
        if read is not None:
            yield from in_scalar(read(scalar.value, around), scalar, text)


def in_scalar(found: Iterable[Reference], scalar: Scalar, text: str) -> Iterator[Reference]:
    """Yield references of a scalar's value where they stand; a whole item may become several."""
    for reference in placed(found, scalar, text):
        is_item = (reference.start, reference.end) == (scalar.start, scalar.end)
        is_free = reference.form in (Form.PATH, Form.PATTERN) and reference.between is None
        yield replace(reference, between=scalar.between) if is_item and is_free else reference


def _pattern(keys: str) -> re.Pattern[str]:
    """Return the expression that a path of keys fits."""
    parts = []
    for key in keys.split("/"):
        if key == "**":
            parts.append("(?:[^/]*/)*")
        else:
            parts.append(("[^/]*" if key == "*" else re.escape(key)) + "/")
    return re.compile("".join(parts).removesuffix("/"))


def is_path(text: str) -> bool:
    """Tell whether a value may be a path that counts from somewhere in the repository."""
    return bool(text) and "\n" not in text and not _NO_PATH.match(text)


def as_path(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the file, folder or pattern that a whole value names."""
    word = _stripped(text)
    if around.base is not None and is_path(word.text):
        yield from path_reference(word, around.base, around, plain=True)


def as_program(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the file that a whole value names, and that is started or loaded."""
    for found in as_path(text, around):
        yield replace(found, runs=True)


def as_data(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the path that a value is, though git may not have it: it stays where it is."""
    word = _stripped(text)
    if around.base is None or not is_path(word.text) or ":" in word.text:
        return
    named = named_from(around.base.folder, word.text)
    if named is not None:
        yield Reference(word.start, word.end, word.text, named, around.kind, around.base)


def as_command(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield what the commands in a value name."""
    return references_in(commands_in(text, 0, len(text)), around)


def as_module(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the module that a dotted name leads to."""
    word = _stripped(text)
    if around.base is not None and _DOTTED.fullmatch(word.text):
        found = named_module(around.base.folder, word.text, around.scene.tree)
        if found is not None:
            base = around.base
            place = Reference(word.start, word.end, word.text, found, around.kind, base)
            yield replace(place, form=Form.MODULE, runs=True)


def as_object(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the file of ``path.py:name``, or the module of ``package.module:name``."""
    word = _stripped(text)
    match = _OBJECT.fullmatch(word.text)
    if match:
        yield from _shifted(as_program(match["path"], around), word.start)
        return
    dotted, _, name = word.text.partition(":")
    if not name:
        dotted = dotted.rpartition(".")[0]
    yield from _shifted(as_module(dotted, around), word.start)


def _stripped(text: str) -> Word:
    inner = text.strip()
    start = text.index(inner) if inner else 0
    return Word(start, start + len(inner), inner)


def _shifted(found: Iterable[Reference], by: int) -> Iterator[Reference]:
    for reference in found:
        yield replace(reference, start=reference.start + by, end=reference.end + by)
