"""The text of a Dockerfile taken apart: instructions, their words, here-documents.

The syntax is that of https://docs.docker.com/reference/dockerfile/: an instruction goes on behind
a line end that is escaped, comment lines within it are left out, a first comment may name another
escape character, and ``RUN``, ``COPY`` and ``ADD`` may begin here-documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_DIRECTIVE = re.compile(r"#\s*(?P<name>\w+)\s*=\s*(?P<value>\S+)\s*$")
_HEAD = re.compile(r"\ufeff?\s*(?P<name>[A-Za-z]+)(?=\s|$)")
_TRIGGER = re.compile(r"\ufeff?\s*ONBUILD\s+(?=[A-Za-z])", re.IGNORECASE)
_HEREDOC = re.compile(r"<<(?P<dash>-?)\s*(?P<quote>[\"']?)(?P<name>[A-Za-z_]\w*)(?P=quote)(?=\s|$)")
_WITH_HEREDOCS = frozenset({"RUN", "COPY", "ADD"})
_STRING = re.compile(r'"(?P<inner>(?:[^"\\]|\\.)*)"', re.DOTALL)
_BARE = re.compile(r"\S+")
_FLAG = re.compile(r"--(?P<name>[\w-]+)(?:=(?P<value>\S*))?(?=\s|$)")
_LONGEST = 100_000
"""A longer instruction is data."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of an instruction: where it stands, without quotes, and what stands there."""

    start: int
    end: int
    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: its name in capitals, its line, and where its arguments stand.

    ``bodies`` are the places of its here-documents, line ends included.
    """

    name: str
    line: int
    start: int
    end: int
    bodies: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DockerfileText:
    """A Dockerfile's instructions, and its text with blanks for what only continues lines.

    Places in ``flat`` are places in the file.
    """

    flat: str
    instructions: tuple[Instruction, ...]
    escape: str = "\\"

    def arguments(self, instruction: Instruction) -> str:
        """Return what stands behind the name of an instruction, on one line."""
        return self.flat[instruction.start : instruction.end]

    def flags(self, instruction: Instruction) -> list[tuple[str, Piece]]:
        """Return the options at the beginning of an instruction, each with its value."""
        return list(self._flags(instruction))

    def _flags(self, instruction: Instruction) -> Iterator[tuple[str, Piece]]:
        position = _first(self.flat, instruction.start, instruction.end)
        while match := _FLAG.match(self.flat, position, instruction.end):
            value = match["value"] or ""
            yield match["name"], Piece(match.end() - len(value), match.end(), value)
            position = _first(self.flat, match.end(), instruction.end)

    def after_flags(self, instruction: Instruction) -> int:
        """Return the position of the first argument that is no option."""
        last = max((piece.end for _, piece in self._flags(instruction)), default=instruction.start)
        return _first(self.flat, last, instruction.end)

    def words(self, instruction: Instruction) -> list[Piece]:
        """Return the arguments of an instruction that are no options, in either of its forms."""
        start = self.after_flags(instruction)
        if self.exec_form(start, instruction.end) is not None:
            return self.exec_form(start, instruction.end) or []
        return [
            _unquoted(Piece(m.start(), m.end(), m.group()))
            for m in _BARE.finditer(self.flat, start, instruction.end)
        ]

    def exec_form(self, start: int, end: int) -> list[Piece] | None:
        """Return the strings of a JSON array that stands there, or None if it is none."""
        text = self.flat[start:end].strip()
        if not text.startswith("["):
            return None
        try:
            values = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not all(isinstance(value, str) for value in values):
            return None
        return [
            Piece(m.start("inner"), m.end("inner"), m["inner"], '"')
            for m in _STRING.finditer(self.flat, start, end)
        ]


def parse_dockerfile(text: str) -> DockerfileText:
    """Return what a text holds as a Dockerfile; lines that are no instruction are left out."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
        self.flat: list[str] = []
        self.found: list[Instruction] = []
        self.escape = "\\"

    def parse(self) -> DockerfileText:
        number = self._directives()
        while number < len(self.lines):
            number = self._instruction(number)
        return DockerfileText("".join(self.flat), tuple(self.found), self.escape)

    def _directives(self) -> int:
        """Read the comments that may say how to read the rest; return the first line behind."""
        for number, (start, end) in enumerate(self.lines):
            match = _DIRECTIVE.match(self.text[start:end].strip().lstrip("\ufeff"))
            if match is None:
                return number
            if match["name"].lower() == "escape" and match["value"] in ("\\", "`"):
                self.escape = match["value"]
            self.flat.append(self.text[start:end])
        return len(self.lines)

    def _instruction(self, first: int) -> int:
        """Read what begins on a line; return the first line behind."""
        number = first
        parts: list[str] = []
        goes_on = True
        while goes_on and number < len(self.lines):
            start, end = self.lines[number]
            line = self.text[start:end]
            number += 1
            if line.lstrip().startswith("#") or (number > first + 1 and not line.strip()):
                goes_on = number > first + 1
                parts.append(" " * len(line) if goes_on else line)
                continue
            goes_on = line.rstrip().endswith(self.escape)
            kept = line.rstrip()[:-1] if goes_on else line
            parts.append(kept.ljust(len(line)))
        joined = "".join(parts)
        self.flat.append(joined)
        return self._note(joined, first, number)

    def _note(self, joined: str, first: int, behind: int) -> int:
        """Note an instruction and its here-documents; return the first line behind them."""
        offset = self.lines[first][0]
        trigger = _TRIGGER.match(joined)
        head = _HEAD.match(joined, trigger.end() if trigger else 0)
        if head is None or joined.lstrip().startswith("#") or len(joined) > _LONGEST:
            return behind
        name = head["name"].upper()
        bodies = []
        if name in _WITH_HEREDOCS and "<<" in joined:
            for match in _HEREDOC.finditer(joined, head.end()):
                start = behind
                behind = self._body_end(behind, match["name"], bool(match["dash"]))
                bodies.append((self._offset(start), self._offset(behind)))
                behind = min(behind + 1, len(self.lines))
            self.flat.append(self.text[offset + len(joined) : self._offset(behind)])
        end = offset + len(joined.rstrip())
        start = min(offset + head.end(), end)
        self.found.append(Instruction(name, first + 1, start, end, tuple(bodies)))
        return behind

    def _body_end(self, number: int, name: str, is_indented: bool) -> int:
        """Return the line that ends a here-document, or the end of the file."""
        while number < len(self.lines):
            line = self.text[slice(*self.lines[number])].rstrip("\r\n")
            if (line.lstrip("\t") if is_indented else line) == name:
                break
            number += 1
        return number

    def _offset(self, number: int) -> int:
        return self.lines[number][0] if number < len(self.lines) else len(self.text)


def _first(text: str, start: int, end: int) -> int:
    """Return the position of the first character that is no blank."""
    match = _BARE.search(text, start, end)
    return match.start() if match else end


def _unquoted(piece: Piece) -> Piece:
    text = piece.text
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        return Piece(piece.start + 1, piece.end - 1, text[1:-1], text[0])
    return piece
