"""Words that a shell makes several of: ``data/{minio,postgres}``.

Bash, zsh and ksh expand them
(https://www.gnu.org/software/bash/manual/html_node/Brace-Expansion.html). Each alternative that is
there is a path of its own, counted from the folder before the brace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from relayout.inventory.references.commandline.words import Word

_GROUP = re.compile(r"(?P<before>(?:(?:\$\{\w+\}|[^{}\s\"'])*/)?)\{(?=[^{}]*[,{])")
_LONGEST = 2_000
_DEEPEST = 4


def before_braces(text: str) -> str:
    """Return the folder before the alternatives of a text, with its slash; empty for none."""
    match = _GROUP.match(text)
    return match["before"] if match else ""


def alternatives(word: Word, depth: int = 0) -> Iterator[tuple[str, Word]]:
    """Yield each alternative of a word, with the folder before it, which may be empty.

    Of an alternative that has alternatives itself, they are yielded as well as what is before them.
    """
    match = _GROUP.match(word.text)
    if match is None or len(word.text) > _LONGEST or depth > _DEEPEST:
        return
    before = match["before"]
    for start, text in _items(word.text, match.end()):
        head = text.partition("{")[0].rstrip("/") if "{" in text else text
        place = word.start + start
        if head and "$" not in head:
            yield before, replace(word, start=place, end=place + len(head), text=head)
        if "{" in text:
            for inner, one in alternatives(Word(place, place + len(text), text), depth + 1):
                yield before + inner, one


def _items(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the alternatives of the group that opens before a position, with their places."""
    depth, begin = 0, start
    for position in range(start, len(text)):
        letter = text[position]
        if letter in ",}" and not depth:
            if position > begin:
                yield begin, text[begin:position]
            begin = position + 1
            if letter == "}":
                return
        depth += (letter == "{") - (letter == "}")
