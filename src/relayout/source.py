"""Python source as text that can be edited by position and written back byte for byte.

Lines end where Python's tokenizer ends them: at LF, CRLF or a lone CR, and nowhere else. The
encoding is found as PEP 263 and PEP 3120 say.
"""

from __future__ import annotations

import ast
import gc
import inspect
import re
import sys
import warnings
from bisect import bisect_right
from codecs import BOM_UTF8, lookup
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, islice
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")
_NOT_ASCII = re.compile(r"[^\0-\x7f]")
_FIRST_LINES = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)?[^\r\n]*")
_ONLY_COMMENT = re.compile(rb"[ \t\f]*(?:#|$)")
_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
"""The declaration of an encoding; the pattern is the one that PEP 263 gives."""

_NO_TEXT = frozenset({"idna", "punycode"})
"""Codecs of host names: what they make of a line depends on what comes after it."""

_EXACT = frozenset({"utf-8", "ascii", "iso8859-1"})
"""Encodings in which two byte strings are never the same text."""

_SMALL = 50
"""So many nodes at most are asked for their code; it is deep enough for any name and short call."""

_ROOM = 900
"""Calls that a parser may nest; less than what an interpreter has by default."""


class NotPython(Exception):
    """The file cannot be read as Python of this interpreter's version; the message says why."""


def newline_of(text: str) -> str:
    """Return how the lines of a text end: with CRLF if one does, else with LF."""
    return "\r\n" if "\r\n" in text else "\n"


@lru_cache(maxsize=2)
def nodes_of(module: ast.Module) -> tuple[ast.AST, ...]:
    """Return every node of a syntax tree, those nearer to the root first.

    It is remembered for the files in hand, since every stage looks at all of them.
    """
    return tuple(nodes_in(module))


def nodes_in(root: ast.AST) -> list[ast.AST]:
    """Return a node and every node in it, those nearer to it first.

    Contexts, such as that of a name that is loaded, are not among them.
    """
    nodes: list[ast.AST] = [root]
    for node in nodes:
        for value in node.__dict__.values():
            if isinstance(value, list):
                nodes.extend(item for item in value if isinstance(item, ast.AST))
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                nodes.append(value)
    return nodes


def code_of(node: ast.AST) -> str:
    """Return the code of a small node, or an empty string for one of many nodes.

    ``ast.unparse`` calls itself for what is inside, and so fails for what is nested deeply.
    """
    is_small = next(islice(ast.walk(node), _SMALL, None), None) is None
    return ast.unparse(node) if is_small else ""


def last_name(node: ast.AST) -> str:
    """Return the name that a name or attribute ends in; empty for other expressions."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def dotted_name(node: ast.expr) -> str:
    """Return a name, or a chain of attributes of one, as text; empty for other expressions."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def holders(root: ast.AST, wanted: Callable[[ast.AST], bool]) -> set[int]:
    """Return the ids of the nodes of a tree that are wanted, or hold one that is at any depth."""
    found: set[int] = set()
    for node in reversed(tuple(ast.walk(root))):
        if wanted(node) or any(id(child) in found for child in ast.iter_child_nodes(node)):
            found.add(id(node))
    return found


class Edit(NamedTuple):
    """Replace the characters ``start`` to ``end`` of a text; ``kind`` says what the edit is for."""

    start: int
    end: int
    replacement: str
    kind: str


@dataclass(frozen=True)
class Source:
    """A decoded Python file."""

    text: str
    encoding: str
    bom: bool

    @classmethod
    def decode(cls, content: bytes) -> Source:
        """Decode a file. Raises NotPython if its encoding cannot be told or does not fit."""
        bom = content.startswith(BOM_UTF8)
        declared = _declared_encoding(content[len(BOM_UTF8) :] if bom else content)
        if bom and declared != "utf-8":
            raise NotPython(f"its encoding cannot be read: {declared}, with a mark of UTF-8")
        try:
            encoding = lookup(declared).name
            text = (content[len(BOM_UTF8) :] if bom else content).decode(declared)
        except (UnicodeError, LookupError) as error:
            raise NotPython(f"its encoding cannot be read: {error}") from None
        source = cls(text, declared, bom)
        if encoding not in _EXACT and not source._survives(content, encoding):
            raise NotPython(f"it does not survive decoding and encoding as {declared}")
        return source

    def _survives(self, content: bytes, encoding: str) -> bool:
        """Tell whether encoding the text gives the file's bytes again."""
        try:
            return encoding not in _NO_TEXT and self.encode(self.text) == content
        except UnicodeError:
            return False

    def encode(self, text: str) -> bytes:
        """Return a text as this file's bytes. Raises UnicodeEncodeError."""
        return (BOM_UTF8 if self.bom else b"") + text.encode(self.encoding)

    def parse(self) -> ast.Module:
        """Return the syntax tree. Raises NotPython."""
        try:
            with warnings.catch_warnings(), _no_collection(), _same_room():
                warnings.simplefilter("ignore")
                return ast.parse(self.text)
        except SyntaxError as error:
            where = f"line {error.lineno}: " if error.lineno else ""
            raise NotPython(f"{where}{error.msg}") from None
        except (RecursionError, MemoryError):
            raise NotPython("it is nested too deeply for this Python's parser") from None
        except ValueError as error:
            raise NotPython(str(error)) from None

    def fitted(self, edits: Sequence[Edit]) -> list[Edit]:
        """Return the edits as this kind of file can take them. Raises ValueError."""
        return list(edits)

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Return the file with the edits made. Raises ValueError, UnicodeEncodeError."""
        return self.encode(apply_edits(self.text, edits))

    def is_code(self, start: int, end: int) -> bool:
        """Tell whether what stands from ``start`` to ``end`` is the file's own code."""
        return 0 <= start <= end <= len(self.text)

    def file_line(self, line: int) -> int:
        """Return the line of the file on which a line of the text stands."""
        return line

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; one more entry stands for the end of the text."""
        if "\r" in self.text:
            starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        else:
            lengths = map(len, self.text.split("\n"))
            starts = [0, *accumulate(map((1).__add__, lengths))]
            starts.pop()
        if starts[-1] != len(self.text):
            starts.append(len(self.text))
        return starts

    def lines_of(self, pattern: re.Pattern[str]) -> list[int]:
        """Return the lines (from 1) on which a match of the pattern begins, in order, each once."""
        places = [match.start() for match in pattern.finditer(self.text)]
        starts = self.line_starts if places else []
        return list(dict.fromkeys([bisect_right(starts, place) for place in places]))

    @property
    def newline(self) -> str:
        """The line end that the file uses first, or LF."""
        match = _LINE_END.search(self.text)
        return match.group() if match else "\n"

    def offset(self, line: int, column: int) -> int:
        """Return the offset in characters of an ``ast`` position (line from 1, UTF-8 column)."""
        try:
            start = self.line_starts[line - 1]
        except IndexError:  # in formatted strings, positions are not exact before Python 3.12
            return len(self.text)
        return start + (column if self._is_ascii else self._characters(line, column))

    def span(self, node: ast.stmt | ast.expr | ast.alias) -> tuple[int, int]:
        """Return (start, end) of a node in characters."""
        end_line, end_column = node.end_lineno, node.end_col_offset
        assert end_line is not None
        assert end_column is not None
        return self.offset(node.lineno, node.col_offset), self.offset(end_line, end_column)

    @cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

    @cached_property
    def _wide(self) -> dict[int, tuple[list[int], list[int]]]:
        """Of lines that were asked for: the UTF-8 columns behind characters of several bytes.

        Beside them, by how much a column is ahead of the character there.
        """
        return {}

    def _characters(self, line: int, column: int) -> int:
        """Return how many characters of a line stand before a UTF-8 column."""
        if line not in self._wide:
            self._wide[line] = self._wide_characters(line)
        ends, ahead = self._wide[line]
        return column - ahead[bisect_right(ends, column)]

    def _wide_characters(self, line: int) -> tuple[list[int], list[int]]:
        start = self.line_starts[line - 1]
        stop = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        ends: list[int] = []
        ahead = [0]
        for match in _NOT_ASCII.finditer(self.text, start, stop):
            ahead.append(ahead[-1] + len(match.group().encode(errors="surrogatepass")) - 1)
            ends.append(match.end() - start + ahead[-1])
        return ends, ahead

    def line_bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the whole lines that hold a span, final line end included."""
        starts = self.line_starts
        is_open = bool(self.text) and self.text[-1] not in "\r\n"
        first = bisect_right(starts, start, hi=len(starts) - is_open) - 1
        after = bisect_right(starts, end)
        return starts[first], starts[after] if after < len(starts) else len(self.text)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the collector from looking, over and over, at a tree of which everything stays."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _same_room() -> Iterator[None]:
    """Let a parser nest as deeply as ever, however deep in calls it is called itself.

    Before Python 3.12 it shares a limit with those calls; whether a file can be read would depend
    on who asks, and on the number of workers.
    """
    limit = sys.getrecursionlimit()
    calls = 0
    frame = inspect.currentframe()
    while frame is not None:
        calls += 1
        frame = frame.f_back
    sys.setrecursionlimit(calls + _ROOM)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _declared_encoding(content: bytes) -> str:
    """Return the encoding that one of the first two lines declares, or UTF-8.

    The second line counts only if the first is empty or a comment (PEP 263).
    """
    head = _FIRST_LINES.match(content)
    if head is None or b"coding" not in head.group():
        return "utf-8"
    lines = head.group().splitlines()
    if len(lines) > 1 and not _ONLY_COMMENT.match(lines[0]):
        lines.pop()
    for line in lines:
        cookie = _COOKIE.match(line)
        if cookie:
            return _without_suffix(cookie.group(1).decode("ascii"))
    return "utf-8"


def _without_suffix(name: str) -> str:
    """Return the name of an encoding without what Emacs adds to it, as in ``utf-8-unix``.

    The interpreter takes it off the names of UTF-8 and Latin-1
    (https://docs.python.org/3/library/tokenize.html#tokenize.detect_encoding).
    """
    plain = f"{name.lower().replace('_', '-')}-"
    if plain.startswith("utf-8-"):
        return "utf-8"
    latin = plain.startswith(("latin-1-", "iso-8859-1-", "iso-latin-1-"))
    return "iso-8859-1" if latin else name


def starts_after(edits: Sequence[Edit]) -> Iterator[tuple[Edit, int]]:
    """Yield the edits of a text in order, each with where its replacement begins after all."""
    shift = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        yield edit, edit.start + shift
        shift += len(edit.replacement) - (edit.end - edit.start)


def line_at(text: str, offset: int) -> int:
    """Return the line, from 1, in which the character at an offset stands."""
    return text.count("\n", 0, offset) + 1


def line_changes(text: str, edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Return the lines in which edits begin that add or remove lines, and by how many."""
    found = []
    for edit in edits:
        by = edit.replacement.count("\n") - text.count("\n", edit.start, edit.end)
        if by:
            found.append((line_at(text, edit.start), by))
    return found


def line_after(line: int, changes: Sequence[tuple[int, int]]) -> int:
    """Return where a line is after the edits that :func:`line_changes` was asked about."""
    return line + sum(by for begins, by in changes if begins < line)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with the edits made. Raises ValueError if two of them overlap."""
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < position:
            raise ValueError(f"two edits overlap at {edit.start}")
        pieces += [text[position : edit.start], edit.replacement]
        position = edit.end
    return "".join([*pieces, text[position:]])
