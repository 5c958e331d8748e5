"""Where the characters of a string stand in the literal that writes it.

What a literal may hold is said at
https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from relayout.source import Source

_OPENING = re.compile(r"(?P<prefix>[rRuU]?)(?P<quote>'''|\"\"\"|'|\")")
_RAW_PIECE = re.compile(r"\r\n|.", re.DOTALL)
_PIECE = re.compile(
    r"\\(?:\r\n|[\r\n\\'\"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}"
    r"|N\{[^}]*\})|\r\n|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Literal:
    """One string literal of a file.

    ``offsets`` has the place in the file of each character of the value, and of its end.
    ``line_end`` is how a line end is written in it, None if it cannot hold one.
    """

    offsets: Sequence[int]
    quote: str
    line_end: str | None


def read_literal(source: Source, node: ast.Constant) -> Literal | None:
    """Return the literal that a string is written as; None if it is written as several."""
    start, end = source.span(node)
    opening = _OPENING.match(source.text, start, end)
    if opening is None:
        return None
    quote, is_raw = opening["quote"], opening["prefix"] in ("r", "R")
    offsets = _offsets(source.text, opening.end(), end - len(quote), str(node.value), is_raw)
    if offsets is None:
        return None
    line_end = source.newline if len(quote) == 3 else None if is_raw else "\\n"
    return Literal(offsets, quote, line_end)


def _offsets(text: str, start: int, end: int, value: str, is_raw: bool) -> Sequence[int] | None:
    """Return where each character of a value stands in ``text[start:end]``.

    None if that is not how the value is written, as where one literal follows another.
    """
    if text[start:end] == value:
        return range(start, end + 1)
    pattern = _RAW_PIECE if is_raw else _PIECE
    pieces = [
        (match.start(), _character(match.group())) for match in pattern.finditer(text, start, end)
    ]
    if "".join(character for _, character in pieces) != value:
        return None
    return [*(place for place, character in pieces if character), end]


def _character(piece: str) -> str:
    if piece in ("\r\n", "\r"):
        return "\n"
    if len(piece) == 1:
        return piece
    if piece[1] in "\r\n":
        return ""
    try:
        return str(ast.literal_eval(f'"{piece}"'))
    except (SyntaxError, ValueError):
        return piece
