"""The text of a ``from`` import: its module's name replaced, names taken out with their comments.

Names whose modules go to different places need statements of their own. What stays is not laid
out anew; a new statement stands on one line, or has a line for each name where comments or its
length ask for that.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from relayout.rewriting.statement_text import KIND, StatementText
from relayout.source import Edit, Source

_GAP = r"(?:\s|\\(?:\r\n|\r|\n))*"
_FROM = re.compile(
    rf"from(?P<gap>{_GAP})(?P<module>\.[.\s\\]*(?:[^\W\d][\w.\s\\]*?)?|[^\W\d][\w.\s\\]*?)"
    rf"(?P<end>{_GAP})\bimport\b(?P<open>{_GAP}\()?"
)
_PIECE = re.compile(r"#[^\r\n]*|,|\r\n|\r|\n")
_ABOUT_STATEMENT = re.compile(r"#\s*(?:noqa|type:\s*ignore|pylint:)")
_WIDTH = 88
"""Where formatters break a line by default."""


@dataclass(frozen=True, slots=True)
class NewName:
    """One name of a ``from`` import after the moves: its base module and its name there."""

    alias: ast.alias
    base: str
    name: str

    @property
    def text(self) -> str:
        """The name as a statement has it, with ``as`` where it is needed or was repeated."""
        bound = self.alias.asname or self.alias.name
        repeated = self.alias.asname == self.alias.name
        return self.name if self.name == bound and not repeated else f"{self.name} as {bound}"

    @property
    def is_renamed(self) -> bool:
        """Whether the name is another one in its module now."""
        return self.name != self.alias.name


@dataclass(slots=True)
class _Item:
    """A name in the text. ``lead`` is where its own lines begin, comments above it included."""

    start: int
    end: int
    lead: int
    own_line: bool = False
    comma: int | None = None
    tail: int = 0
    above: list[tuple[int, str]] = field(default_factory=list)
    after: list[tuple[int, str]] = field(default_factory=list)


class FromStatement:
    """Edits one ``from`` import."""

    def __init__(self, source: Source, node: ast.ImportFrom) -> None:
        self.source = source
        self.node = node
        self.edits: list[Edit] = []
        self._start = source.offset(node.lineno, node.col_offset)

    @cached_property
    def place(self) -> StatementText:
        """Where the statement stands."""
        return StatementText(self.source, self.node)

    def rebase(self, base: str) -> list[Edit]:
        """Return the edits that give all names one new module. Raises ValueError as rewrite."""
        if not self._module_replaced_at_once(base):
            self._with_text_taken_apart(base, {base: []})
        return self.edits

    def rewrite(self, names: Sequence[NewName]) -> list[Edit]:
        """Return the edits that give each name its new module.

        Raises ValueError if the text is not that of a ``from`` import.
        """
        groups: dict[str, list[NewName]] = {}
        for name in names:
            groups.setdefault(name.base, []).append(name)
        first = next((base for base in groups if base), None)
        if first is None:
            self.edits.append(self.place.replaced_by([f"import {name.text}" for name in names]))
            return self.edits
        if len(groups) == 1 and self._module_replaced_at_once(first):
            pass
        else:
            self._with_text_taken_apart(first, groups)
        for name in groups[first]:
            if name.is_renamed:
                self._edit(*self.source.span(name.alias), name.text)
        return self.edits

    def _edit(self, start: int, end: int, text: str) -> None:
        if self.source.text[start:end] != text:
            self.edits.append(Edit(start, end, text, KIND))

    def _module_replaced_at_once(self, base: str) -> bool:
        """Replace the module's name where the statement is written in the usual way."""
        old = "." * self.node.level + (self.node.module or "")
        start = self._start + len("from ")
        if not self.source.text.startswith(f"from {old} import", self._start):
            return False
        self._edit(start, start + len(old), base)
        return True

    def _with_text_taken_apart(self, first: str, groups: dict[str, list[NewName]]) -> None:
        match = _FROM.match(self.source.text, self.place.start, self.place.end)
        if match is None:
            raise ValueError(f"line {self.node.lineno}: the statement cannot be taken apart")
        gap = "" if match["gap"] else " "
        after = "" if match["end"] else " "
        self._edit(match.start("module"), match.end("module"), f"{gap}{first}{after}")
        if len(groups) == 1:
            return
        kept = {id(name.alias) for name in groups[first]}
        items = self._items(match.end(), bool(match["open"]))
        moved = self._take_out(items, kept, bool(match["open"]))
        others = [base for base in groups if base != first]
        statements = [self._statement(base, groups[base], items, moved) for base in others]
        self.edits.append(self.place.followed_by(statements))

    # -- the names in the text

    def _items(self, opening: int, parentheses: bool) -> list[_Item]:
        """Return the names, each with the comments that belong to it."""
        spans = [self.source.span(alias) for alias in self.node.names]
        items = [_Item(start, end, start, tail=end) for start, end in spans]
        bounds = [opening, *(end for _, end in spans)]
        ends = [*(start for start, _ in spans), self.place.end - parentheses]
        for number, (start, end) in enumerate(zip(bounds, ends, strict=True)):
            before = items[number - 1] if number else None
            behind = items[number] if number < len(items) else None
            self._read_gap(start, end, before, behind)
        return items

    def _read_gap(self, start: int, end: int, before: _Item | None, behind: _Item | None) -> None:
        """Read what stands between two names: a comment on the line belongs to the one before."""
        new_line = False
        for piece in _PIECE.finditer(self.source.text, start, end):
            text = piece.group()
            if text == ",":
                if before is not None:
                    before.comma, before.tail = piece.start(), piece.end()
            elif not text.startswith("#"):
                new_line = True
                if behind is not None:
                    behind.own_line = True
            elif not new_line:
                if before is not None:
                    before.after.append((piece.start(), text))
                    before.tail = piece.end()
            elif behind is not None:
                behind.above.append((piece.start(), text))
                behind.lead = min(behind.lead, piece.start())

    def _take_out(self, items: Sequence[_Item], kept: set[int], parentheses: bool) -> list[Edit]:
        """Remove the names that are not kept, run by run; return the edits that do."""
        stays = [id(alias) in kept for alias in self.node.names]
        removed: list[Edit] = []
        first = 0
        while first < len(items):
            last = first
            if not stays[first]:
                while last + 1 < len(items) and not stays[last + 1]:
                    last += 1
                start, end = self._run(items, first, last, parentheses)
                removed.append(Edit(start, end, "", KIND))
            first = last + 1
        self.edits += removed
        return removed

    def _run(
        self, items: Sequence[_Item], first: int, last: int, parentheses: bool
    ) -> tuple[int, int]:
        """Return what to delete so that names ``first`` to ``last`` go and the rest is valid."""
        opens_line = parentheses and items[first].own_line
        if last + 1 < len(items):
            if first == 0 or opens_line or not parentheses:
                return items[first].lead, items[last + 1].lead
            return items[first - 1].end, items[last].end
        previous = items[first - 1]
        if not opens_line:
            return previous.end, items[last].end
        if items[last].comma is None and previous.comma is not None:
            self._edit(previous.comma, previous.comma + 1, "")
        return previous.tail, items[last].tail

    # -- new statements

    def _statement(
        self, base: str, names: Sequence[NewName], items: Sequence[_Item], removed: Sequence[Edit]
    ) -> str:
        """Return a statement for names that were taken out, with the comments that went."""

        def gone(comments: Sequence[tuple[int, str]]) -> list[str]:
            return [text for at, text in comments if any(e.start <= at < e.end for e in removed)]

        by_alias = dict(zip(map(id, self.node.names), items, strict=True))
        parts = [
            (gone(by_alias[id(n.alias)].above), n.text, gone(by_alias[id(n.alias)].after))
            for n in names
        ]
        about_all = self._comment_about_statement()
        above = any(comments for comments, _, _ in parts)
        after = [comment for _, _, comments in parts for comment in comments]
        joined = ", ".join(text for _, text, _ in parts)
        if not base:
            line = f"{'; '.join(f'import {text}' for _, text, _ in parts)}"
            return line + "".join(f"  {comment}" for comment in [*after, *about_all])
        line = f"from {base} import {joined}"
        fits = len(self.place.indent) + len(line) <= _WIDTH or len(names) == 1
        if fits and not above and (not after or len(names) == 1):
            shared = not self.place.has_own_lines
            if not (after and shared):
                return line + "".join(f"  {comment}" for comment in [*after, *about_all])
        return self._on_lines(base, parts, about_all)

    def _on_lines(
        self,
        base: str,
        parts: Sequence[tuple[list[str], str, list[str]]],
        about_all: Sequence[str],
    ) -> str:
        outer = self.place.indent
        inner = outer + ("\t" if "\t" in outer else "    ")
        lines = [f"from {base} import (" + "".join(f"  {text}" for text in about_all)]
        for above, text, after in parts:
            lines += [f"{inner}{comment}" for comment in above]
            lines.append(f"{inner}{text}," + "".join(f"  {comment}" for comment in after))
        return self.source.newline.join([*lines, f"{outer})"])

    def _comment_about_statement(self) -> list[str]:
        """Return a comment that tells a linter or type checker about the whole statement."""
        rest = self.place.rest_of_line.strip()
        return [rest] if _ABOUT_STATEMENT.match(rest) else []
