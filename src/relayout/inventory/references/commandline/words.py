"""Commands of a shell with the place of every word, so that one word can be replaced.

Quoting is that of the POSIX shell
(https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html); PowerShell and Windows
batch differ in what escapes and what continues a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum


class Dialect(Enum):
    """A shell's way of writing: the character that escapes and, at its end, continues a line."""

    POSIX = "\\"
    POWERSHELL = "`"
    BATCH = "^"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, without quotes around the whole of it, and what stands there.

    ``redirects`` says that it is the file of a redirection, as in ``>out.log``.
    """

    start: int
    end: int
    text: str
    quote: str = ""
    redirects: bool = False


@dataclass(slots=True)
class Command:
    """The words of one command, with the operator behind it (``;``, ``&&``, a line end, ...)."""

    words: list[Word] = field(default_factory=list)
    end: str = ""


_HEREDOC = re.compile(r"<<-?\s*(?P<quote>[\"']?)(?P<name>\w+)(?P=quote)")
_REDIRECTION = re.compile(r"\d*(?:<<<|>>|>\||<>|[<>]&(?:\d+|-)|<|>)[ \t]*|&>>?[ \t]*")
_DESCRIPTOR = re.compile(r"\d*[<>]&(?:\d+|-)")
_REMARK = re.compile(r"(?:@?rem(?=\s|$)|::)", re.IGNORECASE | re.MULTILINE)
_OPERATORS = ("&&", "||", ";;", "|&", ";", "|", "&")
_IN_BATCH = ("&&", "||", "|", "&")
_LONGEST = 20_000
"""A longer line is data, and no command."""
_DEEPEST = 20
_MOST_OPEN = 100
"""So many brackets or here-documents that do not end are looked for; no script has as many."""


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
    that it stands in, between ``(`` and ``)``.
    """
    yield from _Reader(text, end, dialect, folded).read(start)


class _Reader:
    def __init__(self, text: str, end: int, dialect: Dialect, folded: bool, depth: int = 0) -> None:
        self.text = text
        self.end = end
        self.dialect = dialect
        self.escape = dialect.value
        self.quotes = '"' if dialect is Dialect.BATCH else "\"'"
        self.separators = "," if dialect is Dialect.POWERSHELL else ""
        self.ends_word = frozenset(f"<>{self.escape}{self.separators}")
        self.operators = _IN_BATCH if dialect is Dialect.BATCH else _OPERATORS
        self.folded = folded
        self.depth = depth
        self.open_ended = 0

    def read(self, position: int) -> Iterator[Command]:
        """Yield the commands from a position on."""
        command = Command()
        heredocs: list[str] = []
        position = self._after_data(position)
        while position < self.end:
            letter = self.text[position]
            if letter == self.escape and self._ends_line(position + 1):
                position = self._after_line_end(position + 1)
            elif letter in "\r\n" and not self.folded:
                position = self._after_line_end(position)
                position = self._after_heredocs(position, heredocs)
                position = self._after_data(position)
                yield from _ended(command, "\n")
                command = Command()
            elif letter.isspace() or letter in self.separators:
                position += 1
            elif block := self._block(position):
                position = block
            elif self._is_comment(position, command):
                position = self._line_end(position)
            elif (heredoc := _HEREDOC.match(self.text, position, self.end)) and (
                self.dialect is Dialect.POSIX
            ):
                heredocs.append(heredoc["name"])
                position = heredoc.end()
            elif redirection := _REDIRECTION.match(self.text, position, self.end):
                inner, position = self._redirected(redirection.group(), redirection.end(), command)
                yield from inner
            elif letter in "()" or self._operator(position):
                found = letter if letter in "()" else self._operator(position)
                yield from _ended(command, found)
                command = Command()
                position += len(found)
                if found in "()":
                    yield Command(end=found)
            else:
                word, spans, position = self._word(position)
                yield from self._inside(spans)
                command.words.append(word)
        yield from _ended(command, "")

    def _inside(self, spans: list[tuple[int, int]]) -> Iterator[Command]:
        """Yield the commands that are substituted in a word, each as in a shell of its own."""
        for begin, stop in spans if self.depth < _DEEPEST else ():
            reader = _Reader(self.text, stop, self.dialect, self.folded, self.depth + 1)
            yield Command(end="(")
            yield from reader.read(begin)
            yield Command(end=")")

    def _redirected(
        self, sign: str, position: int, command: Command
    ) -> tuple[Iterator[Command], int]:
        """Add the file of a redirection to a command; return what is inside, and the end."""
        is_there = position < self.end and self.text[position] not in "\r\n"
        if _DESCRIPTOR.fullmatch(sign.strip()) or not is_there or self._ends_command(position):
            return iter(()), position
        word, spans, position = self._word(position)
        if not sign.lstrip("0123456789").startswith("<<<"):
            command.words.append(replace(word, redirects=True))
        return self._inside(spans), position

    def _ends_line(self, position: int) -> bool:
        return self.text.startswith(("\n", "\r\n"), position)

    def _after_line_end(self, position: int) -> int:
        return position + (2 if self.text.startswith("\r\n", position) else 1)

    def _line_end(self, position: int) -> int:
        found = self.text.find("\n", position, self.end)
        return self.end if found < 0 else found

    def _after_data(self, position: int) -> int:
        """Return the end of a line that is too long for a command, else its beginning."""
        stop = self._line_end(position)
        return stop if stop - position > _LONGEST else position

    def _after_heredocs(self, position: int, names: list[str]) -> int:
        """Return the position behind the bodies of the here-documents that a line began.

        One that does not end is none: the sign is a shift in arithmetic too.
        """
        for name in names:
            here = position
            while here < self.end:
                stop = self._line_end(here)
                line = self.text[here:stop].strip()
                here = min(stop + 1, self.end)
                if line == name:
                    position = here
                    break
            else:
                self.open_ended += 1
                position = self.end if self.open_ended > _MOST_OPEN else position
        names.clear()
        return position

    def _block(self, position: int) -> int:
        """Return the end of a comment or text of several lines that begins here, or 0."""
        if self.dialect is not Dialect.POWERSHELL or self.open_ended > _MOST_OPEN:
            return 0
        sign = self.text[position : position + 2]
        closing = {"<#": "#>", '@"': '\n"@', "@'": "\n'@"}.get(sign)
        if closing is None:
            return 2 + position if sign in ("@(", "@{") else 0
        found = self.text.find(closing, position, self.end)
        self.open_ended += found < 0
        return found + len(closing) if found >= 0 else 0

    def _is_comment(self, position: int, command: Command) -> bool:
        if self.dialect is Dialect.BATCH:
            return not command.words and bool(_REMARK.match(self.text, position))
        return self.text[position] == "#"

    def _operator(self, position: int) -> str:
        """Return the operator at a position, or an empty string."""
        return next((o for o in self.operators if self.text.startswith(o, position)), "")

    def _ends_command(self, position: int) -> bool:
        return self.text[position] in "()" or bool(self._operator(position))

    def _word(self, start: int) -> tuple[Word, list[tuple[int, int]], int]:
        """Return the word at a position, the places of commands inside of it, and its end."""
        position = start
        inner: list[tuple[int, int]] = []
        quoted, closed = "", -1
        while position < self.end:
            letter = self.text[position]
            if quoted:
                if letter == quoted:
                    quoted, closed = "", (position if closed < 0 else closed)
                elif letter == self.escape and quoted == '"':
                    position += 1
                elif letter in "$`" and quoted == '"':
                    position = self._substituted(position, inner)
            elif letter == self.escape and not self._ends_line(position + 1):
                position += 1 if self.text[position + 1 : position + 2] in "\"'`$ ;&|()#\\" else 0
            elif letter in self.quotes:
                quoted = letter
            elif letter == "$" or (letter == "`" and letter != self.escape):
                position = self._substituted(position, inner)
            elif letter in self.ends_word or letter.isspace() or self._ends_command(position):
                break
            position += 1
        position = max(min(position, self.end), start + 1)
        text = self.text[start:position]
        if len(text) > 1 and text[0] in self.quotes and closed == position - 1:
            return Word(start + 1, position - 1, text[1:-1], text[0]), inner, position
        return Word(start, position, text), inner, position

    def _substituted(self, position: int, inner: list[tuple[int, int]]) -> int:
        """Return where ``$(...)``, ``${...}`` or a command in backquotes at a position ends.

        The places of commands are noted. ``$<`` and its like are variables of make.
        """
        opening = self.text[position + 1 : position + 2]
        limit = min(self.end, position + _LONGEST)
        if self.text[position] == "`":
            found = self.text.find("`", position + 1, limit)
            if found >= 0:
                inner.append((position + 1, found))
            return max(found, position)
        closing = {"(": ")", "{": "}"}.get(opening)
        if closing is None:
            return position + 1 if opening and opening in "<>" else position
        depth = 0
        for here in range(position + 1, limit) if self.open_ended <= _MOST_OPEN else ():
            depth += (self.text[here] == opening) - (self.text[here] == closing)
            if not depth:
                if opening == "(" and self.text[position + 2 : position + 3] != "(":
                    inner.append((position + 2, here))
                return here
        self.open_ended += 1
        return position


def _ended(command: Command, end: str) -> Iterator[Command]:
    if command.words:
        command.end = end
        yield command
