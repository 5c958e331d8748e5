"""Patterns that stand alone, as items of lists and lines of files: ``utils/**``, ``!docs/*.md``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.references.commandline.surroundings import Surroundings, path_reference
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.path_patterns.globs import MAGIC, divided, matched
from relayout.inventory.references.reference import Base, Form, Reference, is_there, named_from

_CHOICE = re.compile(r"\{([^{}]*)\}(?=/|$)")


def pattern_references(
    word: Word, around: Surroundings, between: str | None = None
) -> Iterator[Reference]:
    """Yield what a pattern names that is counted from the base; ``!`` before it is no part of it.

    A pattern that begins with a wildcard is one too if it matches a file. ``between`` is what
    stands between it and another pattern.
    """
    base = around.base
    if word.text.startswith("!"):
        if between is not None:
            between += "!"
        word = Word(word.start + 1, word.end, word.text[1:], word.quote)
    if base is None or not word.text or "://" in word.text or word.text.startswith("~"):
        return
    choice = _CHOICE.match(word.text)
    if choice:
        yield from _choices(word, choice, base, around)
        return
    head, tail = divided(word.text)
    if MAGIC.search(tail) and not head.strip("./") and "$" not in tail:
        if matched(base.folder, tail, around.scene.tree):
            folder = base.folder
            form = Form.PATTERN
            yield Reference(
                word.start, word.end, word.text, folder, around.kind, base, form=form,
                between=between, climbs=False,
            )  # fmt: skip
        return
    for found in path_reference(word, base, around, plain=True):
        is_whole = (found.start, found.end) == (word.start, word.end)
        yield replace(found, climbs=False, between=between if is_whole else None)


def _choices(
    word: Word, choice: re.Match[str], base: Base, around: Surroundings
) -> Iterator[Reference]:
    """Yield each folder of ``{a,b}/**``."""
    start = word.start + choice.start(1)
    for name in choice[1].split(","):
        named = named_from(base.folder, name)
        if named and not MAGIC.search(name) and is_there(named, around.scene.tree):
            end = start + len(name)
            is_all = choice.end() == len(word.text)
            between = "," if is_all or named not in around.scene.tree else None
            yield Reference(
                start, end, name, named, around.kind, base, between=between, climbs=False
            )
        start += len(name) + 1
