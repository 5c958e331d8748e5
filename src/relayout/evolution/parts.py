"""What a repository is made of, and where each layout has it: ``migrations/parts.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from relayout.errors import Refusal
from relayout.rendering import LAYOUTS

_PLACEHOLDERS = {"package", "before", "pipeline", "each"}
_PART = {"part", "description", "places", "from", "to", "everywhere", "given", "own"}
_BOUND = {"part", "layout", "path", "also", "advice"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a repository has, such as its tests.

    ``sources`` is the place of it by layout, ``targets`` where it may go in a layout, in order of
    preference. ``given`` is a path that must be there for the part to be one, empty for none.
    ``is_own`` tells of what belongs to the layout: its text is the layout's, edits are the user's.
    """

    name: str
    sources: Mapping[str, str] = field(hash=False)
    targets: Mapping[str, tuple[str, ...]] = field(hash=False)
    given: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """What is of use in its layout alone, and in those of ``also``; ``advice`` says what to do."""

    name: str
    layout: str
    path: str
    also: tuple[str, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The whole table. ``own`` are paths that a layout renders inside of a part, by layout."""

    parts: tuple[Part, ...]
    bound: tuple[Bound, ...]
    own: Mapping[str, tuple[str, ...]] = field(hash=False)


def load_parts(text: str, name: str = "parts.yml") -> Parts:
    """Return the table in a YAML text; ``name`` stands in messages.

    Raises Refusal for a text that is no such table; the message says which part is wrong, and how.
    """
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise Refusal(f"{name}: not valid YAML", str(error).replace("\n", " ")) from None
    if not isinstance(document, dict) or set(document) - {"parts", "bound", "own"}:
        raise Refusal(f"{name}: a table is a mapping with parts, bound and own")
    parts = [part for entry in _entries(document, "parts", name) for part in _parts(entry, name)]
    bound = [_bound(entry, name) for entry in _entries(document, "bound", name)]
    own = _by_layout(document.get("own", {}), f"{name}: own")
    return Parts(tuple(parts), tuple(bound), own)


def _entries(document: Mapping[str, Any], key: str, name: str) -> Iterator[dict[str, Any]]:
    entries = document.get(key, [])
    if not isinstance(entries, list):
        raise Refusal(f"{name}: {key!r} must be a list")
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("part"), str):
            raise Refusal(f"{name}: entry {number} of {key!r} has no text as its 'part'")
        yield entry


def _parts(entry: Mapping[str, Any], name: str) -> Iterator[Part]:
    """Yield the part of an entry, or each of the paths that have the same place everywhere."""
    where = f"{name}: {entry['part']}"
    _check_keys(entry, _PART, where)
    if "everywhere" in entry:
        for place in _places(entry["everywhere"], where):
            yield Part(
                entry["part"], dict.fromkeys(LAYOUTS, place), dict.fromkeys(LAYOUTS, (place,))
            )
        return
    both = _by_layout(entry.get("places", {}), where)
    targets = {**both, **_by_layout(entry.get("to", {}), where)}
    from_only = _by_layout(entry.get("from", {}), where)
    sources = {layout: places[0] for layout, places in {**both, **from_only}.items()}
    if not sources or not targets:
        raise Refusal(f"{where}: 'places', or both 'from' and 'to', are missing")
    given, is_own = entry.get("given", ""), entry.get("own", False)
    if not isinstance(given, str) or not isinstance(is_own, bool):
        raise Refusal(f"{where}: 'given' must be text, and 'own' true or false")
    yield Part(entry["part"], sources, targets, given, is_own)


def _bound(entry: Mapping[str, Any], name: str) -> Bound:
    where = f"{name}: {entry['part']}"
    _check_keys(entry, _BOUND, where)
    also = tuple(entry.get("also", []))
    texts = [entry.get(key) for key in ("layout", "path", "advice")]
    if not all(isinstance(text, str) for text in texts):
        raise Refusal(f"{where}: 'layout', 'path' and 'advice' must be texts")
    if not {entry["layout"], *also} <= set(LAYOUTS):
        raise Refusal(f"{where}: a layout is one of {', '.join(LAYOUTS)}")
    (path,) = _places(entry["path"], where)
    return Bound(entry["part"], entry["layout"], path, also, entry["advice"])


def _check_keys(entry: Mapping[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(map(str, set(entry) - allowed))
    if unknown:
        raise Refusal(f"{where}: unknown key {unknown[0]!r}")


def _by_layout(value: Any, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise Refusal(f"{where}: places are a mapping of layouts")
    unknown = sorted(map(str, set(value) - set(LAYOUTS)))
    if unknown:
        raise Refusal(f"{where}: {unknown[0]!r} is none of {', '.join(LAYOUTS)}")
    return {layout: _places(places, where) for layout, places in value.items()}


def _places(value: Any, where: str) -> tuple[str, ...]:
    """Return the places in a value: one text, or several in a list."""
    places = value if isinstance(value, list) else [value]
    for place in places:
        if not isinstance(place, str) or not place or place.startswith("/"):
            raise Refusal(f"{where}: {place!r} is no path within a repository")
        named = set(re.findall(r"\{(\w*)\}", place))
        if named - _PLACEHOLDERS or ".." in place.split("/"):
            raise Refusal(
                f"{where}: {place!r} has what no place has",
                f"Placeholders are {', '.join(f'{{{p}}}' for p in sorted(_PLACEHOLDERS))}.",
            )
    return tuple(places)
