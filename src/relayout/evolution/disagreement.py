"""Where both sides changed one value, each in its own way; and a result with one side's choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from relayout.evolution.toml_values import MISSING, Element, Path

Side = Literal["base", "ours", "theirs"]


@dataclass(frozen=True)
class Disagreement:
    """What each side says instead of the others; MISSING if it says nothing.

    ``label`` names an item of an array.
    """

    base: Any
    ours: Any
    theirs: Any
    label: str = ""


def disagreements(merged: Any, path: Path = ()) -> Iterator[Path]:
    """Yield where a merged value says different things."""
    if isinstance(merged, Disagreement):
        yield (*path, Element(merged.label)) if merged.label else path
    elif isinstance(merged, Mapping):
        for key, item in merged.items():
            yield from disagreements(item, (*path, key))
    elif isinstance(merged, list):
        for item in merged:
            yield from disagreements(item, path)


def resolved(merged: Any, side: Side) -> Any:
    """Return a merged value in which one side is right wherever they disagree; MISSING if empty."""
    if isinstance(merged, Disagreement):
        return getattr(merged, side)
    if isinstance(merged, list):
        return [item for item in (resolved(i, side) for i in merged) if item is not MISSING]
    if not isinstance(merged, dict):
        return merged
    items = {key: resolved(item, side) for key, item in merged.items()}
    left = {key: item for key, item in items.items() if item is not MISSING}
    if merged and not left:
        return MISSING
    return type(merged)(left)
