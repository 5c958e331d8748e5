"""Ignore files are merged three ways as sets of lines, so that they never conflict.

What a version of the layout added is added, what it removed is removed, and every other line of
the user's stays where it is. The order of lines matters (a pattern with ``!`` undoes those before
it), so a new line goes beside the one that it follows in the layout.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from relayout.source import newline_of

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def merge_line_sets(base: str, ours: str, theirs: str) -> str:
    """Return ``ours`` with what changed from ``base`` to ``theirs``, in the line ends of ours.

    Where ``ours`` has no change of its own, that is ``theirs``; where ``theirs`` has none,
    it is ``ours``, byte for byte.
    """
    newline = newline_of(ours or theirs)
    before, mine, new = map(_lines, (base, ours, theirs))
    if before == new:
        return ours
    if before == mine:
        return "".join(f"{line}{newline}" for line in new)
    merged = _without(_LINE.findall(ours), {*before} - {*new})
    for anchors, block, followers in _added_blocks(before, new):
        at = _place(merged, anchors, followers)
        merged[at:at] = [f"{line}{newline}" for line in _lacking(block, merged)]
    return "".join(_ended(merged, newline))


def _lines(text: str) -> list[str]:
    return [_bare(line) for line in _LINE.findall(text)]


def _bare(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")


def _is_rule(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _without(lines: Sequence[str], gone: Collection[str]) -> list[str]:
    """Return the lines without those that are gone, and without the gaps that these would leave."""
    kept: list[str] = []
    leaves_gap = False
    for line in lines:
        if line.strip() and _bare(line) in gone:
            leaves_gap = True
        elif line.strip() or not leaves_gap or (kept and kept[-1].strip()):
            kept.append(line)
            leaves_gap = leaves_gap and not line.strip()
    return kept


def _added_blocks(
    before: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Yield what stands before, in and after each run of lines that are new."""
    old = {*before}
    matcher = SequenceMatcher(None, before, new, autojunk=False)
    for kind, _, _, start, end in matcher.get_opcodes():
        if kind in ("insert", "replace"):
            block = [line for line in new[start:end] if not line.strip() or line not in old]
            yield new[:start], block, new[end:]


def _lacking(block: Sequence[str], have: Sequence[str]) -> list[str]:
    """Return the lines of a block that are not there; none if those with rules all are."""
    present = {line.rstrip() for line in have}
    lines = [line for line in block if not line.strip() or line.rstrip() not in present]
    is_wanted = any(map(_is_rule, lines)) or not any(map(_is_rule, block))
    return lines if is_wanted and any(line.strip() for line in lines) else []


def _place(lines: Sequence[str], anchors: Sequence[str], followers: Sequence[str]) -> int:
    """Return the index behind the nearest line before it, else that of the nearest one after it."""
    at = {_bare(line): index for index, line in enumerate(lines) if line.strip()}
    behind = next((at[line] + 1 for line in reversed(anchors) if line in at), None)
    if behind is not None:
        return behind
    return next((at[line] for line in followers if line in at), len(lines))


def _ended(lines: Sequence[str], newline: str) -> Iterator[str]:
    """Yield the lines; one that others follow now ends."""
    last = len(lines) - 1
    for index, line in enumerate(lines):
        yield line if index == last or line.endswith("\n") else f"{line}{newline}"
