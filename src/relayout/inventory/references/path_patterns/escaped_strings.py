"""Regular expressions in strings that have escapes themselves: each backslash is written twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from relayout.inventory.references.reference import Reference

_ONE, _TWO = "\\", "\\\\"


def is_doubled(written: str, value: str) -> bool:
    """Tell whether a string is written as its value, but for backslashes."""
    return written.replace(_TWO, _ONE) == value and written.count(_ONE) == 2 * value.count(_ONE)


def as_written(found: Iterable[Reference]) -> Iterator[Reference]:
    """Yield references, found in a string's value, with the texts that stand in the string.

    Dots that are not escaped, and match what they are to match all the same, stay so.
    """
    for reference in found:
        is_escaped = _ONE in reference.text
        text = reference.text.replace(_ONE, _TWO)
        yield replace(reference, text=text, regular=_TWO if is_escaped else "")


def written_in(found: Iterable[Reference], value: str, start: int) -> Iterator[Reference]:
    """Yield the same with places in the text, in which the string begins at ``start``.

    Those of ``found`` count in the value.
    """

    def place(position: int) -> int:
        return start + position + value.count(_ONE, 0, position)

    for reference in as_written(found):
        yield replace(reference, start=place(reference.start), end=place(reference.end))
