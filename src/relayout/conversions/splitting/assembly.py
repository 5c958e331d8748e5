"""The text of a module that is put together from pieces of another one."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from relayout.planning.sections import SECTIONS
from relayout.planning.splitting.pieces import Piece, Pieces

_DIRECTIVE = re.compile(
    r"#.*?coding[:=]|#\s*(?:ruff|flake8|pylint|mypy|pyright|isort|fmt|type|noqa)\b", re.IGNORECASE
)
"""Comments at the head of a file that tell tools, or Python itself (PEP 263), how to read it."""

_LICENCE = re.compile(r"#.*?(?:copyright|licen[cs]e|spdx)", re.IGNORECASE)
_TITLES = {
    "definitions": "Definitions object",
    "checks": "Asset checks",
    "config": "Configuration",
    "utils": "Functions and classes",
}
_IMPORTS = ("future", "import", "block", "setting")
_BLANK_LINE = re.compile(r"[ \t\f]*(?:\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that goes into a module: that of a piece, or one that is new.

    A new one ``is_close`` if no blank line divides it from what is above.
    """

    text: str
    piece: Piece | None = None
    is_close: bool = False

    @property
    def is_import(self) -> bool:
        """Whether it belongs to the imports at the top."""
        return self.piece is None or self.piece.role in _IMPORTS

    @property
    def is_definition(self) -> bool:
        """Whether it is a function or a class."""
        code = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        return self.piece is not None and any(isinstance(n, code) for n in self.piece.nodes)


def heading(pieces: Pieces, section: str, stem: str) -> str:
    """Return the first lines of a part: comments that tell how to read it, and a docstring."""
    newline = pieces.source.newline
    first = pieces.all[0]
    lines = pieces.text(first).splitlines() if first.role == "header" else []
    is_licence = bool(_LICENCE.search(pieces.text(first))) and first.role == "header"
    kept = [line for line in lines if _DIRECTIVE.match(line) or _is_kept(line, is_licence)]
    title = _TITLES.get(section, section.capitalize()) or "Part"
    of = f" of {stem}" if stem.isascii() and stem not in SECTIONS else ""
    docstring = f'"""{title}{of}."""'
    return newline.join([*kept, docstring, "", ""])


def _is_kept(line: str, is_licence: bool) -> bool:
    return is_licence and line.startswith("#") and not line.startswith("#!")


def assembled(pieces: Pieces, entries: Sequence[Entry]) -> str:
    """Return a module of entries, with blank lines between them as in the source.

    Where neighbours were none before, functions and classes have two lines above and below, and
    imports are apart from the code.
    """
    if not entries:
        return ""
    order = {id(piece): number for number, piece in enumerate(pieces.all)}
    newline = pieces.source.newline
    texts: list[str] = []
    above: Entry | None = None
    for entry in entries:
        if above is not None and not _ends_line(texts[-1]):
            texts.append(newline)
        texts += [_lead(pieces, order, above, entry), entry.text]
        above = entry
    last = entries[-1].piece
    is_end = last is not None and last is pieces.all[-1]
    if not is_end and not _ends_line(texts[-1]):
        texts.append(newline)
    return "".join(texts)


def _ends_line(text: str) -> bool:
    return text.endswith(("\n", "\r"))


def _lead(pieces: Pieces, order: dict[int, int], above: Entry | None, entry: Entry) -> str:
    """Return the blank lines above an entry."""
    newline = pieces.source.newline
    piece = entry.piece
    upper = above.piece if above is not None else None
    if piece is None:
        is_first = above is None or entry.is_close
        return "" if is_first else newline
    number = order[id(piece)]
    if upper is not None and order[id(upper)] + 1 == number:
        return piece.lead
    if piece.role == "tail" and not pieces.text(piece):
        return ""
    if above is None:
        return "" if number else piece.lead
    start = order[id(upper)] + 1 if upper is not None else number
    between = pieces.all[start : number + 1] if start <= number else (piece,)
    lead = max([p.lead for p in between], key=_count)
    least = 2 if entry.is_definition or above.is_definition else 0
    if above.is_import and not entry.is_import:
        least = max(least, 1)
    return lead if _count(lead) >= least else newline * least


def _count(lead: str) -> int:
    return len(_BLANK_LINE.findall(lead))
