"""An array is written with the items that it is to have, each as a text has it that has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from relayout.conversions.toml_text import STRING_OR_COMMENT, value_text
from relayout.evolution.toml_values import fingerprint, plain
from relayout.inventory.declared import distribution_name
from relayout.source import newline_of

_WIDTH = 100
"""Characters up to which an array that stands in one line stays there."""

_LEAD = re.compile(r"(?:\s|\#[^\n]*(?:\n|\Z))*")
_COMMA = re.compile(r"(?:(?:\s|\#[^\n]*\n)*,)?")
_COMMENT = re.compile(r"(?:[ \t]*\#[^\r\n]*)?")
_TOKEN = re.compile(STRING_OR_COMMENT + r"|[\[\]{},]", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """One item as it is written; ``lead`` are the blanks and comments above it.

    ``comment`` is what stands behind it in its line, after the comma that there may be.
    """

    lead: str
    value: str
    comma: str
    comment: str

    @property
    def text(self) -> str:
        """The item as it stands in the array."""
        return f"{self.lead}{self.value}{self.comma}{self.comment}"

    @property
    def remarks(self) -> tuple[list[str], str]:
        """The comments above the item, and the one behind it."""
        lines = [line.strip() for line in self.lead.splitlines()]
        return [line for line in lines if line], self.comment.strip()


@dataclass(frozen=True)
class WrittenArray:
    """The text of an array in pieces, and what each of them says."""

    pieces: tuple[Piece, ...]
    tail: str
    """What stands between the last item and the end."""
    values: tuple[Any, ...]

    @property
    def text(self) -> str:
        """The array as it stands in the file."""
        return f"[{''.join(piece.text for piece in self.pieces)}{self.tail}]"

    @property
    def is_spread(self) -> bool:
        """Whether it goes over several lines."""
        return "\n" in self.text

    @property
    def indent(self) -> str:
        """What stands before an item in its line."""
        leads = [piece.lead for piece in self.pieces if "\n" in piece.lead]
        return leads[0].rpartition("\n")[2] if leads else "  "

    def written(self, value: Any) -> Piece | None:
        """Return the item that says a value, if there is one."""
        return self._first(lambda said: fingerprint(said) == fingerprint(value))

    def kin(self, value: Any, others: Collection[Hashable]) -> Piece | None:
        """Return the item that says a value, or asks for the same distribution otherwise.

        ``others`` are the fingerprints of what other items say.
        """
        name = distribution_name(value) if isinstance(value, str) else None
        return self.written(value) or self._first(
            lambda said: (
                isinstance(said, str)
                and distribution_name(said) == name
                and fingerprint(said) not in others
            )
        )

    def _first(self, is_wanted: Callable[[Any], bool]) -> Piece | None:
        said = zip(self.pieces, self.values, strict=True)
        return next((piece for piece, value in said if is_wanted(value)), None)


NO_ARRAY = WrittenArray((), "", ())
"""What stands for the array of a side that has none."""


def read_array(text: str, values: Sequence[Any]) -> WrittenArray | None:
    """Return an array in pieces, of which the values are known; None if they do not fit it."""
    pieces, tail = _divided(text[1:-1])
    if len(pieces) != len(values):
        return None
    return WrittenArray(tuple(pieces), tail, tuple(values))


def array_text(
    target: Sequence[Any], ours: WrittenArray, base: WrittenArray, theirs: WrittenArray
) -> str:
    """Return the text of an array with the items of ``target``, in the form of ours.

    An item is written as we have it, or as they do, with its comments; comments that only
    they changed are theirs.
    """
    newline = newline_of(ours.text if ours.is_spread else theirs.text)
    said = {*map(fingerprint, target)}
    chosen = [_chosen(item, said, ours, base, theirs) for item in target]
    pieces = [piece for piece, _ in chosen]
    is_grown = any(piece not in ours.pieces for piece in pieces)
    is_spread = ours.is_spread or (is_grown and (theirs.is_spread or _is_long(pieces)))
    is_refitted = ours.is_spread != is_spread
    apart = newline + (ours if ours.is_spread else theirs).indent if is_spread else " "
    fitted = [
        piece if is_ours and not is_refitted else _fitted(piece, apart, is_spread)
        for piece, is_ours in chosen
    ]
    if not is_spread and fitted:
        fitted[0] = replace(fitted[0], lead=ours.pieces[0].lead if ours.pieces else "")
    is_ended = is_spread if is_refitted or not ours.pieces else bool(ours.pieces[-1].comma)
    tail = ours.tail if ours.is_spread or not is_spread else newline
    return f"[{_joined(fitted, tail, is_ended, apart)}]"


def _chosen(item: Any, target: Collection[Hashable], *sides: WrittenArray) -> tuple[Piece, bool]:
    """Return how an item is written, and whether it stands as one of ours does."""
    ours, base, theirs = sides
    texts = [said.value for side in (ours, theirs, base) if (said := side.written(item))]
    text = texts[0] if texts else value_text(plain(item))
    mine, was, new = (side.kin(item, target) for side in sides)
    is_theirs = mine and was and new and mine.remarks == was.remarks != new.remarks
    if mine and not is_theirs:
        return replace(mine, value=text), True
    return replace(new or was or Piece("", text, "", ""), value=text), False


def _is_long(pieces: Sequence[Piece]) -> bool:
    has_remarks = any(piece.remarks != ([], "") for piece in pieces)
    return has_remarks or sum(len(piece.value) + 2 for piece in pieces) > _WIDTH


def _fitted(piece: Piece, apart: str, is_spread: bool) -> Piece:
    """Return an item as it is written where other blanks stand between the items."""
    above = "".join(f"{apart}{remark}" for remark in piece.remarks[0])
    lead, comment = (f"{above}{apart}", piece.comment) if is_spread else (apart, "")
    return Piece(lead, piece.value, "", comment)


def _joined(pieces: Sequence[Piece], tail: str, is_ended: bool, apart: str) -> str:
    """Return the items with a comma between them, and behind the last if ``is_ended``."""
    text = ""
    is_open = False  # whether a comment goes up to the end of the line
    for number, piece in enumerate(pieces, 1):
        wants_comma = is_ended or number < len(pieces)
        gap = apart if is_open and "\n" not in piece.lead else ""
        comma = (piece.comma or ",") if wants_comma else ""
        text += f"{gap}{piece.lead}{piece.value}{comma}{piece.comment}"
        is_open = "#" in piece.comment
    gap = apart.rstrip(" \t") if is_open and "\n" not in tail else ""
    return f"{text}{gap}{tail}"


def _divided(inside: str) -> tuple[list[Piece], str]:
    """Divide what stands between the brackets into the items, and what is behind the last."""
    pieces: list[Piece] = []
    start = 0
    while True:
        begin = _end_of(_LEAD, inside, start)
        if begin == len(inside):
            return pieces, inside[start:]
        end = _value_end(inside, begin)
        comma = _end_of(_COMMA, inside, end)
        stop = _end_of(_COMMENT, inside, comma)
        pieces.append(
            Piece(inside[start:begin], inside[begin:end], inside[end:comma], inside[comma:stop])
        )
        start = stop


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return start if found is None else found.end()


def _value_end(inside: str, start: int) -> int:
    """Return where the item ends that begins at an offset."""
    depth = 0
    for token in _TOKEN.finditer(inside, start):
        mark = token.group()
        if not depth and (mark == "," or mark.startswith("#")):
            return start + len(inside[start : token.start()].rstrip())
        depth += (mark in "[{") - (mark in "]}")
    return start + len(inside[start:].rstrip())
