"""Tables that a piece of SQL reads or writes, as far as its words tell.

A table follows ``FROM``, ``JOIN``, ``INTO`` and the like, unless it is a call, or a common table
expression of the same statement (ISO/IEC 9075-2, 7.6 and 7.17). dbt's ``ref`` and ``source`` name
one as well (https://docs.getdbt.com/reference/dbt-jinja-functions/ref). No dialect is read in full:
what is missed is missed, and a name is only ever compared with tables that are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<aside>--[^\n]*|/\*(?:.*?\*/|.*)|\{[%#](?:.*?[%#]\}|.*)|'[^']*'?)"
    r"|(?P<jinja>\{\{(?:.*?\}\}|.*))"
    r"|(?P<quoted>\"[^\"]*\"?|`[^`]*`?|\[[^\]]*\]?)"
    r"|(?P<computed>\{[^{}]*\}?)"
    r"|(?P<word>[^\W\d][\w$]*)"
    r"|(?P<other>[\d.]+|\S)",
    re.DOTALL,
)
_REF = re.compile(r"\bref\(\s*['\"]([\w.$]+)['\"](?:\s*,\s*['\"]([\w.$]+)['\"])?")
_SOURCE = re.compile(r"\bsource\(\s*['\"]([\w $]+)['\"]\s*,\s*['\"]([\w $]+)['\"]")
_VERBS = frozenset(
    {"select", "with", "insert", "delete", "merge", "update", "create", "truncate", "copy", "drop"}
    | {"alter", "explain", "refresh"}
)
_BEFORE_TABLE = frozenset({"from", "join", "into", "update", "using", "table", "view", "copy"})
_GOES_ON = frozenset({"from", "into", "set", "table", "view", "join"})
_NO_TABLE = frozenset(
    {"select", "lateral", "unnest", "values", "where", "set", "on", "table", "with", "from", "as"}
)
_MODIFIERS = frozenset({"if", "not", "exists", "only"})
_AFTER_TABLE = frozenset(
    {"join", "inner", "left", "right", "full", "cross", "natural", "where", "group", "order", "on"}
    | {"having", "limit", "union", "using", "set", "values", "select", "window", "qualify"}
)
_WITH_FROM = frozenset({"extract", "substring", "trim", "overlay", "position"})
"""Functions in whose calls ``FROM`` is no clause."""
_LARGEST = 300_000


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        return self.kind in ("word", "quoted", "computed", "jinja")


def is_sql(text: str) -> bool:
    """Tell whether a text begins as a statement of SQL does, and goes on like one."""
    if len(text) > _LARGEST:
        return False
    words = (t.text.lower() for t in _tokens(text) if t.text not in "(;")
    first = next(words, "")
    return first in _VERBS and not _GOES_ON.isdisjoint(words)


def tables_in(text: str) -> frozenset[tuple[str, ...]]:
    """Return the tables that SQL names, each as its parts in lower case, the table's name last.

    A part that is computed is an empty string. A text of more than 300,000 letters is data.
    """
    if len(text) > _LARGEST:
        return frozenset()
    return _in_jinja(text) | frozenset(_Reader(list(_tokens(text))).tables())


def _in_jinja(text: str) -> frozenset[tuple[str, ...]]:
    refs = {((second or first).lower(),) for first, second in _REF.findall(text)}
    return frozenset(refs | {(s.lower(), table.lower()) for s, table in _SOURCE.findall(text)})


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        if kind != "aside":
            yield _Token(kind, match[0], match.start(), match.end())


class _Reader:
    """Reads the tokens of some SQL once, from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0

    def tables(self) -> set[tuple[str, ...]]:
        """Return the tables that are named."""
        found: set[tuple[str, ...]] = set()
        expressions: set[str] = set()
        calls: list[bool] = []
        before = ""
        while self._place < len(self._tokens):
            word = self._word()
            if word == "(":
                calls.append(before in _WITH_FROM)
            elif word == ")" and calls:
                calls.pop()
            elif word == "as" and self._word(1) in ("(", "materialized", "not"):
                expressions.add(before)
            self._place += 1
            is_clause = word != "from" or (not (calls and calls[-1]) and before != "distinct")
            if word in _BEFORE_TABLE and is_clause:
                found.update(self._listed(word))
            before = word
        return {parts for parts in found if len(parts) > 1 or parts[0] not in expressions}

    def _word(self, ahead: int = 0) -> str:
        place = self._place + ahead
        if place >= len(self._tokens):
            return ""
        token = self._tokens[place]
        return token.text.strip('"`[]').lower() if token.kind == "quoted" else token.text.lower()

    def _listed(self, after: str) -> Iterator[tuple[str, ...]]:
        """Yield the tables that follow a word, of which ``FROM`` takes several."""
        while self._word() in _MODIFIERS:
            self._place += 1
        while True:
            parts = self._name()
            if parts is None:
                return
            is_call = self._word() == "(" and after not in ("into", "table", "copy", "view")
            if parts[-1] and not is_call:
                yield parts
            self._pass_alias()
            if after != "from" or self._word() != ",":
                return
            self._place += 1

    def _name(self) -> tuple[str, ...] | None:
        """Read a name with its qualifiers; None where there is none."""
        parts: list[str] = []
        while self._place < len(self._tokens) and self._tokens[self._place].is_name:
            if not parts and self._word() in _NO_TABLE:
                return None
            parts += self._piece().split(".")  # BigQuery quotes all of it at once
            if self._word() != ".":
                break
            self._place += 1
        return tuple(parts) or None

    def _piece(self) -> str:
        """Read one part of a name, which may be put together of what is written and computed."""
        pieces: list[_Token] = []
        while self._place < len(self._tokens):
            token = self._tokens[self._place]
            if not token.is_name or (pieces and token.start != pieces[-1].end):
                break
            pieces.append(token)
            self._place += 1
        if any(piece.kind in ("computed", "jinja") for piece in pieces):
            return ""
        return "".join(piece.text.strip('"`[]') for piece in pieces).lower()

    def _pass_alias(self) -> None:
        if self._word() == "as" and self._word(1) != "(":
            self._place += 1
        token = self._tokens[self._place] if self._place < len(self._tokens) else None
        if token is not None and token.is_name and self._word() not in _AFTER_TABLE:
            if self._word() not in _BEFORE_TABLE and self._word() != "as":
                self._place += 1
