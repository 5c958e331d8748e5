"""Python source as text that can be edited by position and written back byte for byte.

Lines end where Python's tokenizer ends them: at LF, CRLF or a lone CR, and nowhere else. The
encoding is found as PEP 263 and PEP 3120 say.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

_LINE_END = re.compile(r"\r\n|\r|\n")
_BOM = b"\xef\xbb\xbf"


class NotPython(Exception):
    """The file cannot be read as Python of this interpreter's version; the message says why."""


@lru_cache(maxsize=2)
def nodes_of(module: ast.Module) -> tuple[ast.AST, ...]:
    """Return every node of a syntax tree, those nearer to the root first.

    It is remembered for the files in hand, since every stage looks at all of them.
    """
    nodes: list[ast.AST] = [module]
    for node in nodes:
        for value in node.__dict__.values():
            if isinstance(value, list):
                nodes.extend(item for item in value if isinstance(item, ast.AST))
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                nodes.append(value)
    return tuple(nodes)


@dataclass(frozen=True, slots=True)
class Edit:
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
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
            bom = content.startswith(_BOM)
            text = content[len(_BOM) if bom else 0 :].decode("utf-8" if bom else encoding)
        except (SyntaxError, UnicodeError, LookupError) as error:
            raise NotPython(f"its encoding cannot be read: {error}") from None
        source = cls(text, "utf-8" if bom else encoding, bom)
        try:
            survives = source.encode(text) == content
        except (UnicodeError, LookupError):
            survives = False
        if not survives:
            raise NotPython(f"it does not survive decoding and encoding as {encoding}")
        return source

    def encode(self, text: str) -> bytes:
        """Return a text as this file's bytes. Raises UnicodeEncodeError."""
        return (_BOM if self.bom else b"") + text.encode(self.encoding)

    def parse(self) -> ast.Module:
        """Return the syntax tree. Raises NotPython."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(self.text)
        except SyntaxError as error:
            where = f"line {error.lineno}: " if error.lineno else ""
            raise NotPython(f"{where}{error.msg}") from None
        except (ValueError, RecursionError, MemoryError) as error:
            raise NotPython(str(error) or type(error).__name__) from None

    def fitted(self, edits: Sequence[Edit]) -> list[Edit]:
        """Return the edits as this kind of file can take them. Raises ValueError."""
        return list(edits)

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Return the file with the edits made. Raises ValueError, UnicodeEncodeError."""
        return self.encode(apply_edits(self.text, edits))

    def file_line(self, line: int) -> int:
        """Return the line of the file on which a line of the text stands."""
        return line

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; one more entry stands for the end of the text."""
        text = self.text
        if "\r" in text:
            ends = [match.end() for match in _LINE_END.finditer(text)]
        else:
            ends = list(accumulate([len(line) + 1 for line in text.split("\n")]))
            ends.pop()  # what stands behind the last line end is no line that has ended
        starts = [0, *ends]
        if starts[-1] != len(text):
            starts.append(len(text))
        return starts

    @cached_property
    def _is_ascii(self) -> bool:
        return self.text.isascii()

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
        start = self.line_starts[line - 1]
        if self._is_ascii:
            return start + column
        stop = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        content = self.text[start:stop]
        if content.isascii():
            return start + column
        return start + len(content.encode()[:column].decode(errors="ignore"))

    def span(self, node: ast.stmt | ast.expr | ast.alias) -> tuple[int, int]:
        """Return (start, end) of a node in characters."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self.offset(node.lineno, node.col_offset),
            self.offset(node.end_lineno, node.end_col_offset),
        )

    def line_bounds(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the whole lines that hold a span, final line end included."""
        before = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        match = _LINE_END.search(self.text, end)
        return before, match.end() if match else len(self.text)


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
