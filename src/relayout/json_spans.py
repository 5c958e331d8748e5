"""Where the values of a JSON text stand, so that one can be replaced and the rest stays as it is.

The grammar is that of RFC 8259; values are skipped by the standard library's own scanner.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, TypeAlias

Span: TypeAlias = tuple[int, int]

_BLANKS = re.compile(r"[ \t\r\n]*")
_UNIT = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.",
    re.DOTALL,
)
"""What one character of a string is written as: a pair of escaped surrogates is one."""

_DECODER = json.JSONDecoder()


class NotJson(Exception):
    """The text is no JSON, or has not the shape that was asked for; the message says why."""


def _skip(text: str, position: int) -> int:
    match = _BLANKS.match(text, position)
    return match.end() if match else position


def _value(text: str, start: int) -> tuple[Any, int]:
    """Return the value that begins at ``start`` and its end. Raises NotJson."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise NotJson(_at(text, error.pos, error.msg)) from None
    except RecursionError:
        raise NotJson("it is nested too deeply") from None
    except ValueError as error:
        raise NotJson(_at(text, start, str(error))) from None
    return value, end


def _at(text: str, position: int, problem: str) -> str:
    return f"line {text.count(chr(10), 0, position) + 1}: {problem}"


def whole(text: str) -> Span:
    """Return where the one value of a document stands. Raises NotJson."""
    start = _skip(text, 0)
    _, end = _value(text, start)
    rest = _skip(text, end)
    if rest != len(text):
        raise NotJson(_at(text, rest, "something follows the document"))
    return start, end


def value_at(text: str, span: Span | None) -> Any:
    """Return the value that stands somewhere; None for no place."""
    return None if span is None else _value(text, span[0])[0]


def members(text: str, span: Span | None) -> dict[str, Span]:
    """Return where the values of an object stand, by key; of equal keys the last counts.

    What is no object has no members.
    """
    found: dict[str, Span] = {}
    if span is None or text[span[0]] != "{":
        return found
    position = _skip(text, span[0] + 1)
    while text[position] != "}":
        key, position = _value(text, position)
        start = _skip(text, _skip(text, position) + 1)
        _, end = _value(text, start)
        found[key] = (start, end)
        position = _next(text, end)
    return found


def elements(text: str, span: Span | None) -> list[Span]:
    """Return where the elements of an array stand; what is no array has none."""
    found: list[Span] = []
    if span is None or text[span[0]] != "[":
        return found
    position = _skip(text, span[0] + 1)
    while text[position] != "]":
        _, end = _value(text, position)
        found.append((position, end))
        position = _next(text, end)
    return found


def _next(text: str, position: int) -> int:
    """Return the start of the next member or element, or of the bracket that ends them."""
    position = _skip(text, position)
    return _skip(text, position + 1) if text[position] == "," else position


def units(text: str, span: Span) -> list[str]:
    """Return how each character of a string is written, in order."""
    return _UNIT.findall(text, span[0] + 1, span[1] - 1)


def escapes_all(text: str) -> bool:
    r"""Tell whether a document writes characters outside of ASCII as ``\u`` escapes."""
    return text.isascii() and re.search(r"\\u(?!00[01])[0-9a-fA-F]{4}", text) is not None


def written(characters: Iterable[str], escaped: bool) -> list[str]:
    """Return how each character is to be written inside of a string."""
    return [json.dumps(character, ensure_ascii=escaped)[1:-1] for character in characters]
