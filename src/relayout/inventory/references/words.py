"""Commands of a shell with the place of every word, so that one word can be replaced.

Quoting is that of the POSIX shell
(https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html); PowerShell and Windows
batch differ in what escapes and what continues a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class Dialect(Enum):
    """A shell's way of writing: the character that escapes and, at its end, continues a line."""

    POSIX = "\\"
    POWERSHELL = "`"
    BATCH = "^"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, without quotes around the whole of it, and what stands there."""

    start: int
    end: int
    text: str
    quote: str = ""


@dataclass(slots=True)
class Command:
    """The words of one command, with the operator behind it (``;``, ``&&``, a line end, ...)."""

    words: list[Word] = field(default_factory=list)
    end: str = ""


_HEREDOC = re.compile(r"<<-?\s*(?P<quote>[\"']?)(?P<name>\w+)(?P=quote)")
_OPERATORS = ("&&", "||", ";;", "|&", ";", "|", "&")
_LONGEST = 20_000
"""A longer line is data, and no command."""


def commands_in(
    text: str,
    start: int,
    end: int,
    dialect: Dialect = Dialect.POSIX,
    folded: bool = False,
) -> Iterator[Command]:
    """Yield the commands in a part of a text, in order; the end of a subshell is ``)``.

    ``folded`` says that line ends are blanks, as in a folded text of YAML. Comments, and what
    stands in here-documents, are no commands. A command in ``$(...)`` is yielded before the one
    that it stands in.
    """
    yield from _Reader(text, end, dialect, folded).read(start)


class _Reader:
    def __init__(self, text: str, end: int, dialect: Dialect, folded: bool) -> None:
        self.text = text
        self.end = end
        self.escape = dialect.value
        self.quotes = '"' if dialect is Dialect.BATCH else "\"'"
        self.comments = ("rem ", "REM ", "::", "@rem ", "@REM ") if self.escape == "^" else ("#",)
        self.folded = folded

    def read(self, position: int) -> Iterator[Command]:
        """Yield the commands from a position on."""
        command = Command()
        heredocs: list[str] = []
        while position < self.end:
            letter = self.text[position]
            if letter == self.escape and self._ends_line(position + 1):
                position = self._after_line_end(position + 1)
            elif letter in "\r\n" and not self.folded:
                position = self._after_line_end(position)
                position = self._after_heredocs(position, heredocs)
                if self._is_data(position):
                    position = self._line_end(position)
                yield from _ended(command, "\n")
                command = Command()
            elif letter.isspace():
                position += 1
            elif self._is_comment(position, command):
                position = self._line_end(position)
            elif letter in "()" or (operator := self._operator(position)):
                found = letter if letter in "()" else operator
                yield from _ended(command, found)
                command = Command()
                position += len(found)
                if found in "()":
                    yield Command(end=found)
            else:
                heredoc = _HEREDOC.match(self.text, position, self.end)
                if heredoc and not self.text.startswith("<<<", position):
                    heredocs.append(heredoc["name"])
                    position = heredoc.end()
                    continue
                word, inner, position = self._word(position)
                for begin, stop in inner:
                    yield from _Reader(self.text, stop, Dialect(self.escape), self.folded).read(
                        begin
                    )
                if word is not None:
                    command.words.append(word)
        yield from _ended(command, "")

    def _ends_line(self, position: int) -> bool:
        return self.text.startswith(("\n", "\r\n"), position)

    def _after_line_end(self, position: int) -> int:
        return position + (2 if self.text.startswith("\r\n", position) else 1)

    def _line_end(self, position: int) -> int:
        found = self.text.find("\n", position, self.end)
        return self.end if found < 0 else found

    def _is_data(self, position: int) -> bool:
        return self._line_end(position) - position > _LONGEST

    def _after_heredocs(self, position: int, names: list[str]) -> int:
        """Return the position behind the bodies of the here-documents that a line began."""
        for name in names:
            while position < self.end:
                stop = self._line_end(position)
                line = self.text[position:stop].strip()
                position = min(stop + 1, self.end)
                if line == name:
                    break
        names.clear()
        return position

    def _is_comment(self, position: int, command: Command) -> bool:
        if self.escape == "^":
            return not command.words and self.text.startswith(self.comments, position)
        return self.text[position] == "#"

    def _operator(self, position: int) -> str:
        """Return the operator at a position, or an empty string; ``2>&1`` has none."""
        if self.text[position] == "&" and self.text[position - 1 : position] == ">":
            return ""
        return next((o for o in _OPERATORS if self.text.startswith(o, position)), "")

    def _ends_command(self, position: int) -> bool:
        return self.text[position] in "()" or bool(self._operator(position))

    def _word(self, start: int) -> tuple[Word | None, list[tuple[int, int]], int]:
        """Return the word at a position, the commands inside of it, and where it ends."""
        position = start
        inner: list[tuple[int, int]] = []
        quoted = ""
        while position < self.end:
            letter = self.text[position]
            if quoted:
                if letter == quoted:
                    quoted = ""
                elif letter == self.escape and quoted == '"':
                    position += 1
                elif letter == "$" and quoted == '"':
                    position = self._substituted(position, inner)
            elif letter == self.escape and not self._ends_line(position + 1):
                position += 1 if self.text[position + 1 : position + 2] in "\"'`$ ;&|()#\\" else 0
            elif letter in self.quotes:
                quoted = letter
            elif letter == "$":
                position = self._substituted(position, inner)
            elif letter.isspace() or letter == self.escape or self._ends_command(position):
                break
            position += 1
        position = max(min(position, self.end), start + 1)
        text = self.text[start:position]
        if len(text) > 1 and text[0] in self.quotes and text[-1] == text[0]:
            if text[0] not in text[1:-1]:
                return Word(start + 1, position - 1, text[1:-1], text[0]), inner, position
        return Word(start, position, text), inner, position

    def _substituted(self, position: int, inner: list[tuple[int, int]]) -> int:
        """Return where ``$(...)`` or ``${...}`` at a position ends; note the command in it."""
        opening = self.text[position + 1 : position + 2]
        closing = {"(": ")", "{": "}"}.get(opening)
        if closing is None:
            return position
        depth = 0
        for here in range(position + 1, min(self.end, position + _LONGEST)):
            depth += (self.text[here] == opening) - (self.text[here] == closing)
            if not depth:
                if opening == "(" and self.text[position + 2 : position + 3] != "(":
                    inner.append((position + 2, here))
                return here
        return position


def _ended(command: Command, end: str) -> Iterator[Command]:
    if command.words:
        command.end = end
        yield command
