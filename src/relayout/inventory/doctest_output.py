"""Modules that the expected output of doctests names.

Python shows the module in what represents a class or a plain object
(https://docs.python.org/3/reference/datamodel.html#object.__repr__), and before the name of an
exception at the end of a traceback, which doctest compares as well
(https://docs.python.org/3/library/doctest.html#what-about-exceptions).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from relayout.inventory.docstring_code import CONTINUATION, PROMPT

_SHOWN = re.compile(r"<(?:class '(?P<of>\w+(?:\.\w+)+)'>|(?P<object>\w+(?:\.\w+)+) object at )")
_TRACEBACK = re.compile(r"([ \t]*)Traceback \((?:most recent call|innermost) last\):\s*$")
_RAISED = re.compile(r"([ \t]*)(?P<name>\w+(?:\.\w+)+)(?=:|\s*$)")


@dataclass(frozen=True, slots=True)
class OutputName:
    """A dotted name in expected output: where it begins in the docstring's value, and its text."""

    start: int
    text: str


def names_in_output(docstring: ast.Constant) -> list[OutputName]:
    """Return the dotted names of classes in the expected output of a docstring's doctests."""
    value = str(docstring.value)
    return list(_names(value)) if ">>>" in value else []


def _names(value: str) -> Iterator[OutputName]:
    start = 0
    in_code = in_output = False
    raised_at: str | None = None
    for line in value.split("\n"):
        if PROMPT.match(line):
            in_code, in_output, raised_at = True, False, None
        elif not in_code or not CONTINUATION.match(line):
            in_output = (in_code or in_output) and bool(line.strip())
            in_code = False
        if in_output:
            yield from (
                OutputName(start + match.start(group), match[group])
                for match in _SHOWN.finditer(line)
                for group in ("of", "object")
                if match[group]
            )
            raised = _RAISED.match(line) if raised_at is not None else None
            if raised and raised[1] == raised_at:
                yield OutputName(start + raised.start("name"), raised["name"])
                raised_at = None
            heading = _TRACEBACK.match(line)
            raised_at = heading[1] if heading else raised_at
        start += len(line) + 1
