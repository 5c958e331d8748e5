"""The text of the module that settings become: their statements to the letter, in their order.

Comments that stand directly above a statement stay with it. Of an ``if``, the statements that are
not needed are left out; what another module has is written where it was taken from that.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from relayout.conversions.django.settings.import_lines import is_plain_import
from relayout.conversions.django.settings.modules import Guard, SettingsModule, Step, first_line
from relayout.source import Source, nodes_in

_INDENT = "    "


def render(module: SettingsModule, numbers: Collection[int]) -> str:
    """Return the statements with these numbers, but for imports that depend on no condition."""
    steps = [module.steps[number] for number in sorted(numbers)]
    return _Writer(module).block([s for s in steps if not is_plain_import(s)], 0, 0)


@dataclass(frozen=True, slots=True)
class _Part:
    """The text of one statement, and the lines that it stood on."""

    text: str
    path: str
    first: int
    last: int
    is_function: bool = False

    def blank_lines_after(self, before: _Part) -> int:
        """Return how many blank lines stand between two parts."""
        if self.is_function or before.is_function:
            return 2
        return 0 if (before.path, before.last + 1) == (self.path, self.first) else 1


class _Writer:
    """Writes statements of the modules that settings are read from."""

    def __init__(self, module: SettingsModule) -> None:
        self._sources = module.sources
        self._lines = {path: _lines(source) for path, source in module.sources.items()}

    def block(self, steps: Sequence[Step], depth: int, level: int) -> str:
        """Return the text of statements that share ``depth`` conditions, indented to a level."""
        parts: list[_Part] = []
        for guarded, group in groupby(steps, lambda step: _guard_at(step, depth)):
            if guarded is None:
                parts += [self._statement(step, level) for step in group]
            else:
                parts.append(self._conditional(guarded, list(group), depth, level))
        text = "".join(part.text for part in parts[:1])
        for before, part in pairwise(parts):
            text += "\n" * part.blank_lines_after(before) + part.text
        return text

    def _conditional(
        self, place: tuple[ast.If, str], steps: Sequence[Step], depth: int, level: int
    ) -> _Part:
        """Return an ``if``, or an ``elif``, with the branches that are needed."""
        node, path = place
        lines = self._lines[path]
        is_elif = _is_elif(node, lines)
        first = node.lineno if is_elif else _with_comments(lines, node.lineno)
        last = _last_line_of_head(node, lines)
        text = self._indented(path, node.test, first, last, level)
        body = [step for step in steps if step.guards[depth].in_body]
        others = [step for step in steps if not step.guards[depth].in_body]
        text += self.block(body, depth + 1, level + 1) or f"{_INDENT * (level + 1)}pass\n"
        inner = node.orelse[-1] if node.orelse else None
        if others and isinstance(inner, ast.If) and _is_elif(inner, lines):
            text += self._conditional((inner, path), others, depth + 1, level).text
        elif others:
            text += f"{_INDENT * level}else:\n{self.block(others, depth + 1, level + 1)}"
        return _Part(text, path, first, node.end_lineno or last)

    def _statement(self, step: Step, level: int) -> _Part:
        node, path = step.node, step.path
        source = self._sources[path]
        first, last = first_line(node), node.end_lineno or node.lineno
        is_function = isinstance(node, ast.FunctionDef)
        if _has_lines_alone(source, node, first):
            first = _with_comments(self._lines[path], first)
            text = self._indented(path, node, first, last, level)
        else:
            start, end = source.span(node)
            text = f"{_INDENT * level}{_unified(source.text[start:end])}\n"
        return _Part(text, path, first, last, is_function)

    def _indented(self, path: str, node: ast.AST, first: int, last: int, level: int) -> str:
        """Return lines with another indentation, but for those that a string goes on in."""
        lines = self._lines[path]
        old = _indent(lines[first - 1])
        inside = _lines_in_strings(node)
        text = ""
        for number in range(first, last + 1):
            line = lines[number - 1]
            if number not in inside:
                line = line.removeprefix(old)
                line = f"{_INDENT * level}{line}" if line else ""
            text += f"{line}\n"
        return text


def _guard_at(step: Step, depth: int) -> tuple[ast.If, str] | None:
    if len(step.guards) <= depth:
        return None
    guard: Guard = step.guards[depth]
    return guard.node, guard.path


def _lines_in_strings(node: ast.AST) -> set[int]:
    """Return the lines that begin within a string."""
    return {
        line
        for part in nodes_in(node)
        if isinstance(part, ast.Constant | ast.JoinedStr)
        for line in range(part.lineno + 1, (part.end_lineno or 0) + 1)
    }


def _last_line_of_head(node: ast.If, lines: Sequence[str]) -> int:
    """Return the line that the head of an ``if`` ends on."""
    last = first_line(node.body[0]) - 1
    while last > (node.test.end_lineno or 0) and _is_comment(lines[last - 1]):
        last -= 1
    return last


def _is_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _is_elif(node: ast.If, lines: Sequence[str]) -> bool:
    return lines[node.lineno - 1].lstrip().startswith("elif")


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
