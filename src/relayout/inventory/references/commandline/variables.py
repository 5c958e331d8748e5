"""Variables of scripts: which of them hold paths, by their names and by how they are used."""

from __future__ import annotations

import re
from collections.abc import Iterable

from relayout.inventory.references.commandline.programs import (
    ENTERS,
    PYTHON,
    TAKES_FOLDERS,
    name_of,
    without_wrappers,
)
from relayout.inventory.references.commandline.words import Command, Word

ASSIGNMENT = re.compile(
    r"(?P<name>\$(?:\w+:)?[A-Za-z_]\w*|[A-Za-z_]\w*)\s*\+?=(?P<value>.*)", re.DOTALL
)
HOLDS_A_LIST = re.compile(r"(?:DIR|PATH|FOLDER|FILE|SCRIPT|SOURCE|TEST|SQL)\w*\+?=$", re.IGNORECASE)
_USED = re.compile(
    r"(?P<before>^|[=/\\:\"'])(?:\$?\$[({]? *|%%?|!)(?:env:)?(?P<name>[A-Za-z_]\w*) *[)}%!]?\"?"
    r"(?=(?P<after>[\\/]|$))"
)


def used_as_paths(commands: Iterable[Command]) -> frozenset[str]:
    """Return the variables that commands use as paths: before a slash, or where one is wanted."""
    found: set[str] = set()
    for command in commands:
        words = [word for word in without_wrappers(command.words) if not word.redirects]
        name = name_of(words[0]) if words else ""
        wants = name in TAKES_FOLDERS or name in ENTERS or bool(PYTHON.match(name))
        for word in command.words:
            if "://" in word.text:
                continue
            for match in _USED.finditer(word.text):
                is_whole = match.start() == 0 and not match["after"]
                if match["after"] or (is_whole and (wants or word.redirects)):
                    found.add(match["name"])
    return frozenset(found)


def assigned(words: list[Word]) -> Word | None:
    """Return the first words as one, if they set a variable; PowerShell has blanks around ``=``."""
    first = words[0]
    if ASSIGNMENT.fullmatch(first.text) and not first.quote:
        return first
    if len(words) == 3 and first.text.startswith("$") and words[1].text in ("=", "+="):
        value = words[2]
        gap = " " * (value.start - first.start - len(first.text) - 1)
        text = f"{first.text}={gap}{value.text}"
        return Word(first.start, value.end, text) if value.end - first.start == len(text) else None
    return None
