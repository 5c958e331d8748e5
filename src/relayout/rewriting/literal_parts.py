"""Where a part of a string stands in a file, and how something else is written in its place."""

from __future__ import annotations

import ast
import re

from relayout.inventory.path_readings import Written
from relayout.inventory.path_texts import Literal
from relayout.inventory.string_literals import read_literal
from relayout.source import Source

_OPENING = re.compile(r"[A-Za-z]*('''|\"\"\"|'|\")")
_PLAIN = re.compile(r"[^\\'\"{}%\x00-\x1f]+")
"""What is written in every literal as it is, also in one with places to fill."""


def part_of_literal(
    source: Source, literal: Literal, own: str, written: Written, text: str
) -> tuple[int, int, str] | None:
    """Return (start, end, replacement) for a new path in a literal that begins with ``own``.

    None if the literal does not spell the old path in one piece, or cannot hold the new one.
    """
    if not _PLAIN.fullmatch(text):
        return None
    begin, end = written.start, written.start + len(written.text)
    if isinstance(literal, ast.JoinedStr):
        start = _in_formatted(source, literal, own)
        if start is None or written.backslashes:
            return None
        return start + begin, start + end, text
    read = read_literal(source, literal)
    if read is None:
        return None
    start = source.span(literal)[0]
    opening = _OPENING.match(source.text, start)
    is_raw = opening is not None and "r" in opening.group().lower()
    if written.backslashes:
        text = text.replace("/", "\\" if is_raw else "\\\\")
    return read.offsets[begin], read.offsets[end], text


def _in_formatted(source: Source, literal: ast.JoinedStr, own: str) -> int | None:
    """Return where a text stands in a formatted string; None if that cannot be told for sure.

    Positions of what is in such a string are not to be relied on before Python 3.12.
    """
    start, end = source.span(literal)
    opening = _OPENING.match(source.text, start, end)
    if opening is None or not _PLAIN.fullmatch(own):
        return None
    first = literal.values[0] if literal.values else None
    if isinstance(first, ast.Constant) and first.value == own:
        return opening.end() if source.text.startswith(own, opening.end()) else None
    inside = source.text[opening.end() : end]
    return opening.end() + inside.index(own) if inside.count(own) == 1 else None
