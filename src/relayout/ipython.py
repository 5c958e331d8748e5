"""What IPython hands to Python of a cell: code as it is, and a call in place of all else.

IPython adds to Python ``%magic`` and ``%%magic``, ``!command`` and ``object?``
(https://ipython.readthedocs.io/en/stable/interactive/python-ipython-diff.html). It turns them into
calls of ``get_ipython()``, and so does this module; the calls name what the line uses.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from keyword import iskeyword

_BODY_IS_PYTHON = frozenset(
    {"time", "timeit", "capture", "prun", "debug", "memit", "snakeviz", "pyinstrument", "heat"}
)
"""Cell magics that run the rest of the cell as it is, in the notebook's own names."""

_STATEMENT = re.compile(
    r"%(?:time|prun|memit|timeit(?:[ \t]+-[qop]+|[ \t]+-[nrp][ \t]*\d+|[ \t]+-[tcv])*)[ \t]+(?=\S)"
)
"""Line magics whose argument is a statement."""

_NAMING = frozenset(
    {"lprun", "mprun", "debug", "px", "store", "pinfo", "pinfo2", "pdef", "pdoc", "psource"}
    | {"pfile", "prun", "time", "timeit", "memit", "who", "xdel", "reset_selective"}
)
"""Line magics whose argument names what the notebook has."""

_AUTOMATIC = re.compile(
    r"(?:cd|pip|conda|mamba|ls|ll|pwd|cat|cp|mv|mkdir|rm|rmdir|less|more|man|matplotlib|load_ext"
    r"|reload_ext|autoreload|run|env|who|whos|timeit|time|history|pylab|clear)(?:[ \t]+[^\s=(,].*)?"
)
"""Magics that need no ``%`` at the start of a line, if the line is no Python."""

_ASSIGNED = re.compile(r"[^\W\d][\w.,\[\]'\" \t]*?[ \t]*=[ \t]*(?=!|%[A-Za-z_])")
_NAME = r"%{0,2}[\w.*\[\]'\"]+"
_HELP = re.compile(rf"(?:\?{{1,2}}[ \t]*{_NAME}|{_NAME}\?{{1,2}}|\?)[ \t]*(?:#.*)?")
_CHANGES_FOLDER = re.compile(r"%?cd\b")
_FOLDER = re.compile(r"%?cd[ \t]+(?:-q[ \t]+)?(?P<folder>[^\s{}$'\"\\-][^\s{}$'\"\\]*)[ \t]*")
_EXPANDED = re.compile(r"\{([^{}]+)\}|\$([^\W\d]\w*)")
_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")
_LINE = re.compile(r"[^\r\n]*")
_CONTINUED = re.compile(r"(?:[^\r\n]*\\(?:\r\n|\r|\n))*[^\r\n]*")
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_LINE_ENDS = ("\r\n", "\r", "\n")
_STARTS_STRING = re.compile(r"(?i:[rbuf]|rb|br|rf|fr)?(\"\"\"|'''|\"|')")
_TOKEN = re.compile(
    r"[^\W\d]\w*|\d[\w.]*|[ \t\f]+|#[^\r\n]*|\\(?:\r\n|\r|\n)|\r\n|\r|\n|.", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Piece:
    """The characters ``start`` to ``end`` of a cell, which mean ``text`` in Python."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as Python: all of it in pieces, in order; ``error`` says why it cannot be read.

    A piece whose text is not that of the cell cannot be edited.
    """

    source: str
    pieces: tuple[Piece, ...]
    error: str | None = None

    @property
    def text(self) -> str:
        """The cell in Python."""
        return "".join(piece.text for piece in self.pieces)

    def is_plain(self, piece: Piece) -> bool:
        """Tell whether a piece is code as it stands in the cell."""
        return piece.text == self.source[piece.start : piece.end]

    @property
    def magics(self) -> list[Piece]:
        """The pieces that are not Python."""
        return [piece for piece in self.pieces if not self.is_plain(piece)]


def read_cell(source: str) -> Cell:
    """Return a cell as Python. One that is neither Python nor IPython has nothing but an error."""
    error = _problem(source)
    if error is None:
        return Cell(source, (Piece(0, len(source), source),))
    first = re.match(r"\s*(?=%%[A-Za-z_])", source)
    if first is not None:
        return _read_cell_magic(source, first.end())
    for automatic in (False, True):
        pieces = tuple(_pieces(source, automatic))
        if _problem("".join(piece.text for piece in pieces)) is None:
            return Cell(source, pieces)
    return Cell(source, (Piece(0, len(source), ""),), error)


def _read_cell_magic(source: str, start: int) -> Cell:
    match = re.compile(r"%%(\w+)[^\r\n]*").match(source, start)
    assert match is not None
    if match[1] not in _BODY_IS_PYTHON:
        names = _names_in(source, every=False)
        return Cell(source, (Piece(0, len(source), _call(names)),))
    line = Piece(start, match.end(), _call(_names_of(match[0])))
    body = read_cell(source[match.end() :])
    shifted = [Piece(p.start + match.end(), p.end + match.end(), p.text) for p in body.pieces]
    above = [Piece(0, start, source[:start])] if start else []
    return Cell(source, (*above, line, *shifted), body.error)


def _problem(text: str) -> str | None:
    """Return why a text is no Python, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        return error.msg
    except (ValueError, RecursionError, MemoryError) as error:
        return str(error) or type(error).__name__
    return None


def _call(names: list[str]) -> str:
    return f"get_ipython({', '.join(names)})"


def _names_in(text: str, every: bool) -> list[str]:
    """Return the names that a line uses: all its words, or those in ``{}`` and after ``$``."""
    found = _WORD.findall(text) if every else []
    for expression, name in _EXPANDED.findall(text):
        found += [name] if name else _WORD.findall(expression)
    return [name for name in dict.fromkeys(found) if not iskeyword(name)]


# -- the lines of a cell


def _pieces(source: str, automatic: bool) -> Iterator[Piece]:
    """Yield the pieces of a cell; with ``automatic``, magics are known without their ``%``."""
    plain = 0
    for special in _specials(source, automatic):
        if special.start > plain:
            yield Piece(plain, special.start, source[plain : special.start])
        yield special
        plain = special.end
    if plain < len(source):
        yield Piece(plain, len(source), source[plain:])


def _specials(source: str, automatic: bool) -> Iterator[Piece]:
    """Yield what is not Python: it begins where a statement begins.

    None begins inside of brackets and strings, or behind a backslash.
    """
    position, depth, begins = 0, 0, True
    while position < len(source):
        string = _STARTS_STRING.match(source, position)
        token = string or _TOKEN.match(source, position)
        assert token is not None
        text = token.group()
        if begins and text.strip() and not text.startswith("#"):
            begins = False
            special = _special(source, position, automatic)
            if special is not None:
                yield special
                position = special.end
                continue
        position = token.end() if string is None else _string_end(source, token.end(), string[1])
        if text in _OPENING:
            depth += 1
        elif text in _CLOSING:
            depth = max(0, depth - 1)
        elif text in _LINE_ENDS:
            begins = not depth


def _special(source: str, start: int, automatic: bool) -> Piece | None:
    """Return what is not Python of a line at which a statement begins, or None."""
    line = _match(_LINE, source, start).group()
    statement = _STATEMENT.match(line)
    if statement is not None and _problem(line[statement.end() :]) is None:
        return Piece(start, start + statement.end(), "")
    if line.startswith(("%", "!")):
        line = _match(_CONTINUED, source, start).group()
        return Piece(start, start + len(line), _translated(line))
    if automatic and _AUTOMATIC.fullmatch(line) and _problem(line) is not None:
        return Piece(start, start + len(line), _translated(line))
    assigned = _ASSIGNED.match(line)
    if assigned is not None:
        magic = line[assigned.end() :]
        return Piece(start + assigned.end(), start + len(line), _call(_names_of(magic)))
    if _HELP.fullmatch(line):
        names = _names_in(line.partition("#")[0], every=True)
        return Piece(start, start + len(line), _call(names))
    return None


def _translated(line: str) -> str:
    """Return the call that stands for a magic; the one that changes the folder says which."""
    if _CHANGES_FOLDER.match(line):
        folder = _FOLDER.fullmatch(line)
        argument = repr(folder["folder"]) if folder else _call([])
        return f'__import__("os").chdir({argument})'
    return _call(_names_of(line))


def _names_of(magic: str) -> list[str]:
    named = _match(re.compile(r"%*(\w*)"), magic, 0)
    return _names_in(magic[named.end() :], every=named[1] in _NAMING)


def _string_end(source: str, position: int, quote: str) -> int:
    """Return where a string ends that is open at ``position``; one line's end ends a short one."""
    inner = r"(?:\\.|[^\\])*?" if len(quote) == 3 else r"(?:\\.|[^\\\r\n])*?"
    match = re.compile(f"{inner}{quote}", re.DOTALL).match(source, position)
    if match is not None:
        return match.end()
    return len(source) if len(quote) == 3 else _match(_LINE, source, position).end()


def _match(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str]:
    match = pattern.match(text, position)
    assert match is not None
    return match
