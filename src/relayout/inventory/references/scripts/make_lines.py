"""The lines of a Makefile and what each is: a rule, a command of a recipe, a variable, ...

https://www.gnu.org/software/make/manual/html_node/Makefile-Contents.html says what there is. A line
that ends in a backslash goes on in the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_ASSIGNMENT = re.compile(
    r"[ \t]*(?:(?:export|override|private|define)[ \t]+)*(?P<name>[\w.-]+)[ \t]*"
    r"(?P<sign>\+=|\?=|!=|:{0,3}=)[ \t]*(?:\\\r?\n[ \t]*)?(?P<value>.*)",
    re.DOTALL,
)
_INCLUDE = re.compile(r"[ \t]*(?:-|s)?include[ \t]+")
_CONDITION = re.compile(r"[ \t]*(?:else[ \t]+)?ifn?(?:eq|def)\b[ \t]*")
_DEFINE = re.compile(
    r"[ \t]*(?:(?:export|override)[ \t]+)*define[ \t]+[\w.-]+[ \t]*[:+?!]?=?[ \t]*$"
)
_ENDEF = re.compile(r"[ \t]*endef\b")
_PREFIX = re.compile(r"[ \t]*\.RECIPEPREFIX[ \t]*[:?]*=[ \t]*(?P<letter>\S)")
_SILENT = re.compile(r"[@+\-\s]*")
_COMMENT = re.compile(r"(?<!\\)#")
_LONGEST = 20_000


class Kind(Enum):
    """What a line of a Makefile is."""

    RECIPE = "recipe"
    VARIABLE = "variable"
    RULE = "rule"
    INCLUDE = "include"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, with those that it goes on in: the characters that matter of it.

    Of a recipe's line that is the command, of a variable (``name``) its value; of a rule
    ``colon`` is where its targets end, and a variable that it sets has its own line.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    sign: str = ""
    colon: int = 0


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a Makefile that say something, in order."""
    prefix, in_define = "\t", False
    for start, end in _spans(text):
        line = text[start:end]
        if len(line) > _LONGEST or not line.strip():
            continue
        if in_define:
            in_define = not _ENDEF.match(line)
            if in_define:
                yield _recipe(text, start, end)
        elif line.startswith(prefix):
            yield _recipe(text, start + 1, end)
        elif _DEFINE.match(line):
            in_define = True
        elif match := _PREFIX.match(line):
            prefix = match["letter"]
        else:
            comment = _COMMENT.search(text, start, end)
            yield from _statement(text, start, comment.start() if comment else end)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line begins and ends, with those that it goes on in."""
    start = 0
    position = 0
    while position < len(text):
        found = text.find("\n", position)
        stop = len(text) if found < 0 else found
        ends = text[max(start, stop - 80) : stop].rstrip("\r")
        position = stop + 1
        if (len(ends) - len(ends.rstrip("\\"))) % 2 and found >= 0:
            continue
        yield start, stop
        start = position
    if start < len(text):
        yield start, len(text)


def _recipe(text: str, start: int, end: int) -> Line:
    silent = _SILENT.match(text, start, end)
    return Line(Kind.RECIPE, silent.end() if silent else start, end)


def _statement(text: str, start: int, end: int) -> Iterator[Line]:
    line = text[start:end]
    if match := _INCLUDE.match(line):
        yield Line(Kind.INCLUDE, start + match.end(), end)
    elif match := _CONDITION.match(line):
        yield Line(Kind.CONDITION, start + match.end(), end)
    elif match := _ASSIGNMENT.fullmatch(line):
        yield _variable(match, start)
    else:
        colon = _colon(line)
        if colon < 0:
            return
        set_here = _ASSIGNMENT.fullmatch(line, colon + 1)
        if set_here:
            yield _variable(set_here, start)
        else:
            yield Line(Kind.RULE, start, end, colon=start + colon)


def _variable(match: re.Match[str], start: int) -> Line:
    begin, stop = match.span("value")
    return Line(Kind.VARIABLE, start + begin, start + stop, match["name"], match["sign"])


def _colon(line: str) -> int:
    """Return where the first colon outside of a variable is, or -1."""
    depth = 0
    for position, letter in enumerate(line):
        if letter in "({":
            depth += 1
        elif letter in ")}":
            depth -= 1
        elif letter == ":" and depth <= 0:
            return position
    return -1
