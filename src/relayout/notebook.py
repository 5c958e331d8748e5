"""Jupyter notebooks as Python: the code cells are the text, and the rest of the JSON stays.

The format is https://nbformat.readthedocs.io/en/latest/format_description.html, version 4, and
version 3 with its worksheets. A cell that is no Python counts as empty, and so does every cell of
a notebook in another language.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from relayout.ipython import Cell, read_cell
from relayout.json_spans import (
    NotJson,
    Span,
    elements,
    escapes_all,
    members,
    units,
    value_at,
    whole,
    written,
)
from relayout.source import Edit, NotPython, Source, apply_edits

SUFFIX = ".ipynb"

_BETWEEN = "\n\n"
"""What stands between the cells in a notebook's text."""

_LINE_END = r"\n"
"""How the end of a line is written in JSON."""

_BOM = b"\xef\xbb\xbf"
_MARK = "\ufeff"
_BLANK_LINES_BEFORE = re.compile(r"(?:(?:\r\n|\r|\n)[ \t]*)+\Z")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")


def is_notebook(path: str) -> bool:
    """Tell whether a path is that of a notebook."""
    return path.endswith(SUFFIX)


def read_source(path: str, content: bytes) -> Source:
    """Return a file of Python code: a notebook or a module. Raises NotPython."""
    return Notebook.decode(content) if is_notebook(path) else Source.decode(content)


@dataclass(frozen=True, slots=True)
class CodeCell:
    """A code cell: where its source stands in the JSON, and where its code stands in the text."""

    span: Span
    position: int
    cell: Cell

    @property
    def end(self) -> int:
        """The end of the cell's code in the notebook's text."""
        return self.position + len(self.cell.text)


@dataclass(frozen=True, slots=True)
class Magic:
    """A part of a cell that is not Python, or a cell that cannot be read: ``error`` says why.

    ``lines`` are those of the notebook's file on which the lines of the text stand.
    """

    lines: tuple[int, ...]
    text: str
    error: str | None = None

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.lines[0]


@dataclass(frozen=True)
class Notebook(Source):
    """A notebook: ``text`` is what its code cells mean in Python, ``document`` is the JSON."""

    document: str
    cells: tuple[CodeCell, ...]

    @classmethod
    def decode(cls, content: bytes) -> Notebook:
        """Read a notebook. Raises NotPython if it is no JSON, or no notebook."""
        bom = content.startswith(_BOM)
        try:
            document = content[len(_BOM) if bom else 0 :].decode("utf-8")
            sources = _code(document)
        except UnicodeDecodeError as error:
            raise NotPython(f"it is not encoded in UTF-8: {error.reason}") from None
        except NotJson as error:
            raise NotPython(f"it is no notebook: {error}") from None
        cells: list[CodeCell] = []
        position = 0
        for span, source in sources:
            cells.append(CodeCell(span, position, read_cell(source)))
            position = cells[-1].end + len(_BETWEEN)
        text = "".join(f"{cell.cell.text}{_BETWEEN}" for cell in cells)
        return cls(text, "utf-8", bom, document, tuple(cells))

    @cached_property
    def magics(self) -> list[Magic]:
        """What is not Python in the code cells, in order."""
        found: list[Magic] = []
        for cell in self.cells:
            for piece in cell.cell.magics:
                text = cell.cell.source[piece.start : piece.end]
                starts = [0, *(match.end() for match in re.finditer("\n", text))]
                lines = tuple(self._line_of(cell, piece.start + start) for start in starts)
                found.append(Magic(lines, text, cell.cell.error if not piece.text else None))
        return found

    @property
    def outside(self) -> list[str]:
        """Everything that no edit may change: the JSON around the code, and what is not Python."""
        starts = [0, *(cell.span[1] for cell in self.cells)]
        ends = [*(cell.span[0] for cell in self.cells), len(self.document)]
        around = [self.document[start:end] for start, end in zip(starts, ends, strict=True)]
        return around + [
            cell.cell.source[piece.start : piece.end]
            for cell in self.cells
            for piece in cell.cell.magics
        ]

    @property
    def magic_spans(self) -> list[Span]:
        """Where in the text the calls stand that mean what is not Python."""
        found: list[Span] = []
        for cell in self.cells:
            position = cell.position
            for piece in cell.cell.pieces:
                end = position + len(piece.text)
                if not cell.cell.is_plain(piece):
                    found.append((position, end))
                position = end
        return found

    def with_document_edits(self, edits: Sequence[Edit]) -> Notebook:
        """Return the notebook with edits of the file's characters made. Raises NotPython."""
        if not edits:
            return self
        return Notebook.decode(
            apply_edits(f"{_MARK if self.bom else ''}{self.document}", edits).encode()
        )

    # -- lines

    def file_line(self, line: int) -> int:
        """Return the line of the file on which a line of the text begins."""
        offset = self.line_starts[line - 1]
        cell = next((c for c in reversed(self.cells) if c.position <= offset), None)
        if cell is None:
            return line
        return self._line_of(cell, _in_cell(cell, min(offset, cell.end)))

    def _line_of(self, cell: CodeCell, offset: int) -> int:
        """Return the line of the file on which a character of a cell stands."""
        starts, lines = self._element_lines[cell.position]
        return lines[max(0, bisect_right(starts, offset) - 1)]

    @cached_property
    def _element_lines(self) -> dict[int, tuple[list[int], list[int]]]:
        """Of each cell, by its position: where the parts of its source begin, and on which lines.

        A source is one text, or a list of them.
        """
        found: dict[int, tuple[list[int], list[int]]] = {}
        for cell in self.cells:
            spans = elements(self.document, cell.span)
            lengths = [len(value_at(self.document, span)) for span in spans]
            starts = [0, *accumulate(lengths)][: max(1, len(spans))]
            places = [span[0] for span in spans] or [cell.span[0]]
            lines = [bisect_left(self._line_ends, place) + 1 for place in places]
            found[cell.position] = (starts, lines)
        return found

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.document)]

    # -- edits

    def is_code(self, start: int, end: int) -> bool:
        """Tell whether a part of the text stands in a cell, and not for a magic."""
        for cell in self.cells:
            position = cell.position
            for piece in cell.cell.pieces if position <= start <= cell.end else ():
                if position <= start and end <= position + len(piece.text):
                    return cell.cell.is_plain(piece)
                position += len(piece.text)
        return False

    def fitted(self, edits: Sequence[Edit]) -> list[Edit]:
        """Return the edits cut to the cells: none reaches into the space between.

        A cell neither begins nor ends with blank lines that it did not begin or end with before.
        Raises ValueError for an edit that cannot be made in one cell, or of what is no Python.
        """
        result: list[Edit] = []
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            inside = [c for c in self.cells if c.position <= edit.end and edit.start <= c.end]
            if edit.replacement:
                inside = [c for c in inside if edit.start >= c.position][-1:]
                if not inside or self.text[inside[0].end : edit.end].strip():
                    raise ValueError("an edit lies between two cells")
            for cell in inside:
                start, end = max(edit.start, cell.position), min(edit.end, cell.end)
                if not edit.replacement:
                    start, end = self._tidied(cell, start, end)
                    start = max(start, result[-1].end) if result else start
                if start < end or edit.replacement:
                    result.append(Edit(start, end, edit.replacement, edit.kind))
        return result

    def _tidied(self, cell: CodeCell, start: int, end: int) -> Span:
        """Widen a removal at the start or the end of a cell over the blank lines beside it."""
        if start == end:
            return start, end
        if start == cell.position:
            blank = _BLANK_LINES.match(self.text, end, cell.end)
            return start, blank.end() if blank else end
        if end == cell.end and not self.text[cell.position : cell.end].endswith(("\n", "\r")):
            blank = _BLANK_LINES_BEFORE.search(self.text[cell.position : start])
            return (cell.position + blank.start() if blank else start), end
        return start, end

    def edited(self, edits: Sequence[Edit]) -> bytes:
        """Return the notebook with the edits made. Raises ValueError if they do not fit."""
        expected = apply_edits(self.text, edits)
        pieces: list[str] = []
        position = 0
        for cell in self.cells:
            own = [e for e in edits if cell.position <= e.start and e.end <= cell.end]
            if own:
                source = self._edited_source(cell, own)
                pieces += [self.document[position : cell.span[0]], source]
                position = cell.span[1]
        content = self.encode("".join([*pieces, self.document[position:]]))
        result = Notebook.decode(content)
        if result.text != expected or result.outside != self.outside:
            raise ValueError("the cells would not be what the edits say")
        return content

    def _edited_source(self, cell: CodeCell, edits: Sequence[Edit]) -> str:
        """Return the JSON of a cell's source with the edits made."""
        is_text = self.document[cell.span[0]] == '"'
        parts = [cell.span] if is_text else elements(self.document, cell.span)
        old = _units(self.document, parts)
        escaped = escapes_all(self.document)
        new: list[_Unit] = []
        position = 0
        for edit in sorted(edits, key=lambda e: (e.start, e.end)):
            start = end = _in_cell(cell, edit.start)
            if edit.end > edit.start:
                end = _in_cell(cell, edit.end, first=True)
            new += old[position:start]
            new += [(unit, unit == _LINE_END) for unit in written(edit.replacement, escaped)]
            position = end
        new += old[position:]
        if is_text:
            return '"' + "".join(unit for unit, _ in new) + '"'
        return _array(self.document, cell.span, parts, _lines(new))


def _in_cell(cell: CodeCell, offset: int, first: bool = False) -> int:
    """Return the place in a cell's source of a place in the text.

    Where what is no Python stands for nothing, it is the place behind that, or the ``first``.
    Raises ValueError for a place inside of what is no Python.
    """
    position = cell.position
    places: list[int] = []
    for piece in cell.cell.pieces:
        end = position + len(piece.text)
        if position <= offset <= end:
            if cell.cell.is_plain(piece):
                places.append(piece.start + offset - position)
            else:
                places += [piece.start] * (offset == position) + [piece.end] * (offset == end)
        position = end
    if not places:
        raise ValueError("an edit reaches into what is no Python")
    return places[0] if first else places[-1]


_Unit: TypeAlias = tuple[str, bool]
"""How a character is written in the JSON, and whether a line of the array ends with it."""


def _units(document: str, parts: Sequence[Span]) -> list[_Unit]:
    found: list[_Unit] = []
    for part in parts:
        written_as = units(document, part)
        is_line = part is not parts[-1] or written_as[-1:] == [_LINE_END]
        found += [(unit, False) for unit in written_as[:-1]]
        found += [(unit, is_line) for unit in written_as[-1:]]
    return found


def _lines(characters: Sequence[_Unit]) -> list[str]:
    lines: list[list[str]] = [[]]
    for unit, ends in characters:
        lines[-1].append(unit)
        if ends:
            lines.append([])
    return ['"' + "".join(line) + '"' for line in lines if line]


def _array(document: str, span: Span, parts: Sequence[Span], literals: Sequence[str]) -> str:
    """Return an array of lines, laid out as the one that stands in the document."""
    if not literals:
        return "[]"
    if not parts:
        return f"[{', '.join(literals)}]"
    opening, closing = document[span[0] : parts[0][0]], document[parts[-1][1] : span[1]]
    separator = f",{opening[1:] or ' '}"
    if len(parts) > 1:
        separator = document[parts[0][1] : parts[1][0]]
    return f"{opening}{separator.join(literals)}{closing}"


# -- the format


def _code(document: str) -> list[tuple[Span, str]]:
    """Return the source of each code cell, and where it stands. Raises NotJson."""
    top = members(document, whole(document))
    if "cells" in top:
        found = elements(document, top["cells"])
        key = "source"
    elif "worksheets" in top:
        worksheets = elements(document, top["worksheets"])
        cells = [members(document, worksheet).get("cells") for worksheet in worksheets]
        found = [cell for array in cells for cell in elements(document, array)]
        key = "input"
    else:
        raise NotJson("it has no cells")
    if not _is_python(document, top.get("metadata")):
        return []
    return list(_sources(document, found, key))


def _sources(document: str, cells: Sequence[Span], key: str) -> Iterator[tuple[Span, str]]:
    for span in cells:
        cell = members(document, span)
        if value_at(document, cell.get("cell_type")) != "code" or key not in cell:
            continue
        source = value_at(document, cell[key])
        lines = [source] if isinstance(source, str) else source
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            raise NotJson("a cell's source is neither a text nor a list of lines")
        if value_at(document, cell.get("language")) in (None, "python"):
            yield cell[key], "".join(lines)


def _is_python(document: str, metadata: Span | None) -> bool:
    """Tell whether a notebook's kernel runs Python; one that names no kernel is taken to be so."""
    named = members(document, metadata)
    kernel = members(document, named.get("kernelspec"))
    language = members(document, named.get("language_info"))
    for place in (kernel.get("language"), language.get("name"), kernel.get("name")):
        name = value_at(document, place)
        if isinstance(name, str):
            return name.lower().startswith(("python", "ipython"))
    return True
