"""The proof for edits of import statements, without comparing whole syntax trees.

Python's grammar (https://docs.python.org/3/reference/grammar.html) knows no context: where a
complete import statement is replaced by complete import statements of the same body, and no other
character changes, the rest of the file is parsed as before. So it is enough to know where the
import statements of both files stand, which their parses have said.

What follows must be read as before too: an edit may not end in a comment that swallows the rest of
its line, nor break or indent a line that goes on with other code. Lines and indentation are what
the tokenizer adds to the grammar (https://docs.python.org/3/reference/lexical_analysis.html).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from relayout.inventory.python import ImportStatement, PythonFile
from relayout.source import Edit, Source, apply_edits

_BETWEEN = re.compile(r"(?:[ \t\f;\r\n]|\\\r?\n|\\\r|#[^\r\n]*)*")
"""What may stand between two statements of one body."""

_ENDS_LINE = re.compile(r"[ \t\f]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
"""The rest of a line on which no code follows."""


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    run: int


@dataclass(frozen=True, slots=True)
class _Region:
    """What became of one import statement: its bounds, and what was between it and ``old_end``."""

    start: int
    end: int
    old_end: int
    behind: str


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
    regions = _regions(old.text, _places(old, before.statements), ordered)
    if isinstance(regions, str):
        return regions
    places = _places(new, after.statements)
    for region in regions:
        inside = _imports_within(new.text, region, places)
        if not inside:
            line = bisect_right(new.line_starts, region.start)
            return f"line {line}: an edit of an import gave something else than imports"
        if not _rest_is_read_as_before(old.text, new.text[inside[-1].end : region.end], region):
            line = bisect_right(new.line_starts, region.end)
            return f"line {line}: an edit of an import changes how the code behind it is read"
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


def _regions(text: str, places: Sequence[_Place], edits: Sequence[Edit]) -> list[_Region] | str:
    """Return, in the new text, the bounds of every import statement that edits have changed.

    What an edit adds behind a statement belongs to the statement before. Returns what is wrong if
    an edit lies elsewhere. ``text`` is the old one.
    """
    starts = [place.start for place in places]
    regions: dict[int, _Region] = {}
    shift = 0
    for edit in edits:
        index = bisect_right(starts, edit.start) - 1
        if index < 0:
            return f"an edit at {edit.start} is in front of all imports"
        place = places[index]
        grown = len(edit.replacement) - (edit.end - edit.start)
        known = regions.get(index) or _Region(place.start + shift, place.end + shift, place.end, "")
        if edit.end <= place.end:
            end, old_end = known.end + grown, place.end
        elif edit.start == edit.end and edit.start >= place.end:
            end, old_end = edit.start + shift + grown, edit.start
        else:
            return f"an edit at {edit.start} is in no import"
        regions[index] = _Region(known.start, end, old_end, text[place.end : old_end])
        shift += grown
    return list(regions.values())


def _imports_within(text: str, region: _Region, places: Sequence[_Place]) -> list[_Place]:
    """Return the import statements of a region: of one body, with nothing else but comments.

    An empty list stands for a region that is anything else.
    """
    first = bisect_left([place.start for place in places], region.start)
    inside = [place for place in places[first:] if place.start < region.end]
    if not inside or inside[0].start != region.start or inside[-1].end > region.end:
        return []
    if len({place.run for place in inside}) != 1:
        return []
    ends = [*(place.start for place in inside[1:]), region.end]
    gaps = zip([place.end for place in inside], ends, strict=True)
    return inside if all(_BETWEEN.fullmatch(text, *gap) is not None for gap in gaps) else []


def _rest_is_read_as_before(old: str, added: str, region: _Region) -> bool:
    """Tell whether what follows a region means what it meant.

    ``added`` stands behind the region's last import. Either no code follows on the line; or what
    follows stood behind the import on one line, and does so still; or whole lines follow, as
    before.
    """
    if _ENDS_LINE.match(old, region.old_end):
        return True
    if not region.behind.strip(" \t\f"):
        return not added.strip(" \t\f")
    return _ends_a_line(region.behind) and _ends_a_line(added)


def _ends_a_line(text: str) -> bool:
    """Tell whether a line of code, and no more, ends where a text ends."""
    last = text.splitlines()[-1:]
    goes_on = any(line.endswith("\\") and "#" not in line for line in last)
    return text.endswith(("\r", "\n")) and not goes_on
