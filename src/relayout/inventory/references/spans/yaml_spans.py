"""Scalars of a YAML text with the place of every character, so that a part can be replaced.

A scalar is read as YAML 1.1 reads it (https://yaml.org/spec/1.1/): quotes, escapes, indentation and
folded line ends are gone from its value. Readers look for references in the value;
:func:`placed` says where those stand in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from relayout.inventory.configured_paths.yaml_files import compose_yaml
from relayout.inventory.references.reference import Reference

_LARGEST = 100_000
_MOST_NODES = 50_000
_DEEPEST = 60
"""What is larger, or deeper, is data that would take seconds to read."""

ITEM = "-"
"""Stands among the keys of a scalar for a list."""

_PROPERTIES = re.compile(r"(?:[&!]\S*(?:[ \t\r\n]|#[^\r\n]*)*)*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|$)")
_ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n[ \t]*|.)", re.DOTALL
)
_ESCAPED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_FIRST_INDENT = re.compile(r"(?:[ \t]*[\r\n])*(?P<indent>[ \t]*)")
_BLANKS = frozenset(" \t\r\n\x85\u2028\u2029")
_ITEM_BEGINS = re.compile(r"[ \t]*-[ \t]+[\"']?")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar: its value, and the characters ``start`` to ``end`` of the text that it stands in.

    They stand between the quotes, or are the lines of a block. ``quote`` is empty for a plain
    one, and ``|`` or ``>`` for a block. ``between`` is what stands between it and another item of
    its list, None where it is no item. ``keys`` lead to it from the top of its document, with
    ``ITEM`` for each list; of a key, they end with the key itself.
    """

    value: str
    start: int
    end: int
    quote: str = ""
    keys: tuple[str, ...] = ()
    between: str | None = None
    is_key: bool = False
    line_break: str = "\n"
    """What a line break of a block is written as, with the indentation of the next line."""
    places: tuple[tuple[int, int], ...] = ()
    """Where each character of the value stands; empty if it is the text as it stands there."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters ``start`` to ``end`` of the value stand in the text."""
        if not self.places:
            return self.start + start, self.start + end
        first = self.places[start][0] if start < len(self.places) else self.end
        return first, self.places[end - 1][1] if end > start else first


def placed(found: Iterable[Reference], scalar: Scalar, text: str) -> Iterator[Reference]:
    """Yield the references that were found in a scalar's value as they stand in the text.

    What is not written there as it is read, such as a path with an escape in it, is left out.
    """
    for reference in found:
        start, end = scalar.span(reference.start, reference.end)
        if text[start:end] == reference.text:
            between = written_between(reference.between, scalar)
            yield replace(reference, start=start, end=end, between=between)


def written_between(between: str | None, scalar: Scalar) -> str | None:
    """Return what stands between two words as it can be written in a scalar, if it can be.

    What stands between items is written outside of it.
    """
    if between == scalar.between:
        return between
    if between is None or (scalar.quote in ('"', "'") and scalar.quote in between):
        return None
    return between.replace("\n", scalar.line_break) if scalar.quote in ("|", ">") else between


@lru_cache(maxsize=4)
def documents_of(text: str) -> tuple[Node, ...]:
    """Return the documents of a YAML text as nodes; none if it is not valid, or is data.

    ``yaml_files.entries`` and ``value_of`` find what is in them.
    """
    return tuple(compose_yaml(text)) if len(text) <= _LARGEST else ()


def scalars_of(text: str) -> list[Scalar]:
    """Return the scalars of a YAML text in order of place, keys among them, aliases once."""
    return [scalar for document in documents_of(text) for scalar in scalars_in(document, text)]


def scalars_in(node: Node | None, text: str, keys: tuple[str, ...] = ()) -> list[Scalar]:
    """Return the scalars of a node, and of all that is in it; ``keys`` lead to the node."""
    found: list[Scalar] = []
    seen: set[int] = set()
    rest: list[tuple[Node, tuple[str, ...], bool, Node | None]] = []
    if node is not None:
        rest.append((node, keys, False, None))
    while rest and len(seen) < _MOST_NODES:
        here, path, is_key, parent = rest.pop()
        if id(here) in seen or len(path) - len(keys) > _DEEPEST:
            continue
        seen.add(id(here))
        if isinstance(here, ScalarNode):
            scalar = scalar_of(here, text, path, parent)
            found += [replace(scalar, is_key=is_key)] if scalar else []
        elif isinstance(here, SequenceNode):
            rest += [(item, (*path, ITEM), False, here) for item in here.value]
        elif isinstance(here, MappingNode):
            for key, value in here.value:
                below = (*path, key.value) if isinstance(key, ScalarNode) else path
                rest += [(key, below, True, None), (value, below, False, None)]
    return sorted(found, key=lambda scalar: scalar.start)


def scalar_of(
    node: Node | None, text: str, keys: tuple[str, ...] = (), parent: Node | None = None
) -> Scalar | None:
    """Return a scalar node with its place; None for no scalar, and where the place is not sure.

    ``parent`` is the list that it is an item of.
    """
    if not isinstance(node, ScalarNode) or not node.value:
        return None
    start, end = _PROPERTIES.match(text, node.start_mark.index).end(), node.end_mark.index  # type: ignore[union-attr]
    quote = node.style or ""
    if quote in ("|", ">"):
        header = _HEADER.match(text, start)
        start = header.end() if header else end
    elif quote:
        start, end = start + 1, end - 1
    if not 0 <= start < end <= len(text):
        return None
    line_break = _line_break(text, start, end) if quote in ("|", ">") else "\n"
    scalar = Scalar(node.value, start, end, quote, keys, line_break=line_break)
    if isinstance(parent, SequenceNode):
        scalar = replace(scalar, between=_between(scalar, text, bool(parent.flow_style)))
    if text[start:end] == node.value:
        return scalar
    places = _aligned(node.value, _units(text, start, end, quote))
    return replace(scalar, places=places) if places else None


def items_of(node: Node | None, text: str, keys: tuple[str, ...] = ()) -> list[Scalar]:
    """Return the scalars that stand directly in a list; of a single scalar, that one."""
    if isinstance(node, SequenceNode):
        found = [scalar_of(item, text, (*keys, ITEM), node) for item in node.value]
    else:
        found = [scalar_of(node, text, keys)]
    return [scalar for scalar in found if scalar is not None]


def _line_break(text: str, start: int, end: int) -> str:
    """Return a line break with what the lines of a block begin with."""
    line = _FIRST_INDENT.match(text, start, end)
    return _newline(text) + (line["indent"] if line else "")


def _newline(text: str) -> str:
    return "\r\n" if text.find("\r\n", 0, 10_000) >= 0 else "\n"


def _between(scalar: Scalar, text: str, is_flow: bool) -> str | None:
    """Return what stands between an item of a list and the next, with the quotes of both."""
    if scalar.quote in ("|", ">") or "\n" in text[scalar.start : scalar.end]:
        return None
    if is_flow:
        return f"{scalar.quote}, {scalar.quote}"
    line = text.rfind("\n", 0, scalar.start) + 1
    begins = text[line : scalar.start]
    if not _ITEM_BEGINS.fullmatch(begins):
        return None
    return f"{scalar.quote}{_newline(text)}{begins}"


def _units(text: str, start: int, end: int, quote: str) -> Iterator[tuple[str, int, int]]:
    """Yield the characters that a scalar is written with: what each means, and its place."""
    position = start
    while position < end:
        letter, after = text[position], position + 1
        if quote == '"' and letter == "\\":
            match = _ESCAPE.match(text, position, end)
            after = match.end() if match else after
            letter = _unescaped(text[position + 1 : after])
        elif quote == "'" and text.startswith("''", position):
            after = position + 2
        if letter:
            yield letter, position, after
        position = after


def _unescaped(escape: str) -> str:
    """Return what an escape means; nothing for an escaped end of a line."""
    if escape[:1] in ("x", "u", "U") and len(escape) > 1:
        code = int(escape[1:], 16)
        return chr(code) if code < 0x110000 else ""
    return "" if escape[:1] in ("\r", "\n") else _ESCAPED.get(escape, escape)


def _aligned(value: str, units: Iterable[tuple[str, int, int]]) -> tuple[tuple[int, int], ...]:
    """Return where each character of a value stands among the units; empty if they do not fit.

    Folding and indentation change how much is blank, and nothing else.
    """
    places: list[tuple[int, int]] = []
    blanks: list[tuple[int, int]] = []
    position = 0
    for letter, start, end in units:
        if letter in _BLANKS:
            blanks.append((start, end))
            continue
        stop = position
        while stop < len(value) and value[stop] in _BLANKS:
            stop += 1
        if stop == len(value) or value[stop] != letter or (stop > position and not blanks):
            return ()
        places += _blank_places(stop - position, blanks)
        places.append((start, end))
        position, blanks = stop + 1, []
    rest = value[position:]
    if rest.strip("".join(_BLANKS)) or (rest and not blanks):
        return ()
    return (*places, *_blank_places(len(rest), blanks))


def _blank_places(count: int, blanks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a place for each of so many blanks; the first ones belong together."""
    return [blanks[min(index, len(blanks) - 1)] for index in range(count)]
