"""Where the strings of a JSON text stand, which may have comments and commas before a bracket.

The grammar is that of RFC 8259 with what the settings of VS Code may have beyond it
(https://code.visualstudio.com/docs/languages/json#_json-with-comments). A text that is neither
has no strings here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TypeAlias

Key: TypeAlias = str | int

_DEEPEST = 100
"""What is nested deeper is no file that a person wrote."""
_SKIPPED = re.compile(r"[ \t\r\n\ufeff]+|//[^\r\n]*|/\*.*?\*/", re.DOTALL)
_STRING = re.compile(r'"(?P<text>[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*)"')
_PLAIN = re.compile(r"[-+.\w]+")


@dataclass(frozen=True, slots=True)
class JsonString:
    """One string: where the text between its quotes stands, and what leads to it.

    ``text`` is what is written, ``value`` what it means: they differ in escapes. ``keys`` are
    the keys and positions from the root on. The key of a member is a string too (``is_key``); it
    is the last of its own ``keys``.
    """

    start: int
    end: int
    text: str
    value: str
    keys: tuple[Key, ...]
    is_key: bool = False


class _NotJson(Exception):
    """The text is no JSON."""


def strings_in(text: str) -> list[JsonString]:
    """Return the strings of a document, in order of place; none if it is no JSON."""
    try:
        return _Reader(text).read()
    except _NotJson:
        return []


class _Reader:
    """Reads a document without recursion: ``keys`` and ``closing`` are what is open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.found: list[JsonString] = []
        self.keys: list[Key] = []
        self.closing: list[str] = []

    def read(self) -> list[JsonString]:
        """Return the strings. Raises _NotJson."""
        self._value()
        while self.closing:
            if self._taken(self.closing[-1]):
                self._close()
            else:
                self._member()
                self._value()
        if self._letter():
            raise _NotJson
        return self.found

    def _letter(self) -> str:
        """Return the next letter that is no blank or comment; an empty string at the end."""
        while match := _SKIPPED.match(self.text, self.position):
            self.position = match.end()
        return self.text[self.position : self.position + 1]

    def _taken(self, letter: str) -> bool:
        if self._letter() != letter:
            return False
        self.position += 1
        return True

    def _member(self) -> None:
        """Read up to the value of the next member or element of what is open."""
        if self.closing[-1] == "]":
            key = self.keys[-1]
            self.keys[-1] = key + 1 if isinstance(key, int) else 0
        else:
            self.keys[-1] = ""
            self.keys[-1] = self._string(is_key=True)
            if not self._taken(":"):
                raise _NotJson

    def _value(self) -> None:
        letter = self._letter()
        if letter in ("{", "["):
            if len(self.closing) == _DEEPEST:
                raise _NotJson
            self.position += 1
            self.closing.append("}" if letter == "{" else "]")
            self.keys.append("" if letter == "{" else -1)
            return
        if letter == '"':
            self._string()
        else:
            match = _PLAIN.match(self.text, self.position)
            if match is None:
                raise _NotJson
            self.position = match.end()
        self._end_value()

    def _close(self) -> None:
        self.closing.pop()
        self.keys.pop()
        self._end_value()

    def _end_value(self) -> None:
        """Read the comma behind a value; there need be none before a closing bracket."""
        if self.closing and not self._taken(",") and self._letter() != self.closing[-1]:
            raise _NotJson

    def _string(self, is_key: bool = False) -> str:
        """Read a string, note it, and return what it means."""
        self._letter()
        match = _STRING.match(self.text, self.position)
        if match is None:
            raise _NotJson
        try:
            value = str(json.loads(match.group()))
        except ValueError:
            raise _NotJson from None
        self.position = match.end()
        keys = (*self.keys[:-1], value) if is_key else tuple(self.keys)
        start, end = match.span("text")
        self.found.append(JsonString(start, end, match["text"], value, keys, is_key))
        return value
