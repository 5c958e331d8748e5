"""``pyproject.toml`` is merged three ways by key, in our words wherever they still hold.

Tables are merged recursively, arrays of tables by what identifies each of them, arrays of texts as
sets with an order, requirements by the distribution that they name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tomlkit.exceptions import TOMLKitError
from tomlkit.items import SingleKey

from relayout.conversions.toml_text import Unwritable, rewrite
from relayout.evolution.disagreement import Side, disagreements, resolved
from relayout.evolution.toml_document import parsed, read_document
from relayout.evolution.toml_values import MISSING, Element, Path, identifying_keys, plain
from relayout.evolution.toml_writing import Sides, written
from relayout.evolution.value_merge import merge_values
from relayout.source import newline_of


@dataclass(frozen=True)
class Merged:
    """What both sides made of a file.

    ``text`` has our values for the keys that both changed in different ways, which ``conflicts``
    names. ``base``, ``ours`` and ``theirs`` are three texts in which all else is merged: they
    differ in those keys alone, so that merging them by lines marks nothing else.
    """

    text: str
    conflicts: tuple[str, ...]
    base: str
    ours: str
    theirs: str


def merge_toml(base: str, ours: str, theirs: str) -> Merged | None:
    """Return ``ours`` with what changed from ``base`` to ``theirs``, in the line ends of ours.

    Where ``ours`` has no change of its own, that is ``theirs``; where ``theirs`` has none,
    it is ``ours``, byte for byte. Returns None if one of the texts is not TOML, or if the tables of
    two of them have forms that exclude each other: then lines are all that can be merged.
    """
    base, theirs = (_with_newline(text, newline_of(ours or theirs)) for text in (base, theirs))
    try:
        texts = (base, ours, theirs)
        said = [parsed(text) for text in texts]
        if ours in (base, theirs) or base == theirs:
            text = theirs if ours == base else ours
            return Merged(text, (), text, text, text)
        keys = identifying_keys(said)
        documents = zip(texts, said, strict=True)
        sides = Sides(*(read_document(text, values, keys) for text, values in documents))
        merged = merge_values(sides.base.values, sides.ours.values, sides.theirs.values)
        conflicts = tuple(dotted(path) for path in disagreements(merged))
        text = _written(merged, "ours", sides)
        if not conflicts:
            return Merged(text, (), text, text, text)
        others = [_written(merged, side, sides) for side in ("base", "theirs")]
    except (TOMLKitError, Unwritable):
        return None
    return Merged(text, conflicts, others[0], text, others[1])


def dotted(path: Path) -> str:
    """Return how a message names a key; an item of an array is named between brackets."""
    text = "".join(
        f"[{part.label}]" if isinstance(part, Element) else f".{SingleKey(part).as_string()}"
        for part in path
    )
    return text.removeprefix(".")


def _with_newline(text: str, newline: str) -> str:
    return re.sub(r"\r?\n", newline, text)


def _written(merged: Any, side: Side, sides: Sides) -> str:
    """Return our text with the merged values, one side being right where they disagree.

    Raises TOMLKitError or Unwritable if no text says them.
    """
    value = resolved(merged, side)
    target = {} if value is MISSING else value
    text = written(target, sides)
    try:
        is_right = parsed(text) == plain(target)
    except TOMLKitError:
        is_right = False
    return text if is_right else rewrite(sides.ours.text, plain(target), sides.theirs.text)
