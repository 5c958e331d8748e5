"""Edits of the code that a docstring shows, placed in the file that holds the docstring."""

from __future__ import annotations

from collections.abc import Sequence

from relayout.inventory.docstring_code import DocstringCode
from relayout.inventory.string_literals import Literal
from relayout.source import Edit, Source, apply_edits, line_at, starts_after

KIND = "example"


def place_edits(code: DocstringCode, literal: Literal, edits: Sequence[Edit]) -> list[Edit] | None:
    """Return edits of the code as edits of the file; None if the literal cannot hold them.

    A line that is added gets the indentation and the prompt of its neighbours, and the options of
    the doctest that it comes from. Raises NotPython if the code would be none.
    """
    after = apply_edits(code.text, edits)
    first_lines = {node.lineno for node in Source(after, "utf-8", False).parse().body}
    placed = []
    for edit, begins in starts_after(edits):
        number = line_at(after, begins)
        lines = _with_prompts(code, edit, number, first_lines)
        removes_line = code.text[edit.start : edit.end].endswith("\n")
        if removes_line or not _can_hold(literal, lines):
            return None
        start = literal.offsets[code.in_value(edit.start)]
        end = literal.offsets[code.in_value(edit.end)]
        placed.append(Edit(start, end, (literal.line_end or "").join(lines), KIND))
    return placed


def _with_prompts(code: DocstringCode, edit: Edit, number: int, first_lines: set[int]) -> list[str]:
    """Return the lines of a replacement as the docstring writes them.

    ``number`` is the line of the code after all edits on which the replacement begins, and
    ``first_lines`` are those on which statements begin.
    """
    line = code.lines[code.number_at(edit.start)]
    before = code.text[: edit.start].rpartition("\n")[2]
    behind = code.text[edit.end :].partition("\n")[0]
    pieces = edit.replacement.split("\n")
    lines = []
    for position, piece in enumerate(pieces):
        is_first, is_last = position == 0, position == len(pieces) - 1
        begins = number + position in first_lines
        whole = f"{before if is_first else ''}{piece}{behind if is_last else ''}"
        text = piece
        can_end = not is_last or not behind.strip()
        if len(pieces) > 1 and begins and can_end and line.directive not in whole:
            text = f"{piece}  {line.directive}"
        if not is_first:
            text = f"{line.prefix if begins else line.continued}{text}"
        lines.append(text)
    return lines


def _can_hold(literal: Literal, lines: Sequence[str]) -> bool:
    """Tell whether a literal can have these lines in it as they are."""
    if len(lines) > 1 and literal.line_end is None:
        return False
    return not any("\\" in line or literal.quote[0] in line for line in lines)
