"""The texts of a TOML document with their places, so that one can be replaced.

The grammar is https://toml.io/en/v1.0.0. What is found is compared with what tomlkit reads: if the
two differ in anything, there are no texts at all, so that no place is ever a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from relayout.inventory.references.spans.line_breaks import line_break

Names = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TomlText:
    """A string, or a key: what stands between its quotes, and what that means.

    ``names`` are the keys that lead to it, with the positions in arrays, also in arrays of tables;
    those of a key end with itself. The quote of a bare key is empty. ``between`` is what stands
    between an item of an array and another one written like it; None for what is no item.
    """

    names: Names
    value: str
    start: int
    end: int
    quote: str = '"'
    is_key: bool = False
    between: str | None = None


_DEEPEST = 40
_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_LINE_REST = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\r?\n)?(?P<a>(?:[^"\\]|\\.|"(?!"")|""(?!"))*(?:"{1,2}(?="""))?)"""'
    r"|'''(?:\r?\n)?(?P<b>(?:[^']|'(?!'')|''(?!'))*(?:'{1,2}(?='''))?)'''"
    r'|"(?P<c>(?:[^"\\\n]|\\.)*)"'
    r"|'(?P<d>[^'\n]*)'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^\s,\[\]{}#\"']+(?:[ ]\d[^\s,\[\]{}#\"']*)?")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[ \t]*\r?\n\s*|(.))", re.DOTALL)
_MEANING = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


class _NotRead(Exception):
    pass


def toml_texts(text: str) -> list[TomlText]:
    """Return the strings and keys of a document, in order; none if it cannot be read surely."""
    begin = 1 if text.startswith("\ufeff") else 0
    try:
        found = list(_Reader(text).document(begin))
        document = tomlkit.parse(text[begin:]).unwrap()
        wanted = dict(_strings(document, ()))
    except (_NotRead, TOMLKitError, ValueError, TypeError, RecursionError, AttributeError):
        return []
    values = {t.names: _plain(t.value) for t in found if not t.is_key}
    return found if values == wanted and _keys_exist(found, document) else []


def _plain(value: str) -> str:
    return value.replace("\r\n", "\n")


def _strings(node: Any, names: Names) -> Iterator[tuple[Names, str]]:
    if isinstance(node, str):
        yield names, _plain(node)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _strings(value, (*names, key))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _strings(value, (*names, position))


def _keys_exist(found: list[TomlText], document: Any) -> bool:
    """Tell whether the document has every key that was found."""
    for text in found:
        node = document
        for name in text.names if text.is_key else ():
            try:
                node = node[name]
            except (KeyError, IndexError, TypeError):
                return False
    return True


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.sizes: dict[Names, int] = {}
        """How many tables an array of tables has so far."""

    def document(self, begin: int) -> Iterator[TomlText]:
        """Yield the texts of the document that begins somewhere. Raises _NotRead."""
        self.position = begin
        table: Names = ()
        while True:
            self._pass(_GAP)
            if self.position >= len(self.text):
                return
            if self._takes("["):
                is_array = self._takes("[")
                keys = list(self._keys())
                self._need("]]" if is_array else "]")
                table = self._header([key.value for key in keys], is_array)
                yield from _named(keys, self._places(keys, is_array))
            else:
                yield from self._pair(table, 0)
            self._pass(_LINE_REST, must=True)

    def _header(self, names: list[str], is_array: bool) -> Names:
        """Return where the keys below a header belong."""
        table: Names = ()
        for position, name in enumerate(names):
            table = (*table, name)
            if is_array and position == len(names) - 1:
                self.sizes[table] = self.sizes.get(table, 0) + 1
            if table in self.sizes:
                table = (*table, self.sizes[table] - 1)
        return table

    def _places(self, keys: list[TomlText], is_array: bool) -> Iterator[Names]:
        """Yield where each key of the header that was just read leads."""
        place: Names = ()
        for key in keys:
            place = (*place, key.value)
            yield place
            if place in self.sizes:
                place = (*place, self.sizes[place] - 1)

    def _pair(self, table: Names, depth: int) -> Iterator[TomlText]:
        keys = list(self._keys())
        self._need("=")
        self._pass(_BLANK)
        names = [(*table, *(key.value for key in keys[: i + 1])) for i in range(len(keys))]
        yield from _named(keys, iter(names))
        yield from self._value(names[-1], depth, None)

    def _keys(self) -> Iterator[TomlText]:
        """Yield the parts of a dotted key, each by itself."""
        for _ in range(_DEEPEST):
            self._pass(_BLANK)
            quoted = self._takes_string()
            if quoted is not None:
                yield quoted
            else:
                start = self.position
                self._pass(_BARE, must=True)
                name = self.text[start : self.position]
                yield TomlText((), name, start, self.position, "", is_key=True)
            self._pass(_BLANK)
            if not self._takes("."):
                return
        raise _NotRead

    def _value(self, names: Names, depth: int, item_start: int | None) -> Iterator[TomlText]:
        if depth > _DEEPEST:
            raise _NotRead
        start = self.position
        found = self._takes_string()
        if found is not None:
            between = None if item_start is None else self._between(start, found.quote)
            yield TomlText(names, found.value, found.start, found.end, found.quote, False, between)
        elif self._takes("["):
            yield from self._array(names, depth)
        elif self._takes("{"):
            yield from self._inline(names, depth)
        else:
            self._pass(_SCALAR, must=True)

    def _array(self, names: Names, depth: int) -> Iterator[TomlText]:
        for position in range(len(self.text)):
            self._pass(_GAP)
            if self._takes("]"):
                return
            yield from self._value((*names, position), depth + 1, self.position)
            self._pass(_GAP)
            if not self._takes(","):
                self._need("]")
                return

    def _inline(self, names: Names, depth: int) -> Iterator[TomlText]:
        self._pass(_GAP)
        while not self._takes("}"):
            yield from self._pair(names, depth + 1)
            self._pass(_GAP)
            if not self._takes(","):
                self._need("}")
                return
            self._pass(_GAP)

    def _between(self, start: int, quote: str) -> str:
        """Return what goes between two items: a new line where the item begins one."""
        broken = line_break(self.text, start)
        if broken:
            return f"{quote},{broken}{quote}"
        return f"{quote}, {quote}"

    def _takes_string(self) -> TomlText | None:
        if self.text[self.position : self.position + 1] not in ("'", '"'):
            return None
        match = _STRING.match(self.text, self.position)
        if match is None or match.lastgroup is None:
            raise _NotRead
        raw = match[match.lastgroup]
        quote = {"a": '"""', "b": "'''", "c": '"', "d": "'"}[match.lastgroup]
        value = raw if match.lastgroup in "bd" else _ESCAPE.sub(_meaning, raw)
        start, end = match.span(match.lastgroup)
        self.position = match.end()
        return TomlText((), value, start, end, quote, is_key=True)

    def _pass(self, pattern: re.Pattern[str], must: bool = False) -> None:
        match = pattern.match(self.text, self.position)
        if match is not None:
            self.position = match.end()
        elif must:
            raise _NotRead

    def _takes(self, mark: str) -> bool:
        if self.text.startswith(mark, self.position):
            self.position += len(mark)
            return True
        return False

    def _need(self, mark: str) -> None:
        if not self._takes(mark):
            raise _NotRead


def _named(keys: list[TomlText], places: Iterator[Names]) -> Iterator[TomlText]:
    for key, names in zip(keys, places, strict=True):
        yield TomlText(names, key.value, key.start, key.end, key.quote, is_key=True)


def _meaning(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits:
        return chr(int(digits, 16))
    return _MEANING.get(match[3], match[3]) if match[3] else ""
