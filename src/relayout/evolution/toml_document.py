"""A TOML text in parts that can be exchanged: sections, and the entries below each header.

Joined in order, the parts are the text, byte for byte. A comment belongs to the entry or the header
that follows; what stands before a blank line at the end of a section belongs to the section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import tomlkit

from relayout.conversions.toml_text import STRING_OR_COMMENT, statements_of
from relayout.evolution.toml_values import (
    Element,
    Keyed,
    Names,
    Path,
    keyed,
    value_at,
    with_inline,
)

_KEY = re.compile(r"""\s*("(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_-]+)\s*""")
_HEADER = re.compile(r"\s*(\[\[?)")
_STRING_OR_COMMENT = re.compile(STRING_OR_COMMENT, re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One key with its value; ``lead`` are the comments and blank lines above it."""

    path: Path
    lead: str
    key: str
    """The key as it is written, with the sign behind it."""
    value: str
    comment: str
    """What stands behind the value, with the line end."""

    @property
    def statement(self) -> str:
        """The entry as it stands in the file, without what is above it."""
        return f"{self.key}{self.value}{self.comment}"

    @property
    def text(self) -> str:
        """The entry as it stands in the file."""
        return f"{self.lead}{self.statement}"


@dataclass(frozen=True)
class Section:
    """A header with its entries; ``tail`` are the comments below the last of them.

    The first section of a document has no header: its keys are those of the document.
    """

    path: Path
    lead: str
    header: str
    entries: tuple[Entry, ...]
    tail: str

    @property
    def text(self) -> str:
        """The section as it stands in the file."""
        return f"{self.lead}{self.header}{''.join(e.text for e in self.entries)}{self.tail}"


@dataclass(frozen=True)
class Document:
    """What a TOML text says, and the parts of the text that say it."""

    values: dict[str, Any]
    sections: tuple[Section, ...]

    @cached_property
    def entries(self) -> dict[Path, Entry]:
        """The entries by where their values are."""
        return {entry.path: entry for section in self.sections for entry in section.entries}

    @cached_property
    def headers(self) -> dict[Path, Section]:
        """The sections by the table that each is of."""
        return {section.path: section for section in self.sections}

    @property
    def text(self) -> str:
        """The text, byte for byte."""
        return "".join(section.text for section in self.sections)

    def value(self, path: Path) -> Any:
        """Return what the document says at a path; MISSING if it says nothing there."""
        return value_at(self.values, path)


def parsed(text: str) -> dict[str, Any]:
    """Return what a text says, as the parser has it. Raises tomlkit's TOMLKitError."""
    return tomlkit.parse(text).unwrap()


def read_document(text: str, said: Mapping[str, Any], keys: Mapping[Names, str]) -> Document:
    """Return a text in parts, of which the parser says what it says.

    The ``keys`` tell the tables of arrays apart.
    """
    values = keyed(said, keys)
    sections = tuple(_Reader(values).read(text))
    paths = {entry.path for section in sections for entry in section.entries}
    return Document(with_inline(values, paths), sections)


class _Reader:
    """Reads the sections of one text, and finds the paths of what they hold."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._tables_begun: dict[Path, int] = {}

    def read(self, text: str) -> Iterator[Section]:
        path: Path = ()
        lead = header = trivia = ""
        entries: list[Entry] = []
        for start, end in statements_of(text):
            statement = text[start:end]
            if not statement.strip() or statement.lstrip().startswith("#"):
                trivia += statement
            elif found := _HEADER.match(statement):
                tail, next_lead = _divided(trivia)
                yield Section(path, lead, header, tuple(entries), tail)
                path = self._header_path(statement[found.end() :], found.group(1) == "[[")
                lead, header, trivia, entries = next_lead, statement, "", []
            else:
                entries.append(self._entry(path, trivia, statement))
                trivia = ""
        yield Section(path, lead, header, tuple(entries), trivia)

    def _header_path(self, name: str, is_of_array: bool) -> Path:
        names, _ = _names(name)
        path = self._path((), names)
        if not is_of_array:
            return path
        if isinstance(path[-1], Element):  # another table of an array that has begun
            path = path[:-1]
        self._tables_begun[path] = self._tables_begun.get(path, 0) + 1
        return self._path((), names)

    def _entry(self, table: Path, lead: str, statement: str) -> Entry:
        names, end = _names(statement)
        start = end + 1 + len(statement[end + 1 :]) - len(statement[end + 1 :].lstrip(" \t"))
        value = statement[start:].removesuffix(_comment_of(statement[start:]))
        comment = statement[start + len(value) :]
        return Entry(self._path(table, names), lead, statement[:start], value, comment)

    def _path(self, table: Path, names: list[str]) -> Path:
        """Return the path that names lead to; through the last table begun of each array."""
        path = table
        for name in names:
            path = (*path, name)
            if path in self._tables_begun:
                tables = value_at(self._values, path)
                path = (*path, _nth(tables, self._tables_begun[path] - 1))
        return path


def _nth(tables: Any, index: int) -> Element:
    return [*tables][index] if isinstance(tables, Keyed) else Element("", index)


def _names(text: str) -> tuple[list[str], int]:
    """Return the parts of the dotted name that a text begins with, and where it ends."""
    names: list[str] = []
    position = 0
    while found := _KEY.match(text, position):
        name = found.group(1)
        names.append(str(tomlkit.value(name)) if name[0] in "\"'" else name)
        position = found.end()
        if not text.startswith(".", position):
            break
        position += 1
    return names, position


def _comment_of(text: str) -> str:
    """Return what stands behind a value: blanks, a comment if there is one, and the line end."""
    end = len(text.rstrip())
    for found in _STRING_OR_COMMENT.finditer(text):
        if found.group().startswith("#") and found.end() >= end:
            end = len(text[: found.start()].rstrip())
    return text[end:]


def _divided(trivia: str) -> tuple[str, str]:
    """Divide comments into those of the section above and those of the header below.

    The latter begin with the last blank lines.
    """
    lines = trivia.splitlines(keepends=True)
    at = len(lines)
    while at and lines[at - 1].strip():
        at -= 1
    while at and not lines[at - 1].strip():
        at -= 1
    return "".join(lines[:at]), "".join(lines[at:])
