"""A document is written with merged values, each in the words of a text that says it.

Our text is the one that is changed: what says in it what it is to say stays as it is. Comments and
headers are merged three ways; where both sides changed one, ours stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from relayout.conversions.toml_text import value_text
from relayout.evolution.list_merge import place_of
from relayout.evolution.toml_arrays import NO_ARRAY, WrittenArray, array_text, read_array
from relayout.evolution.toml_document import Document, Entry, Section
from relayout.evolution.toml_values import (
    MISSING,
    Element,
    Keyed,
    Path,
    fingerprint,
    plain,
    same,
    value_at,
)
from relayout.source import newline_of


@dataclass(frozen=True)
class Sides:
    """The three texts of a merge."""

    base: Document
    ours: Document
    theirs: Document


def written(target: Mapping[str, Any], sides: Sides) -> str:
    """Return our text so that it says ``target``, as far as the three texts have words for it.

    The caller must see whether it does: tables that the texts write in different forms can end up
    in a form of their own that contradicts one of them.
    """
    wanted = dict(_wanted(target, sides))
    sections = [
        _kept(section, wanted, sides)
        for section in sides.ours.sections
        if _is_kept(section, wanted, target)
    ]
    for source in (sides.theirs, sides.base):
        for index, section in enumerate(source.sections):
            placed = {entry.path for own in sections for entry in own.entries}
            entries = [
                replace(entry, value=_value_elsewhere(entry.path, wanted[entry.path], sides))
                for entry in section.entries
                if entry.path in wanted and entry.path not in placed
            ]
            is_new = all(own.path != section.path for own in sections)
            if entries or (is_new and _is_empty_table(section, target)):
                sections = _with_section(sections, source.sections, index, entries)
    text = _text(sections, newline_of(sides.ours.text))
    return text if sides.ours.text.startswith(("\n", "\r")) else text.lstrip("\r\n")


def _wanted(value: Any, sides: Sides, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield each value that stands in a line of its own, in our form, or in theirs."""
    is_table = isinstance(value, Mapping)
    if path and (not is_table or any(path in side for side in _entries(sides, path))):
        yield path, value
    elif is_table:
        for key, item in value.items():
            yield from _wanted(item, sides, (*path, key))


def _entries(sides: Sides, path: Path) -> Iterator[Mapping[Path, Entry]]:
    """Yield the entries of our text; of the others, if ours says nothing of a table."""
    yield sides.ours.entries
    if sides.ours.value(path) is MISSING:
        yield sides.theirs.entries
        yield sides.base.entries


# -- what our text has


def _is_kept(section: Section, wanted: Mapping[Path, Any], target: Mapping[str, Any]) -> bool:
    return (
        not section.path
        or value_at(target, section.path) is not MISSING
        or any(entry.path in wanted for entry in section.entries)
    )


def _kept(section: Section, wanted: Mapping[Path, Any], sides: Sides) -> Section:
    """Return one of our sections with the values that are wanted, and merged comments."""
    was, new = sides.base.headers.get(section.path), sides.theirs.headers.get(section.path)
    entries: list[Entry] = []
    orphaned = ""
    for entry in section.entries:
        if entry.path in wanted:
            entries.append(_changed(_led(entry, orphaned), wanted[entry.path], sides))
            orphaned = ""
        else:
            orphaned += _own_remarks(entry, sides.base.entries.get(entry.path))
    if was is None or new is None:
        return replace(section, entries=tuple(entries), tail=orphaned + section.tail)
    return Section(
        section.path,
        _merged_remarks(was.lead, section.lead, new.lead),
        _merged(was.header, section.header, new.header),
        tuple(entries),
        orphaned + _merged_remarks(was.tail, section.tail, new.tail),
    )


def _led(entry: Entry, orphaned: str) -> Entry:
    return replace(entry, lead=orphaned + entry.lead) if orphaned else entry


def _own_remarks(entry: Entry, was: Entry | None) -> str:
    """Return the comments above an entry that goes, if they are not those of the base."""
    is_own = was is not None and _remarks(entry.lead) != _remarks(was.lead)
    return entry.lead if is_own and _remarks(entry.lead) else ""


def _changed(entry: Entry, value: Any, sides: Sides) -> Entry:
    """Return one of our entries as it says a value."""
    was, new = (side.entries.get(entry.path) for side in (sides.base, sides.theirs))
    if was is not None and new is not None:
        entry = replace(
            entry,
            lead=_merged_remarks(was.lead, entry.lead, new.lead),
            comment=_merged(was.comment, entry.comment, new.comment),
        )
    return replace(entry, value=_value_in_place(entry, value, sides))


def _merged(was: str, mine: str, new: str) -> str:
    return new if mine == was else mine


def _merged_remarks(was: str, mine: str, new: str) -> str:
    """Return comments and blank lines: theirs, if only they changed the comments."""
    is_theirs = _remarks(mine) == _remarks(was) != _remarks(new)
    return new if is_theirs or mine == was else mine


def _remarks(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


# -- values


def _value_in_place(entry: Entry, value: Any, sides: Sides) -> str:
    """Return a value as it is to stand where one of our entries has its own."""
    was, new = (side.entries.get(entry.path) for side in (sides.base, sides.theirs))
    says_it = same(sides.theirs.value(entry.path), value)
    if new is not None and says_it and was is not None and was.value == entry.value:
        return new.value
    if isinstance(value, list | Keyed):
        ours = _array(entry.path, sides.ours)
        if ours is not None:
            base, theirs = (_array(entry.path, side) for side in (sides.base, sides.theirs))
            return array_text(_items(value), ours, base or NO_ARRAY, theirs or NO_ARRAY)
    if same(sides.ours.value(entry.path), value):
        return entry.value
    return _value_elsewhere(entry.path, value, sides)


def _value_elsewhere(path: Path, value: Any, sides: Sides) -> str:
    """Return a value as theirs or the base has it; as it is usually written, if neither does."""
    for side in (sides.theirs, sides.base):
        if path in side.entries and same(side.value(path), value):
            return side.entries[path].value
    return value_text(plain(value))


def _array(path: Path, document: Document) -> WrittenArray | None:
    """Return the array that a document has at a path, if no item of it is there twice."""
    value = document.value(path)
    if path not in document.entries or not isinstance(value, list | Keyed):
        return None
    items = _items(value)
    if len({*map(fingerprint, items)}) < len(items):
        return None
    return read_array(document.entries[path].value, items)


def _items(value: list[Any] | Keyed) -> list[Any]:
    return [*value.values()] if isinstance(value, Keyed) else value


# -- what only the others have


def _is_empty_table(section: Section, target: Mapping[str, Any]) -> bool:
    value = value_at(target, section.path)
    return isinstance(value, Mapping) and not value


def _with_section(
    sections: Sequence[Section], source: Sequence[Section], index: int, entries: Sequence[Entry]
) -> list[Section]:
    """Return the sections with entries of another text's section, each at its place."""
    brought = source[index]
    result = list(sections)
    at = next((i for i, own in enumerate(sections) if own.path == brought.path), None)
    if at is None:
        at = _section_place(sections, source, index)
        new = Section(brought.path, brought.lead, brought.header, tuple(entries), "")
        result[at : at + 1] = [_apart(section) for section in (new, *sections[at : at + 1])]
        return result
    own = [*sections[at].entries]
    order = [entry.path for entry in brought.entries]
    for entry in entries:
        place = place_of([other.path for other in own], order, order.index(entry.path))
        own.insert(place, entry if place else replace(entry, lead=entry.lead.lstrip("\r\n")))
    result[at] = replace(sections[at], entries=tuple(own))
    return result


def _apart(section: Section) -> Section:
    """Return a section with a blank line before it."""
    if section.lead.startswith(("\n", "\r")):
        return section
    return replace(section, lead=f"{newline_of(section.header)}{section.lead}")


def _section_place(sections: Sequence[Section], source: Sequence[Section], index: int) -> int:
    """Return the index behind the section that is before it in its text, and its sub-tables.

    The tables of an array stand together, in the order in which they are merged.
    """
    own = [section.path for section in sections]
    order = [section.path for section in source]
    path = order[index]
    if isinstance(path[-1], Element):
        array = path[:-1]
        own_tables = [p for p in own if p[:-1] == array]
        theirs = [p for p in order if p[:-1] == array]
        if own_tables:
            at = place_of(own_tables, theirs, theirs.index(path))
            is_last = at == len(own_tables)
            return own.index(own_tables[at]) if not is_last else _behind(own, own_tables[-1], path)
    return _behind(own, next(p for p in reversed(order[:index]) if p in own), path)


def _behind(own: Sequence[Path], before: Path, path: Path) -> int:
    """Return the index behind a section and its sub-tables, unless ``path`` is one of these."""
    elements = [number for number, part in enumerate(before) if isinstance(part, Element)]
    above = before[: elements[-1] + 1] if elements else before
    at = own.index(before) + 1
    while path[: len(above)] != above and at < len(own) and own[at][: len(above)] == above:
        at += 1
    return at


# -- the text


def _text(sections: Sequence[Section], newline: str) -> str:
    """Return the text of sections; a line that others follow ends."""
    lines = ""
    for section in sections:
        for part in (
            section.lead,
            section.header,
            *(text for entry in section.entries for text in (entry.lead, entry.statement)),
            section.tail,
        ):
            is_open = bool(lines) and bool(part) and not lines.endswith("\n")
            lines += f"{newline}{part}" if is_open else part
    return lines
