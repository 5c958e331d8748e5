"""The strings of HCL, the language of Terraform, with the call or the argument that they are for.

The grammar is that of https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md: quoted
templates and here-documents, with expressions in ``${...}`` and ``%{...}`` that hold strings again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LARGEST = 1_000_000
_DEEPEST = 200

_SKIPPED = re.compile(r"[^\S\n]+|#[^\n]*|//[^\n]*")
_NAME = re.compile(r"[^\W\d][\w-]*(?:(?:\.|::)[^\W\d][\w-]*)*")
_HEREDOC = re.compile(r"<<(?P<flush>-?)(?P<name>[^\W\d][\w-]*)\r?\n")
_IN_QUOTES = re.compile(r'\$\$\{|%%\{|[$%]\{|\\.|"|\n')
_IN_HEREDOC = re.compile(r"\$\$\{|%%\{|[$%]\{")


@dataclass(frozen=True, slots=True)
class HclString:
    """A string: the characters ``start`` to ``end``, without quotes or the marks of a document.

    ``call`` is the function whose argument number ``position`` it is; ``key`` the argument of a
    block, or the key of an object, that it is the value of, alone or in a list. ``block`` has the
    words that its block begins with. ``number`` is that of the block, in order.
    """

    start: int
    end: int
    text: str
    key: str = ""
    call: str = ""
    position: int = 0
    block: tuple[str, ...] = ()
    number: int = 0
    in_list: bool = False
    before: str = ""
    """What the argument before it in the same call is, as it is written."""


class _Broken(Exception):
    """The text is no HCL."""


@dataclass(slots=True)
class _Frame:
    """What is open: a bracket, or a template (a quote or a here-document) that goes to ``stop``."""

    kind: str
    start: int = 0
    stop: int = 0
    key: str = ""
    call: str = ""
    position: int = 0
    block: tuple[str, ...] = ()
    number: int = 0
    words: list[str] = field(default_factory=list)
    """The names and strings since the statement began."""
    argument: int = 0
    """Where the current argument of a call begins."""
    before: str = ""


def strings_of(text: str) -> list[HclString]:
    """Return the strings of a text in order of their ends; none of what is no HCL, or is data."""
    if len(text) > _LARGEST:
        return []
    try:
        return _Reader(text).read()
    except _Broken:
        return []


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[HclString] = []
        self.stack = [_Frame("{")]
        self.blocks = 0

    def read(self) -> list[HclString]:
        """Return the strings. Raises _Broken."""
        position = 0
        while position < len(self.text):
            top = self.stack[-1]
            if len(self.stack) > _DEEPEST:
                raise _Broken
            if top.kind == '"':
                position = self._in_quotes(position, top)
            elif top.kind == "<<":
                position = self._in_document(position, top)
            else:
                position = self._in_code(position, top)
        if len(self.stack) > 1:
            raise _Broken
        return self.found

    def _in_quotes(self, position: int, top: _Frame) -> int:
        match = _IN_QUOTES.search(self.text, position)
        if match is None or match[0] == "\n":
            raise _Broken
        if match[0] == '"':
            self._close_string(top, match.start(), match.end())
        elif match[0] in ("${", "%{"):
            self.stack.append(_Frame("${", start=match.end()))
        return match.end()

    def _in_document(self, position: int, top: _Frame) -> int:
        match = _IN_HEREDOC.search(self.text, position, top.start + top.stop)
        if match is None:
            end = top.start + top.stop
            self._close_string(top, end, end)
            line = self.text.find("\n", end + 1)
            return len(self.text) if line < 0 else line
        if match[0] in ("${", "%{"):
            self.stack.append(_Frame("${", start=match.end()))
        return match.end()

    def _close_string(self, top: _Frame, end: int, after: int) -> None:
        self.stack.pop()
        outer = self.stack[-1]
        holder, key, in_list = self._holder()
        self.found.append(
            HclString(
                top.start,
                end,
                self.text[top.start : end],
                key=key,
                call=outer.call if outer.kind == "(" else "",
                position=outer.position,
                block=holder.block,
                number=holder.number,
                in_list=in_list,
                before=outer.before,
            )
        )
        if outer.kind == "{":
            outer.words.append(self.text[top.start : end])

    def _holder(self) -> tuple[_Frame, str, bool]:
        """Return the body that the current place is in, and the key that it is the value of.

        The key is empty if more than a list stands between them.
        """
        in_list = False
        for frame in reversed(self.stack):
            if frame.kind == "{":
                return frame, frame.key, in_list
            if frame.kind != "[":
                break
            in_list = True
        body = next(f for f in reversed(self.stack) if f.kind == "{")
        return body, "", False

    def _in_code(self, position: int, top: _Frame) -> int:
        text = self.text
        skipped = _SKIPPED.match(text, position)
        if skipped:
            return skipped.end()
        if text.startswith("/*", position):
            return self._after_comment(position)
        letter = text[position]
        if letter == '"':
            self.stack.append(_Frame('"', start=position + 1))
            return position + 1
        heredoc = _HEREDOC.match(text, position)
        if heredoc:
            return self._document(heredoc)
        name = _NAME.match(text, position)
        if name:
            return self._name(name, top)
        if letter in "([{":
            return self._open(letter, position, top)
        if letter in ")]}":
            return self._close(letter, position, top)
        if letter == "\n" and top.kind == "{":
            top.words, top.key = [], ""
        elif letter == "," and top.kind == "(":
            top.before = text[top.argument : position].strip()
            top.position, top.argument = top.position + 1, position + 1
        elif letter == "," and top.kind == "{":
            top.words, top.key = [], ""
        elif letter in "=:" and top.kind == "{" and not top.key and len(top.words) == 1:
            top.key, top.words = top.words[0], []
        return position + 1

    def _after_comment(self, position: int) -> int:
        end = self.text.find("*/", position + 2)
        if end < 0:
            raise _Broken
        return end + 2

    def _document(self, match: re.Match[str]) -> int:
        """Open a here-document, which ends before the line that has only its name."""
        ends = re.compile(rf"^[ \t]*{re.escape(match['name'])}[ \t]*\r?$", re.MULTILINE)
        last = ends.search(self.text, match.end())
        if last is None:
            raise _Broken
        stop = last.start() - match.end()
        self.stack.append(_Frame("<<", start=match.end(), stop=stop))
        return match.end()

    def _name(self, match: re.Match[str], top: _Frame) -> int:
        if top.kind == "{":
            top.words.append(match[0])
        after = match.end()
        if self.text.startswith("(", after):
            frame = _Frame("(", call=match[0], argument=after + 1)
            self.stack.append(frame)
            return after + 1
        return after

    def _open(self, letter: str, position: int, top: _Frame) -> int:
        frame = _Frame(letter, argument=position + 1)
        if letter == "{":
            self.blocks += 1
            holder = next(f for f in reversed(self.stack) if f.kind == "{")
            is_block = top.kind == "{" and top.words and not top.key
            frame.block = (*holder.block, *top.words) if is_block else ("=",)
            frame.number = self.blocks
            top.words = []
        self.stack.append(frame)
        return position + 1

    def _close(self, letter: str, position: int, top: _Frame) -> int:
        kind = (
            "${" if letter == "}" and top.kind == "${" else {")": "(", "]": "[", "}": "{"}[letter]
        )
        if top.kind != kind or len(self.stack) == 1:
            raise _Broken
        self.stack.pop()
        return position + 1
