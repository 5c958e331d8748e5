"""Items of settings: a setting is one, or a list of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a setting: where it stands, and what stands ``between`` it and another one."""

    start: int
    end: int
    text: str
    between: str | None = None
    before: str = ""
    """The text of the item before it in its list."""
