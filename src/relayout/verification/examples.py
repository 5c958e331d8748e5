"""What edits may do to examples: change their imports, and the names that these bind.

Outside of the edits a docstring is the text that it was; its code, imports and edited names set
aside, is the code that it was. In expected output the module of a class may change.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from relayout.inventory.docstring_code import DocstringCode, docstrings, read_shown
from relayout.inventory.doctest_output import OutputName, names_in_output
from relayout.inventory.string_literals import Literal, read_literal
from relayout.rewriting.example_edits import KIND
from relayout.source import Edit, Source, nodes_of, starts_after

Bounds = tuple[int, int]


def unexplained_examples(
    old: Source, old_module: ast.Module, new: Source, new_module: ast.Module, edits: Sequence[Edit]
) -> str:
    """Return what edits of examples did that they may not, or an empty string.

    ``edits`` are all edits of the file; those of other kinds are not judged here.
    """
    if not any(edit.kind == KIND for edit in edits):
        return ""
    bounds_before, bounds_after = _bounds(edits)
    before = _edited(old, old_module, bounds_before)
    after = _edited(new, new_module, bounds_after)
    if before is None or after is None:
        return "an edit for an example lies outside of the code in a docstring"
    if len(before) != len(after):
        return "an edit for an example changes where docstrings begin or end"
    for one, other in zip(before, after, strict=True):
        if one.prose != other.prose:
            return f"line {one.line} before: a docstring differs by more than its examples' edits"
        if one.code != other.code:
            return f"line {one.line} before: the code of an example differs by more than imports"
    return ""


def is_edited_docstring(source: Source, node: ast.AST, bounds: Sequence[Bounds]) -> bool:
    """Tell whether a string has edits of examples inside of its literal."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    start, end = source.span(node)
    return any(start < first and last < end for first, last in bounds)


def _bounds(edits: Sequence[Edit]) -> tuple[list[Bounds], list[Bounds]]:
    """Return where the edits of examples are before, and where after all edits were made."""
    examples = [(edit, start) for edit, start in starts_after(edits) if edit.kind == KIND]
    before = [(edit.start, edit.end) for edit, _ in examples]
    return before, [(start, start + len(edit.replacement)) for edit, start in examples]


@dataclass(frozen=True, slots=True)
class _Docstring:
    """A docstring with edits: its line, the text outside of them, and its code without imports."""

    line: int
    prose: tuple[str, ...]
    code: tuple[object, ...]


def _edited(
    source: Source, module: ast.Module, bounds: Sequence[Bounds]
) -> list[_Docstring] | None:
    """Return the docstrings that hold edits, or None if one of these is not in a docstring."""
    found = []
    remaining = list(bounds)
    nodes = sorted(docstrings(module), key=lambda node: (node.lineno, node.col_offset))
    for node in nodes:
        start, end = source.span(node)
        inside = [b for b in remaining if start < b[0] and b[1] < end]
        if not inside:
            continue
        remaining = [b for b in remaining if not (start < b[0] and b[1] < end)]
        literal = read_literal(source, node)
        if literal is None:
            return None
        written: list[object] = []
        explained: list[Bounds] = []
        for code in read_shown(node).code:
            placed = {b: _in_code(str(node.value), code, literal, b) for b in inside}
            explained += [b for b, place in placed.items() if place]
            written += _written(code, module, {place for place in placed.values() if place})
        names = names_in_output(node)
        explained += [b for b in inside if _in_output(names, literal, b)]
        if set(explained) != set(inside):
            return None
        prose = _without(source.text, start, end, inside)
        found.append(_Docstring(node.lineno, prose, tuple(written)))
    return None if remaining else found


def _in_code(value: str, code: DocstringCode, literal: Literal, bounds: Bounds) -> Bounds | None:
    """Return where an edit is in the code of a docstring; None if not wholly in lines of code."""
    first, last = (_index(literal.offsets, place) for place in bounds)
    if first is None or last is None:
        return None
    start, end = code.in_text(first), code.in_text(last)
    if start is None or end is None:
        return None
    lines = code.number_at(end) - code.number_at(start)
    return (start, end) if lines == value.count("\n", first, last) else None


def _in_output(names: Sequence[OutputName], literal: Literal, bounds: Bounds) -> bool:
    """Tell whether an edit is of the module in the name of a class that output shows."""
    return any(
        literal.offsets[name.start] == bounds[0]
        and any(
            literal.offsets[name.start + dot.start()] == bounds[1]
            for dot in re.finditer(r"\.", name.text)
        )
        for name in names
    )


def _index(offsets: Sequence[int], place: int) -> int | None:
    index = bisect_left(offsets, place)
    return index if index < len(offsets) and offsets[index] == place else None


def _without(text: str, start: int, end: int, bounds: Sequence[Bounds]) -> tuple[str, ...]:
    """Return what of a text lies before, between and behind some parts of it."""
    places = [start, *(place for pair in sorted(bounds) for place in pair), end]
    return tuple(text[a:b] for a, b in zip(places[::2], places[1::2], strict=True))


def _written(
    code: DocstringCode, module: ast.Module, bounds: Collection[Bounds]
) -> Iterator[object]:
    """Yield a syntax tree without imports and, where edits are, the names that imports bind."""
    source = Source(code.text, "utf-8", False)
    tree = source.parse()
    imported = _imported(tree) | _imported(module)
    pending: list[object] = [tree]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            kept = [part for part in item if not isinstance(part, ast.Import | ast.ImportFrom)]
            yield len(kept)
            pending.extend(reversed(kept))
        elif isinstance(item, ast.Name | ast.Attribute) and source.span(item) in bounds:
            yield "a name" if _root(item) in imported else ast.dump(item)
        elif isinstance(item, ast.AST):
            yield type(item)
            pending.extend(getattr(item, name, None) for name in reversed(item._fields))
        else:
            yield type(item), item


def _imported(module: ast.Module) -> set[str]:
    """Return the names that imports bind, anywhere in a module."""
    return {
        (alias.asname or alias.name).partition(".")[0]
        for node in nodes_of(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _root(node: ast.expr) -> str:
    """Return the name that a dotted name begins with; empty for other expressions."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
