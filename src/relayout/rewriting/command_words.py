"""The words of a command that code starts, as far as they may be paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.path_uses import PathUse

_WORD = re.compile(r"[^\s\"'`;|&<>()=,]+")
_OTHER_FOLDER = re.compile(r"\b(?:cd|pushd|chdir)\s")


def words_in(use: PathUse) -> Iterator[tuple[int, PathUse]]:
    """Yield the words of a command with where they begin in it; the last one if it ends there.

    Once a command goes to another folder, it cannot be told what its words count from.
    """
    text = use.text
    base = None if _OTHER_FOLDER.search(text.own) else text.base
    for match in _WORD.finditer(text.own):
        if match.end() == len(text.own) and text.rest:
            continue
        word = replace(text, own=match.group(), rest="", base=base)
        yield match.start(), replace(use, text=word)
