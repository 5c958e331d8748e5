"""The sections and values of an INI file with their places, so that one word can be replaced.

They are what Python's ``configparser`` reads (https://docs.python.org/3/library/configparser.html),
and are compared with what it reads: if the two differ in anything, there are none at all.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from relayout.inventory.references.spans.line_breaks import line_break

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class IniItem:
    """One item of a value's list; ``between`` stands between it and another one like it."""

    start: int
    end: int
    value: str
    between: str


@dataclass(frozen=True, slots=True)
class IniText:
    """A section, or a key with its value, whose ``lines`` are spans without the blanks around them.

    ``start`` and ``end`` are where the section's or the key's name stands. Comments that have
    a line of their own are no lines of a value; a blank line is one, and empty.
    """

    section: str
    key: str | None
    start: int
    end: int
    lines: tuple[Span, ...] = ()


_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_SECTION = re.compile(r"\[(?P<name>.+)\]")
_PAIR = re.compile(r"(?P<key>.*?)[ \t]*(?:(?P<mark>[=:])[ \t]*(?P<value>.*))?$", re.DOTALL)
_COMMENT = re.compile(r"(?:^|[ \t])[#;].*")
_WORD = {
    ",": re.compile(r"[^,]+"),
    " ": re.compile(r"\S+"),
    ", ": re.compile(r"[^,\s]+"),
    "\n": re.compile(r".+"),
}
_ONLY_HERE = "\0"
_UNUSUAL = re.compile(r"\r(?!\n)|[\0\v\f\x1c-\x1e\x85\u2028\u2029]|[ \t]{500}")
"""What would end a line elsewhere, and what the parser would take too long for."""


def ini_texts(text: str) -> list[IniText]:
    """Return the sections and keys of a file, in order; none if it cannot be read surely."""
    begin = 1 if text.startswith("\ufeff") else 0
    if _UNUSUAL.search(text):
        return []
    found = _Reader(text).read(begin)
    parser = configparser.RawConfigParser(
        strict=False, allow_no_value=True, default_section=_ONLY_HERE
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text[begin:])
    except (configparser.Error, AttributeError, TypeError):
        return []
    wanted = {(s, k): v for s in parser.sections() for k, v in parser.items(s)}
    told = {(t.section, t.key): _value(t, text) for t in found if t.key is not None}
    sections = {t.section for t in found if t.key is None}
    return found if told == wanted and sections == set(parser.sections()) else []


def _value(found: IniText, text: str) -> str | None:
    """Return the value as configparser gives it."""
    if not found.lines:
        return None
    return "\n".join(text[start:end] for start, end in found.lines).rstrip()


@dataclass(slots=True)
class _Reader:
    text: str
    found: list[IniText] = field(default_factory=list)
    lines: list[Span] = field(default_factory=list)
    section: str = ""
    indent: int = 0

    def read(self, position: int) -> list[IniText]:
        """Return what is found from a position on."""
        while position < len(self.text):
            match = _LINE.match(self.text, position)
            end = match.end() if match else len(self.text)
            self._line(position, end)
            position = end
        self._close()
        return self.found

    def _line(self, start: int, end: int) -> None:
        raw = self.text[start:end]
        content = raw.strip()
        first = start + len(raw) - len(raw.lstrip())
        if content.startswith(("#", ";")):
            return
        is_open = bool(self.found) and self.found[-1].key is not None and bool(self.lines)
        if not content:
            if is_open:
                self.lines.append((start, start))
            return
        if is_open and first - start > self.indent:
            self.lines.append((first, first + len(content)))
            return
        self._close()
        self.indent = first - start
        section = _SECTION.match(content)
        if section:
            self.section = section["name"]
            name = first + section.start("name")
            self.found.append(IniText(self.section, None, name, name + len(self.section)))
            return
        pair = _PAIR.match(content)
        if pair is None:
            return
        key = pair["key"]
        self.found.append(IniText(self.section, key, first, first + len(key)))
        if pair["mark"]:
            self.lines = [(first + pair.start("value"), first + len(content))]

    def _close(self) -> None:
        """End the value that is being read, without the blank lines behind it."""
        while len(self.lines) > 1 and self.lines[-1][0] == self.lines[-1][1]:
            self.lines.pop()
        if self.lines:
            self.found[-1] = replace(self.found[-1], lines=tuple(self.lines))
        self.lines = []


def ini_items(text: str, found: IniText, separators: str = ", ") -> Iterator[IniItem]:
    """Yield the items of a value that is a list, without the comments behind them.

    ``separators`` are ``,``, a blank, both, or the end of the line; that always is one.
    """
    whole = " ".join(text[start:end] for start, end in found.lines)
    mark = "," if separators == "," or ("," in separators and "," in whole) else ""
    for start, end in found.lines:
        line = _COMMENT.sub("", text[start:end])
        words = [m for m in _WORD[separators].finditer(line) if m.group().strip()]
        for match in words:
            word = match.group().strip()
            at = start + match.start() + len(match.group()) - len(match.group().lstrip())
            gap = (line_break(text, at) or "\n    ") if separators == "\n" else " "
            if len(words) == 1 and at == start:
                gap = line_break(text, at) or gap
            yield IniItem(at, at + len(word), word, f"{mark}{gap}")


def lines_of(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the lines of a part of a text, without the blanks around each."""
    for match in re.compile(r"[^\s](?:[^\r\n]*[^\s])?").finditer(text, start, end):
        yield match.span()
