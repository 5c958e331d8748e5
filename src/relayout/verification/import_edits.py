"""The proof for edits of import statements, without comparing whole syntax trees.

Python's grammar (https://docs.python.org/3/reference/grammar.html) knows no context: where a
complete import statement is replaced by complete import statements of the same body, and no other
character changes, the rest of the file is parsed as before. So it is enough to know where the
import statements of both files stand, which their parses have said.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from relayout.inventory.python import ImportStatement, PythonFile
from relayout.source import Edit, Source, apply_edits

_BETWEEN = re.compile(r"(?:[ \t\f;\r\n]|\\\r?\n|\\\r|#[^\r\n]*)*")
"""What may stand between two statements of one body."""
_NO_CODE = re.compile(r"[ \t\f]*(?:#|\r|\n|\Z)")
"""The rest of a line that has no code."""


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    run: int


def unexplained_import_edit(
    old: Source, before: PythonFile, new: Source, after: PythonFile, edits: Sequence[Edit]
) -> str:
    """Return what is wrong with edits that should change import statements only, or nothing.

    ``before`` and ``after`` are the facts about the two texts.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    try:
        if apply_edits(old.text, ordered) != new.text:
            return "it is not what the recorded edits make of it"
    except ValueError as error:
        return str(error)
    regions = _regions(_places(old, before.statements), ordered)
    if isinstance(regions, str):
        return regions
    places = _places(new, after.statements)
    for start, end in regions:
        if not _holds_imports_only(new.text, start, end, places):
            line = bisect_right(new.line_starts, start)
            return f"line {line}: an edit of an import gave something else than imports"
    return ""


def _places(source: Source, statements: Sequence[ImportStatement]) -> list[_Place]:
    return [
        _Place(
            source.offset(statement.line, statement.column),
            source.offset(statement.end_line, statement.end_column),
            statement.run,
        )
        for statement in statements
    ]


def _regions(places: Sequence[_Place], edits: Sequence[Edit]) -> list[tuple[int, int]] | str:
    """Return, in the new text, the bounds of every import statement that edits have changed.

    What an edit adds on the line where a statement ends belongs to the statement before. Returns
    what is wrong if an edit lies elsewhere.
    """
    starts = [place.start for place in places]
    regions: dict[int, tuple[int, int]] = {}
    shift = 0
    for edit in edits:
        index = bisect_right(starts, edit.start) - 1
        if index < 0:
            return f"an edit at {edit.start} is in front of all imports"
        place = places[index]
        grown = len(edit.replacement) - (edit.end - edit.start)
        if index in regions:
            start, end = regions[index]
        else:
            start, end = place.start + shift, place.end + shift
        if edit.end <= place.end:
            regions[index] = (start, end + grown)
        elif edit.start == edit.end and edit.start >= place.end:
            regions[index] = (start, edit.start + shift + grown)
        else:
            return f"an edit at {edit.start} is in no import"
        shift += grown
    return list(regions.values())


def _holds_imports_only(text: str, start: int, end: int, places: Sequence[_Place]) -> bool:
    """Tell whether a region has import statements of one body, and nothing else but comments."""
    first = bisect_left([place.start for place in places], start)
    inside = [place for place in places[first:] if place.start < end]
    if not inside or inside[0].start != start or inside[-1].end > end:
        return False
    if len({place.run for place in inside}) != 1:
        return False
    if _BETWEEN.fullmatch(text, inside[-1].end, end) is None:
        return False
    last_line = text[inside[-1].end : end].replace("\r", "\n").rpartition("\n")[2]
    if "#" in last_line and not _NO_CODE.match(text, end):
        return False  # the comment goes on over what was code
    gaps = pairwise(inside)
    return all(_BETWEEN.fullmatch(text, a.end, b.start) is not None for a, b in gaps)
