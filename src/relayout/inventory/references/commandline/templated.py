"""Texts with expressions of a template in them, read as if their values stood there.

``scripts/{{ flow.id }}/load.py`` is a path once it is known what the flow is called. References
are looked for in the text that is filled in, and led back to what is written.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter

from relayout.inventory.references.reference import Form, Reference

UNKNOWN = "${__}"
"""Stands for what cannot be told: readers take it for a variable that nobody knows."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its expressions filled in, and where each of its parts comes from.

    ``places`` has (start, end) of every value in ``text``, and (start, end) of its expression.
    """

    text: str
    original: str
    places: tuple[tuple[int, int, int, int], ...] = ()

    def written(self, found: Iterable[Reference]) -> Iterator[Reference]:
        """Yield references in the filled text as references in the original one.

        One that begins or ends within a value is left out: it cannot be replaced alone.
        """
        for reference in found:
            start = self._place(reference.start, is_end=False)
            end = self._place(reference.end, is_end=True)
            stop = self._place(reference.start + len(reference.prefix), is_end=False)
            if start is None or end is None or stop is None:
                continue
            text = self.original[start:end]
            if text == reference.text:
                yield replace(reference, start=start, end=end)
            elif reference.form is not Form.MODULE:
                yield replace(
                    reference,
                    start=start,
                    end=end,
                    text=text,
                    prefix=self.original[start:stop] if reference.prefix else "",
                    filled=reference.text[len(reference.prefix) :],
                )

    def _place(self, position: int, is_end: bool) -> int | None:
        """Return where a position of the filled text is in the original one, if it is there."""
        bisect = bisect_left if is_end else bisect_right
        index = bisect(self.places, position, key=itemgetter(0)) - 1
        if index < 0:
            return position
        filled_start, filled_end, start, end = self.places[index]
        if position == filled_start < filled_end:
            return start
        return None if position < filled_end else end + position - filled_end


def filled_in(
    text: str, expression: re.Pattern[str], value_of: Callable[[re.Match[str]], str | None]
) -> Filled:
    """Return a text with what ``value_of`` says for each expression; None cannot be told."""
    parts: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    length = done = 0
    for match in expression.finditer(text):
        value = value_of(match)
        value = UNKNOWN if value is None else value
        before = text[done : match.start()]
        begin = length + len(before)
        length = begin + len(value)
        parts += (before, value)
        places.append((begin, length, *match.span()))
        done = match.end()
    return Filled("".join((*parts, text[done:])), text, tuple(places))
