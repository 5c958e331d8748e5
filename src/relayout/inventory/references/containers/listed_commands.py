"""Commands and variables of containers: words that are items of a list, values that are paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.references.commandline.commands import references_in
from relayout.inventory.references.commandline.surroundings import Surroundings, word_paths
from relayout.inventory.references.commandline.words import Command, Word
from relayout.inventory.references.reference import Reference

_LISTS = frozenset({"PATH", "PYTHONPATH", "LD_LIBRARY_PATH"})
_NAMES_A_PLACE = re.compile(r"DIR|PATH|FOLDER|FILE|ROOT|HOME|SRC|SOURCE|SCRIPT|BASE", re.IGNORECASE)


def listed_command(
    words: list[Word], around: Surroundings, before: tuple[str, ...] = (), between: str = '", "'
) -> Iterator[Reference]:
    """Yield what a command names whose words are the items of a list."""
    first = [Word(-1, -1, text) for text in before]
    around = replace(around, between=between)
    for found in references_in([Command([*first, *words])], around):
        if found.start >= 0:
            yield found


def variable_paths(name: str, word: Word, around: Surroundings) -> Iterator[Reference]:
    """Yield the paths that a variable of a container is set to."""
    if name in _LISTS or (":/" in word.text and "://" not in word.text):
        return
    yield from word_paths(word, around, plain=bool(_NAMES_A_PLACE.search(name)))
