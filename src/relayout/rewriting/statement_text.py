"""Where a statement stands in the text, and how another one is put behind it."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from relayout.source import Edit, Source

KIND = "import"

_REST_OF_LINE = re.compile(r"[^\r\n]*")
_CONTINUED = re.compile(r"\\(?:\r\n|\r|\n)\Z")
_SPACE = " \t\f"


class StatementText:
    """The text around one statement."""

    def __init__(self, source: Source, node: ast.stmt) -> None:
        self.source = source
        self.start, self.end = source.span(node)

    @property
    def rest_of_line(self) -> str:
        """What stands behind the statement on its last line."""
        match = _REST_OF_LINE.match(self.source.text, self.end)
        return match.group() if match else ""

    @property
    def _line_start(self) -> int:
        text = self.source.text
        return max(text.rfind("\n", 0, self.start), text.rfind("\r", 0, self.start)) + 1

    @property
    def _before(self) -> str:
        """What stands in front of the statement on its first line."""
        return self.source.text[self._line_start : self.start]

    @property
    def indent(self) -> str:
        """The white space that a line beside the statement begins with."""
        before = self._before
        return before[: len(before) - len(before.lstrip(_SPACE))].rpartition("\f")[2]

    @property
    def has_own_lines(self) -> bool:
        """Whether nothing but a comment shares the statement's lines."""
        rest = self.rest_of_line.strip(_SPACE)
        if self._before.strip(_SPACE) or (rest and not rest.startswith("#")):
            return False
        return not _CONTINUED.search(
            self.source.text, max(0, self._line_start - 3), self._line_start
        )

    @property
    def separator(self) -> str:
        """What divides two statements here: a line end and indent, or ``;`` on a shared line."""
        return f"{self.source.newline}{self.indent}" if self.has_own_lines else "; "

    def replaced_by(self, statements: Sequence[str]) -> Edit:
        """Return the edit that puts statements in the place of this one."""
        return Edit(self.start, self.end, self.separator.join(statements), KIND)

    def followed_by(self, statements: Sequence[str]) -> Edit:
        """Return the edit that puts statements behind this one, and behind its comment."""
        separator = self.separator
        end = self.end if separator == "; " else self.end + len(self.rest_of_line)
        return Edit(end, end, "".join(f"{separator}{text}" for text in statements), KIND)
