"""The modules that a written plan divides, read back from its YAML."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname
from typing import Any

from relayout.errors import Refusal
from relayout.planning.sections import SECTIONS
from relayout.planning.split import Part, Split, stem_of
from relayout.planning.units import is_proper

_AGAIN = "Write the plan again: relayout plan --output FILE"


def splits_from(value: Any, name: str) -> tuple[Split, ...]:
    """Return what ``splits`` of the plan ``name`` says. Raises Refusal.

    Whether the modules are there, and have these names, is found when they are divided.
    """
    entries = [] if value is None else value
    form = "'splits' have 'module', 'section' and 'parts'; parts have 'to', 'section' and 'names'"
    if not isinstance(entries, list) or not all(map(_is_split, entries)):
        raise Refusal(f"{name}: {form}", _AGAIN)
    splits = tuple(
        Split(
            entry["module"],
            entry["section"],
            tuple(Part(p["to"], p["section"], tuple(p["names"])) for p in entry["parts"]),
        )
        for entry in entries
    )
    problem = next(_problems(splits), None)
    if problem is not None:
        raise Refusal(f"{name}: {problem}", _AGAIN)
    return splits


def _is_split(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and all(isinstance(entry.get(key), str) for key in ("module", "section"))
        and isinstance(entry.get("parts"), list)
        and all(map(_is_part, entry["parts"]))
    )


def _is_part(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and all(isinstance(entry.get(key), str) for key in ("to", "section"))
        and isinstance(entry.get("names"), list)
        and all(isinstance(name, str) for name in entry["names"])
    )


def _problems(splits: tuple[Split, ...]) -> Iterator[str]:
    """Yield what contradicts itself, or is none of the layout's."""
    written: set[str] = set()
    for split in splits:
        if split.path in written:
            yield f"{split.path} is split twice"
        written.add(split.path)
    for split in splits:
        if not split.parts:
            yield f"{split.path} is split into nothing"
        taken: set[str] = set()
        for part in split.parts:
            yield from _problems_of_part(split, part)
            if part.path in written:
                yield f"two modules would be {part.path}"
            written.add(part.path)
            twice = [name for name in part.names if name in taken]
            if twice:
                yield f"{twice[0]} of {split.path} is in two parts"
            taken.update(part.names)
        for section in (split.section, *(part.section for part in split.parts)):
            if section not in SECTIONS:
                yield f"{section} is no section: {', '.join(SECTIONS)}"


def _problems_of_part(split: Split, part: Part) -> Iterator[str]:
    stem = stem_of(part.path)
    is_module = part.path.endswith(".py") and stem.isidentifier() and is_proper(part.path)
    if not is_module or dirname(part.path) != dirname(split.path):
        yield f"{part.path} is no module beside {split.path}: moves say where it goes from there"
    if not part.names:
        yield f"{part.path} has no names"
