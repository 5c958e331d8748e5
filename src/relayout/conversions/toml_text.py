"""TOML that is changed by as few bytes as a change needs (https://toml.io/en/v1.0.0).

What a file says is compared with what it is to say. Values that differ are replaced where they
stand; keys that are new go to the end of their table, before a comment that leads over to the next
one; tables that are new go behind their relatives, with a blank line before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, InlineTable, SingleKey

from relayout.source import newline_of

Names = tuple[str, ...]
"""The parts of a table's dotted name."""

_LONG = 60
"""An array that takes more characters than this is written with one item a line."""

STRING_OR_COMMENT = (
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
)
"""What matches a string of any form, or a comment, with ``re.DOTALL``: marks in them are none."""

_TOKEN = re.compile(STRING_OR_COMMENT + r"|[\[\]{}\n]", re.DOTALL)


_LITERAL = re.compile(r"[^\x00-\x1f\x7f'\\]*\"[^\x00-\x1f\x7f'\\]*")
"""A text that is written between single quotes, so that its double quotes stand as they are."""


class Inline(dict[str, Any]):
    """A table that is written as a value, in the line of its key."""


class Unwritable(Exception):
    """A text that cannot be made to say what it is to say; the message says why."""


@dataclass(frozen=True)
class Section:
    """A header with the keys below it; ``start`` and ``end`` are offsets in the text.

    A comment belongs to the section above it, unless the next header follows at once.
    """

    names: Names
    start: int
    end: int


def rewrite(text: str, target: Mapping[str, Any], template: str = "") -> str:
    """Return ``text`` changed so that it says ``target``, with one line end at its end.

    Tables that are new and in ``template`` as well are written as they are there, with their
    comments. Raises tomlkit's TOMLKitError if ``text`` is not TOML, and Unwritable.
    """
    if tomlkit.parse(text).unwrap() == target:
        return text
    document = tomlkit.parse(text)
    _change_values(document, target)
    result = _extended_or_none(tomlkit.dumps(document), target, template)
    if result is None:
        _set_all(document, target)
        result = tomlkit.dumps(document)
        if _parsed(result) != target:
            raise Unwritable("it has tables of a form that nothing can be added to")
    return _ended_once(result, newline_of(text))


def _extended_or_none(text: str, target: Mapping[str, Any], template: str) -> str | None:
    """Return the text with what it lacks; None where headers would contradict dotted keys."""
    try:
        result = _extend(text, target, template)
    except TOMLKitError:
        return None
    return result if _parsed(result) == target else None


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomlkit.parse(text).unwrap()
    except TOMLKitError:
        return None


def sections_of(text: str) -> list[Section]:
    """Return the sections of a TOML text in order; the first, without a name, is what leads it."""
    found = [Section((), 0, 0)]
    comments_end: int | None = None
    for start, end in statements_of(text):
        statement = text[start:end].strip()
        if statement.startswith("["):
            found.append(Section(_names_of(statement), start, end))
            comments_end = end
        elif not statement:
            found[-1] = _extended(found[-1], comments_end)
            comments_end = None
        elif not statement.startswith("#"):
            found[-1] = _extended(found[-1], end)
            comments_end = end
        elif comments_end is not None:
            comments_end = end
    found[-1] = _extended(found[-1], comments_end)
    return found


def _extended(section: Section, end: int | None) -> Section:
    return section if end is None else Section(section.names, section.start, end)


def statements_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of every line of a TOML text, or of the lines that a value goes over."""
    start = depth = 0
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth -= 1
        elif mark == "\n" and not depth:
            yield start, match.end()
            start = match.end()
    if start < len(text):
        yield start, len(text)


def _names_of(header: str) -> Names:
    """Return the parts of a header's name; of ``[[a]]`` a last part that no other table has."""
    names: list[str] = []
    table: Any = tomlkit.parse(header).unwrap()
    while isinstance(table, dict) and table:
        name, table = next(iter(table.items()))
        names.append(name)
    return (*names, "[]") if isinstance(table, list) else tuple(names)


# -- what is there already


def _change_values(table: MutableMapping[str, Any], target: Mapping[str, Any]) -> None:
    """Change and remove in place what differs; what is missing is left for later."""
    for key in list(table):
        mine = table[key]
        plain = mine.unwrap() if hasattr(mine, "unwrap") else mine
        if key not in target:
            del table[key]
        elif plain == target[key]:
            continue
        elif isinstance(mine, InlineTable):
            table[key] = _inline(target[key])
        elif isinstance(plain, dict) and isinstance(target[key], Mapping):
            _change_values(mine, target[key])
        elif isinstance(mine, Array) and isinstance(target[key], list):
            _change_items(mine, target[key])
            if mine.unwrap() != target[key]:
                table[key] = [_inline(item) for item in target[key]]
        else:
            table[key] = _inline(target[key])


def _change_items(array: Array, target: list[Any]) -> None:
    if len(array) == len(target):
        for index, item in enumerate(target):
            if array.unwrap()[index] != item:
                array[index] = _inline(item)
        return
    for index in reversed(range(len(array))):
        if array.unwrap()[index] not in target:
            del array[index]
    if not array and target:
        array.multiline(len(value_text(target)) > _LONG)
    for index, item in enumerate(target):
        if array.unwrap()[index : index + 1] != [item]:
            array.insert(index, _inline(item))


def _inline(value: Any) -> Any:
    """Return a text or a table as it is written as a value; anything else as it is."""
    return tomlkit.value(value_text(value)) if isinstance(value, str | Mapping) else value


def _set_all(table: MutableMapping[str, Any], target: Mapping[str, Any]) -> None:
    for key, value in target.items():
        if key in table and isinstance(value, Mapping) and isinstance(table[key], MutableMapping):
            _set_all(table[key], value)
        elif key not in table:
            table[key] = value


# -- what is new


def _extend(text: str, target: Mapping[str, Any], template: str) -> str:
    """Return the text with the keys and tables that only ``target`` has."""
    newline = newline_of(text)
    brought = {s.names: template[s.start : s.end] for s in sections_of(template)}
    for names, is_new, keys in _missing((), target, tomlkit.parse(text).unwrap()):
        sections = {section.names: section for section in sections_of(text)}
        home = names if is_new else _home(text, sections, names)
        prefix = "".join(f"{SingleKey(name).as_string()}." for name in names[len(home) :])
        lines = "".join(
            f"{prefix}{SingleKey(key).as_string()} = {value_text(value)}\n"
            for key, value in keys.items()
        )
        if home in sections:
            text = _insert(text, sections[home].end, lines.replace("\n", newline))
            continue
        block = f"[{'.'.join(SingleKey(name).as_string() for name in names)}]\n{lines}"
        theirs = brought.get(names, "")
        if is_new and _own_values(theirs, names) == keys:
            block = theirs
        relatives = [s.end for s in sections.values() if s.names[:1] == names[:1]]
        at = max(relatives) if relatives else len(text.rstrip()) + len(newline)
        text = _insert(text, at, block.rstrip().replace("\n", newline) + newline, newline)
    return text


def _home(text: str, sections: Mapping[Names, Section], names: Names) -> Names:
    """Return the name of the section that defines a table: another one's if by dotted keys."""
    for length in reversed(range(len(names))):
        section = sections.get(names[:length])
        if names not in sections and section is not None:
            table: Any = tomlkit.parse(text[section.start : section.end]).unwrap()
            for name in names:
                table = table.get(name) if isinstance(table, dict) else None
            if table is not None:
                return names[:length]
    return names


def _missing(
    names: Names, target: Mapping[str, Any], have: Mapping[str, Any] | None
) -> Iterator[tuple[Names, bool, dict[str, Any]]]:
    """Yield (name of a table, whether it is new, the keys that it lacks), tables in order."""
    mine = have or {}
    keys = {k: v for k, v in target.items() if k not in mine and not _is_table(v)}
    if keys or (have is None and not target):
        yield names, have is None, keys
    for key, value in target.items():
        if _is_table(value):
            yield from _missing((*names, key), value, mine.get(key))


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) and not isinstance(value, Inline)


def _own_values(section: str, names: Names) -> dict[str, Any]:
    """Return the keys of a section that are no tables."""
    table: Any = tomlkit.parse(section).unwrap()
    for name in names:
        table = table.get(name, {})
    return {key: value for key, value in table.items() if not isinstance(value, dict)}


def _insert(text: str, at: int, lines: str, gap: str = "") -> str:
    """Return the text with lines at an offset; ``gap`` is the blank line around a table."""
    before, after = text[:at], text[at:]
    newline = newline_of(text)
    if before and not before.endswith("\n"):
        before += newline
    if gap and before.strip() and not before.endswith(newline * 2):
        before += gap
    if gap and after.strip() and not after.startswith(("\n", "\r\n")):
        lines += gap
    return before + lines + after


def value_text(value: Any) -> str:
    """Return a plain value as TOML writes it behind a key; a table in one line."""
    if isinstance(value, Mapping):
        pairs = (f"{SingleKey(k).as_string()} = {value_text(v)}" for k, v in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        items = [value_text(item) for item in value]
        line = f"[{', '.join(items)}]"
        lines = "".join(f"  {line}\n" for item in items for line in f"{item},".split("\n"))
        return line if len(line) <= _LONG else f"[\n{lines}]"
    if isinstance(value, str) and _LITERAL.fullmatch(value):
        return f"'{value}'"
    return str(tomlkit.item(value).as_string())


def _ended_once(text: str, newline: str) -> str:
    return re.sub(r"(\r?\n[ \t]*)*\Z", "", text) + newline
