"""Paths in containers that nothing in the repository describes: what they seem to name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relayout.inventory.references.reference import Reference
from relayout.inventory.references.surroundings import Surroundings

_WORD = re.compile(r"[^\s\"'`,;|&()<>\[\]{}=$*:]+")
_DEEPEST = 12
_DOUBT = "and the container that it is read in has to have it at its new place"


def seem_to_name(text: str, around: Surroundings) -> Iterator[Reference]:
    """Yield the files that words with a slash seem to name, all of them in doubt.

    What a path in a container begins with (``/app``) is not known: the longest end of it that is
    a file of the repository is taken, if that has a folder, or is a program.
    """
    tree = around.scene.tree
    for match in _WORD.finditer(text):
        word = match[0]
        parts = word.split("/")
        if "://" in word or not 1 < len(parts) <= _DEEPEST or ".." in parts:
            continue
        for index in range(len(parts)):
            path = "/".join(part for part in parts[index:] if part != ".")
            is_sure = "/" in path or path.endswith((".py", ".sh"))
            if path in tree and is_sure and parts[index]:
                prefix = word[: len(word) - len("/".join(parts[index:]))]
                start, end = match.span()
                yield Reference(start, end, word, path, around.kind, prefix=prefix, doubt=_DOUBT)
                break
