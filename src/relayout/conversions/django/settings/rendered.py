"""The text of the module that settings become: their statements to the letter, in their order.

Imports stand once at the top, those that are used. Comments that stand directly above a statement
stay with it. Of an ``if``, the statements that are not needed are left out.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from relayout.conversions.django.settings.modules import SettingsModule, Step, first_line
from relayout.inventory.python import standard_library
from relayout.source import Source, nodes_in

_WIDTH = 88


@dataclass(frozen=True, slots=True)
class Line:
    """Where a statement of the new text begins, and which step it comes from."""

    line: int
    step: Step


@dataclass(slots=True)
class Rendered:
    """The text of the statements, without imports, and where each of them was."""

    text: str = ""
    lines: list[Line] = field(default_factory=list)


def render(module: SettingsModule, numbers: Collection[int]) -> Rendered:
    """Return the statements with these numbers, but for imports that nothing depends on."""
    result = Rendered()
    wanted = [module.steps[n] for n in sorted(numbers)]
    kept = {id(step.node) for step in wanted}
    parts: list[tuple[str, Step, bool]] = []
    done: set[int] = set()
    end: tuple[str, int] = ("", 0)
    lines = {path: _lines(source) for path, source in module.sources.items()}
    for step in wanted:
        if id(step.top) in done or is_plain_import(step):
            continue
        done.add(id(step.top))
        source = module.sources[step.path]
        start, text = _statement(source, lines[step.path], step.top, kept)
        parts.append((text, step, (step.path, start - 1) == end))
        end = step.path, step.top.end_lineno or 0
    line = 1
    was_function = False
    for text, step, follows in parts:
        is_function = isinstance(step.top, ast.FunctionDef)
        apart = is_function or was_function
        was_function = is_function
        blank = 0 if not result.text or (follows and not apart) else 1 + apart
        result.lines.append(Line(line + blank, step))
        result.text += "\n" * blank + f"{text}\n"
        line += blank + text.count("\n") + 1
    return result


def is_plain_import(step: Step) -> bool:
    """Tell whether a step is an import that depends on no condition."""
    return isinstance(step.node, ast.Import | ast.ImportFrom) and not step.guards


def import_lines(module: SettingsModule, used: Collection[str]) -> str:
    """Return the import statements that bind the used names, in the order that isort gives them.

    The standard library's come first; of each part, those without ``from``
    (https://pycqa.github.io/isort/docs/configuration/profiles.html).
    """
    found: dict[tuple[bool, bool, str], set[str]] = {}
    for step in module.steps:
        if is_plain_import(step):
            for base, text in _imported(step.node, used):
                is_foreign = (base or text).partition(".")[0] not in standard_library()
                found.setdefault((is_foreign, bool(base), base or text), set()).add(text)
    lines: list[str] = []
    was_foreign = False
    for is_foreign, has_base, name in sorted(found, key=_order):
        if is_foreign and not was_foreign and lines:
            lines.append("")
        was_foreign = is_foreign
        texts = sorted(found[is_foreign, has_base, name], key=_order_of_name)
        lines += _from_lines(name, texts) if has_base else [f"import {text}" for text in texts]
    return "".join(f"{line}\n" for line in lines)


def _from_lines(base: str, names: Sequence[str]) -> list[str]:
    line = f"from {base} import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return [line]
    return [f"from {base} import (", *(f"    {name}," for name in names), ")"]


def _order(key: tuple[bool, bool, str]) -> tuple[bool, bool, str]:
    return key[0], key[1], key[2].lower()


def _order_of_name(text: str) -> tuple[int, str]:
    """Return what orders names: constants, classes, then all others."""
    name = text.partition(" ")[0]
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2), name


def used_names(text: str) -> frozenset[str]:
    """Return the names that the code of a module loads. Raises SyntaxError."""
    nodes = nodes_in(ast.parse(text))
    return frozenset(n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))


def _imported(node: ast.stmt, used: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the used names of an import: the module behind ``from``, if any, and the name's text.

    What is taken from a module of the repository by a relative import is none of them.
    """
    assert isinstance(node, ast.Import | ast.ImportFrom)
    if isinstance(node, ast.ImportFrom) and node.level:
        return
    base = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        if (alias.asname or alias.name.partition(".")[0]) in used:
            yield base, f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def _statement(
    source: Source, lines: Sequence[str], node: ast.stmt, kept: Collection[int]
) -> tuple[int, str]:
    """Return the first line of a statement with the comments above it, and its text."""
    first, last = first_line(node), node.end_lineno or node.lineno
    if not _has_lines_alone(source, node, first):
        start, end = source.span(node)
        return first, _unified(source.text[start:end])
    start = _with_comments(lines, first)
    gone: dict[int, str] = {}
    if isinstance(node, ast.If) and id(node) not in kept:
        gone.update(_left_out(node, kept, lines))
    text: list[str] = []
    for number in range(start, last + 1):
        replacement = gone.get(number)
        if replacement is None:
            text.append(lines[number - 1])
        elif replacement:
            text.append(replacement)
    return start, "\n".join(text)


def _left_out(
    node: ast.If, kept: Collection[int], lines: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """Yield the lines of an ``if`` that go, each with what stands there instead, if anything."""
    for body in (node.body, node.orelse):
        stays = [_is_needed(statement, kept) for statement in body]
        for statement, needed in zip(body, stays, strict=True):
            if needed and isinstance(statement, ast.If) and id(statement) not in kept:
                yield from _left_out(statement, kept, lines)
            elif not needed:
                first = _with_comments(lines, first_line(statement))
                if _is_elif(statement, lines):
                    yield from _without_branches(statement, lines)
                    continue
                for number in range(first, (statement.end_lineno or first) + 1):
                    yield number, ""
        if body and not any(stays) and not _is_elif(body[0], lines):
            yield first_line(body[0]), f"{_indent(lines[first_line(body[0]) - 1])}pass"


def _without_branches(node: ast.stmt, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield what empties the branches of an ``elif``; its conditions stay."""
    assert isinstance(node, ast.If)
    yield from _left_out(node, (), lines)


def _is_elif(node: ast.stmt, lines: Sequence[str]) -> bool:
    return isinstance(node, ast.If) and lines[node.lineno - 1].lstrip().startswith("elif")


def _is_needed(node: ast.stmt, kept: Collection[int]) -> bool:
    return id(node) in kept or (
        isinstance(node, ast.If) and any(_is_needed(n, kept) for n in [*node.body, *node.orelse])
    )


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _lines(source: Source) -> list[str]:
    starts = source.line_starts
    return [source.text[start:end].rstrip("\r\n") for start, end in pairwise(starts)]


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_comments(lines: Sequence[str], first: int) -> int:
    """Return the line on which the comments directly above a line begin, or the line itself."""
    indent = _indent(lines[first - 1])
    while first > 1 and lines[first - 2].startswith(f"{indent}#"):
        first -= 1
    return first


def _has_lines_alone(source: Source, node: ast.stmt, first: int) -> bool:
    """Tell whether no other code stands on the lines of a statement."""
    start, end = source.offset(first, 0), source.span(node)[1]
    rest = source.text[end : source.line_starts[node.end_lineno or 0]]
    before = source.text[start : source.span(node)[0]] if first == node.lineno else ""
    return not before.strip() and (not rest.strip() or rest.lstrip().startswith("#"))


def origin_of(lines: Sequence[Line], line: int) -> Step | None:
    """Return the step that a line of the new text comes from."""
    found = [entry for entry in lines if entry.line <= line]
    return found[-1].step if found else None
