"""What a TOML text says, in the form in which it is merged.

Tables are dictionaries, as the parser has them. Two more things are said that a merge must know:
which tables are values (they stand in the line of their key, and make sense as a whole only), and
which table of an array is which.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from relayout.conversions.toml_text import Inline


@dataclass(frozen=True)
class Element:
    """One table of an array: by what it says under its identifying key, or by all that it says."""

    label: str
    number: int = 0
    """How many tables before it say the same."""


Path = tuple["str | Element", ...]
"""Where a value is: the names of the tables that lead to it, and its key."""


class Keyed(dict[Element, Any]):
    """An array of tables, each under what identifies it, in their order."""


class Missing(Enum):
    """What a key says that is not there."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING

_IDENTIFYING = ("name", "module", "id", "include", "path", "file", "from", "url")
"""Keys by which the tables of an array are told apart, the best first."""

Names = tuple[str, ...]


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same one, whatever the order of their keys."""
    return fingerprint(one) == fingerprint(other)


def fingerprint(value: Any) -> Hashable:
    """Return what two values have in common if they are the same: ``true`` is not 1."""
    if isinstance(value, Keyed):
        return fingerprint(list(value.values()))
    if isinstance(value, Mapping):
        return frozenset((key, fingerprint(item)) for key, item in value.items())
    if isinstance(value, list):
        return ("list", *map(fingerprint, value))
    return (type(value).__name__, repr(value))


def plain(value: Any) -> Any:
    """Return a value as the parser has it."""
    if isinstance(value, Keyed):
        return [plain(item) for item in value.values()]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def identifying_keys(documents: Sequence[Mapping[str, Any]]) -> dict[Names, str]:
    """Return the key that tells the tables of an array apart in every document that has it.

    Arrays of which no key does are left out.
    """
    arrays: dict[Names, list[list[Any]]] = {}
    for document in documents:
        for names, array in _arrays_of_tables(document, ()):
            arrays.setdefault(names, []).append(array)
    keys = {names: _identifying_key(found) for names, found in arrays.items()}
    return {names: key for names, key in keys.items() if key}


def _identifying_key(arrays: Sequence[list[Any]]) -> str:
    for key in _IDENTIFYING:
        said = [[fingerprint(table.get(key, MISSING)) for table in array] for array in arrays]
        lacking = fingerprint(MISSING)
        if all(len({*values}) == len(values) and lacking not in values for values in said):
            return key
    return ""


def _arrays_of_tables(value: Any, names: Names) -> Iterator[tuple[Names, list[Any]]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _arrays_of_tables(item, (*names, key))
    elif _is_array_of_tables(value):
        yield names, value
        for table in value:
            yield from _arrays_of_tables(table, names)


def _is_array_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(i, dict) for i in value)


def keyed(value: Any, keys: Mapping[Names, str], names: Names = ()) -> Any:
    """Return a value of the parser's with each table of an array under what identifies it."""
    if isinstance(value, Mapping):
        return {key: keyed(item, keys, (*names, key)) for key, item in value.items()}
    if not _is_array_of_tables(value):
        return value
    tables = Keyed()
    for table in value:
        said = table[keys[names]] if names in keys else table
        label, number = label_of(said), 0
        while Element(label, number) in tables:
            number += 1
        tables[Element(label, number)] = keyed(table, keys, names)
    return tables


def label_of(value: Any) -> str:
    """Return a text that says what a value does, the same one for the same value."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={label_of(value[key])}" for key in sorted(value))
    if isinstance(value, list):
        return " ".join(map(label_of, value))
    return str(value)


def with_inline(value: Any, inline: Collection[Path], path: Path = ()) -> Any:
    """Return a keyed value in which the tables at the given paths are marked as values."""
    if not isinstance(value, Mapping):
        return value
    items = {key: with_inline(item, inline, (*path, key)) for key, item in value.items()}
    if isinstance(value, Keyed):
        return Keyed(items)
    return Inline(items) if path in inline else items


def value_at(value: Any, path: Path) -> Any:
    """Return what a value says at a path; MISSING if it says nothing there."""
    for part in path:
        if not isinstance(value, Mapping) or part not in value:
            return MISSING
        value = value[part]
    return value
