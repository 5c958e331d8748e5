"""Statements and imported names taken out of a file, with the space and comments around them."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from relayout.rewriting.name_uses import names_in
from relayout.source import Edit, Source, nodes_of

KIND = "path-hack"

_SOMETHING = re.compile(r"\S")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_ABOUT_PATHS = re.compile(r"\bpaths?\b|sys\.path|pythonpath|\broot\b", re.IGNORECASE)
_ABOUT_IMPORTING = re.compile(
    r"\b(?:add|allow|append|enable|ensure|fix|for|hack|insert|let|make|so that)\b.*\bimport",
    re.IGNORECASE,
)
_LONGEST_COMMENT = 4
"""A longer block of comment lines is about more than the statement below it."""


class Removal:
    """Takes the nodes ``gone`` (by id) out of a file."""

    def __init__(self, source: Source, module: ast.Module, gone: Collection[int]) -> None:
        self.source = source
        self.module = module
        self.gone = gone
        self._heads: set[int] = set()
        """Removed statements whose comment is about the next statement too, which stays."""

    def edits(self) -> list[Edit]:
        """Return the edits; a block that would be left empty gets a ``pass``."""
        edits: list[Edit] = []
        for node in nodes_of(self.module):
            if id(node) in self.gone:
                continue
            for body in _bodies(node):
                edits += self._body_edits(body)
            if isinstance(node, ast.Import | ast.ImportFrom):
                edits += self._alias_edits(node)
        return self._without_extra_blank_lines(edits)

    def _body_edits(self, body: list[ast.stmt]) -> list[Edit]:
        gone = [s for s in body if id(s) in self.gone or self._all_aliases_gone(s)]
        if not gone:
            return []
        self._heads |= {id(a) for a, b in pairwise(body) if a in gone and self._leads_to(a, b)}
        if len(gone) == len(body) and body is not self.module.body:
            start, _ = self.source.span(gone[0])
            _, end = self.source.span(gone[-1])
            if self._has_comments(gone):
                first_end = self.source.span(gone[0])[1]
                rest = [
                    edit for line in _by_line(body)[1:] for edit in self._line_edits(line, gone)
                ]
                return [Edit(start, first_end, "pass", KIND), *rest]
            return [Edit(start, end, "pass", KIND)]
        return [edit for line in _by_line(body) for edit in self._line_edits(line, gone)]

    def _leads_to(self, statement: ast.stmt, following: ast.stmt) -> bool:
        """Tell whether the statement on the next line stays, and used what this one assigned."""
        if not isinstance(statement, ast.Assign) or statement.end_lineno != following.lineno - 1:
            return False
        bound = {n.id for target in statement.targets for n in names_in(target)}
        used = {n.id for n in names_in(following) if isinstance(n.ctx, ast.Load)}
        return id(following) not in self.gone and not bound.isdisjoint(used)

    def _has_comments(self, statements: list[ast.stmt]) -> bool:
        """Tell whether comments stand between statements, each on a line of its own."""
        spans = [self.source.span(statement) for statement in statements]
        between = [self.source.text[a[1] : b[0]] for a, b in pairwise(spans)]
        return any("#" in text for text in between)

    def _all_aliases_gone(self, statement: ast.stmt) -> bool:
        return isinstance(statement, ast.Import | ast.ImportFrom) and all(
            id(alias) in self.gone for alias in statement.names
        )

    def _line_edits(self, line: list[ast.stmt], gone: list[ast.stmt]) -> list[Edit]:
        """Return the edits that take statements away which share their line with others."""
        if not any(statement in gone for statement in line):
            return []
        spans = [self.source.span(statement) for statement in line]
        text = self.source.text
        if all(statement in gone for statement in line):
            start, end = self.source.line_bounds(spans[0][0], spans[-1][1])
            indent = text[start : spans[0][0]]
            if not indent.strip():
                return [Edit(self._with_comment_above(start, indent, line[0]), end, "", KIND)]
            return [Edit(spans[0][0], spans[-1][1], "pass", KIND)]
        edits: list[Edit] = []
        last_kept = -1
        for position, statement in enumerate(line):
            if statement not in gone:
                last_kept = position
            elif any(later not in gone for later in line[position + 1 :]):
                edits.append(Edit(spans[position][0], spans[position + 1][0], "", KIND))
            else:
                edits.append(Edit(spans[last_kept][1], spans[-1][1], "", KIND))
                break
        return edits

    def _with_comment_above(self, line_start: int, indent: str, statement: ast.stmt) -> int:
        """Return the start of the comment that stands right above, if it is about paths."""
        starts = [line_start]
        while starts[-1] and id(statement) not in self._heads:
            above, _ = self.source.line_bounds(starts[-1] - 1, starts[-1] - 1)
            line = self.source.text[above : starts[-1]]
            if not line.startswith(f"{indent}#"):
                break
            if line.startswith(("#!", "# -*-", "#%%", "# %%")) or "coding:" in line:
                break
            starts.append(above)
        about = [
            _ABOUT_PATHS.search(self.source.text[start:end])
            or (
                not isinstance(statement, ast.Import | ast.ImportFrom)
                and _ABOUT_IMPORTING.search(self.source.text[start:end])
            )
            for end, start in pairwise(starts)
        ]
        if any(about) and len(about) <= _LONGEST_COMMENT:
            return starts[-1]
        nearest = next((n for n, is_about in enumerate(about) if not is_about), len(about))
        return starts[nearest]

    def _alias_edits(self, node: ast.Import | ast.ImportFrom) -> list[Edit]:
        gone = [alias for alias in node.names if id(alias) in self.gone]
        if not gone or len(gone) == len(node.names):
            return []
        edits = []
        for position, alias in enumerate(node.names):
            if alias not in gone:
                continue
            start, end = self.source.span(alias)
            if any(later not in gone for later in node.names[position + 1 :]):
                end = self.source.span(node.names[position + 1])[0]
            else:
                start = self.source.span(node.names[position - 1])[1]
            edits.append(Edit(start, end, "", KIND))
        return edits

    def _without_extra_blank_lines(self, edits: list[Edit]) -> list[Edit]:
        """Widen removals of whole lines so that they leave no doubled gap behind."""
        text = self.source.text
        merged: list[Edit] = []
        for edit in sorted(edits, key=lambda e: e.start):
            last = merged[-1] if merged else None
            whole = last is not None and not last.replacement and not edit.replacement
            if last is not None and whole and not text[last.end : edit.start].strip():
                if _ends_line(text, last.end):
                    merged[-1] = Edit(last.start, edit.end, "", KIND)
                    continue
            merged.append(edit)
        return [self._swallow_blank_lines(edit) for edit in merged]

    def _swallow_blank_lines(self, edit: Edit) -> Edit:
        text = self.source.text
        if edit.replacement or not _ends_line(text, edit.end):
            return edit
        is_first = _SOMETHING.search(text, 0, edit.start) is None
        most = len(text) if is_first else self._blank_lines_before(edit.start)
        end = edit.end
        for _ in range(most):
            blank = _BLANK_LINE.match(text, end)
            if blank is None:
                break
            end = blank.end()
        return Edit(edit.start, end, "", KIND)

    def _blank_lines_before(self, offset: int) -> int:
        text = self.source.text
        end, count = offset, 0
        while end:
            start, end_of_line = self.source.line_bounds(end - 1, end - 1)
            if text[start:end].strip(" \t\r\n"):
                break
            count += end_of_line == end
            end = start
        return count


def _ends_line(text: str, offset: int) -> bool:
    return offset == 0 or text[offset - 1] in "\r\n" or offset == len(text)


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
            yield body


def _by_line(body: Sequence[ast.stmt]) -> list[list[ast.stmt]]:
    """Group neighbouring statements that share a line."""
    lines: list[list[ast.stmt]] = []
    for statement in body:
        if lines and lines[-1][-1].end_lineno == statement.lineno:
            lines[-1].append(statement)
        else:
            lines.append([statement])
    return lines
