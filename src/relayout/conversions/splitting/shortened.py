"""Lists in the text of a module of which some items are left out, and the rest stays as written."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from relayout.planning.splitting.pieces import Piece
from relayout.source import Edit, Source

KIND = "split"

_COMMENT_OR_BLANK = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)?\Z")
_REST_OF_ITEM = re.compile(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
_COMMA = re.compile(r"\s*,")


def without_items(
    source: Source, items: Sequence[ast.expr | ast.alias], kept: Sequence[bool]
) -> list[Edit]:
    """Return the edits that leave items out of a list; all may go.

    Items that have lines of their own go with these, and with the comments above that are about
    nothing else; others go with the comma behind or in front of them.
    """
    spans = [source.span(item) for item in items]
    if not any(kept):
        comma = _COMMA.match(source.text, spans[-1][1])
        return [Edit(spans[0][0], comma.end() if comma else spans[-1][1], "", KIND)]
    lines = [_own_lines(source, span) for span in spans]
    if all(line is not None for line in lines):
        return _without_lines(source, [line for line in lines if line is not None], kept)
    edits: list[Edit] = []
    last_kept = max(number for number, is_kept in enumerate(kept) if is_kept)
    for number, is_kept in enumerate(kept):
        if not is_kept and number < last_kept:
            edits.append(Edit(spans[number][0], spans[number + 1][0], "", KIND))
    if last_kept + 1 < len(spans):
        edits.append(Edit(spans[last_kept][1], spans[-1][1], "", KIND))
    return edits


def shorter_exports(source: Source, exports: Piece, kept: Sequence[bool]) -> list[Edit]:
    """Return the edits that leave names out of ``__all__``.

    A tuple of one is written anew: without its comma it would be a string.
    """
    node = exports.nodes[0]
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    assert isinstance(value, ast.List | ast.Tuple)
    if isinstance(value, ast.List) or sum(kept) > 1:
        return without_items(source, value.elts, kept)
    spans = [source.span(item) for item, stays in zip(value.elts, kept, strict=True) if stays]
    written = "".join(f"{source.text[start:end]}," for start, end in spans)
    return [Edit(*source.span(value), f"({written})", KIND)]


def _own_lines(source: Source, span: tuple[int, int]) -> tuple[int, int] | None:
    """Return the bounds of the lines that an item has for itself, or None."""
    start, end = source.line_bounds(*span)
    rest = _REST_OF_ITEM.fullmatch(source.text, span[1], end)
    return (start, end) if rest and not source.text[start : span[0]].strip() else None


def _without_lines(
    source: Source, lines: Sequence[tuple[int, int]], kept: Sequence[bool]
) -> list[Edit]:
    heads = [_head(source, lines[0][0]), *(end for _, end in lines[:-1])]
    top = list(kept).index(True)
    while top and heads[top] == lines[top][0]:
        top -= 1
    edits = []
    blank = _BLANK_LINES.match(source.text, heads[top], lines[top][0]) if top else None
    if blank is not None:
        edits.append(Edit(heads[top], blank.end(), "", KIND))
    for number, (start, end) in enumerate(lines):
        if kept[number]:
            continue
        is_last = number + 1 == len(lines)
        has_heirs = not is_last and heads[number + 1] == lines[number + 1][0]
        begin = start if has_heirs and _some_of_block_stays(number, lines, heads, kept) else None
        edits.append(Edit(heads[number] if begin is None else begin, end, "", KIND))
    return edits


def _some_of_block_stays(
    number: int, lines: Sequence[tuple[int, int]], heads: Sequence[int], kept: Sequence[bool]
) -> bool:
    """Tell whether an item stays that follows a dropped one with no comment in between."""
    for later in range(number + 1, len(lines)):
        if heads[later] != lines[later][0]:
            return False
        if kept[later]:
            return True
    return False


def _head(source: Source, start: int) -> int:
    """Return where comments and blank lines begin that stand right above a line."""
    while start:
        above, _ = source.line_bounds(start - 1, start - 1)
        if not _COMMENT_OR_BLANK.match(source.text, above, start):
            break
        start = above
    return start
