"""Texts in code that may be paths: each begins with a literal, and something may follow it.

``Path("sql") / name`` begins with the literal ``"sql"``, and what follows is not known. Names are
followed to what a file assigns to them, to defaults and to what its calls hand over. All that a
literal may become part of is looked at, so that a change of it is right for every use of it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from relayout.inventory.library_names import library_names
from relayout.inventory.path_bindings import Bindings
from relayout.source import dotted_name

UNKNOWN = "\0"
"""Stands in a text for what cannot be told."""

CURRENT = "\0current folder"
"""Stands for the folder that a path counts from if nothing is said: the current one."""

DATABASE = re.compile(r"(?:sqlite|duckdb)(?:\+\w+)?:///(?!/)")
"""The rest of such an address is a path from the current folder
(https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#connect-strings)."""

_DEEPEST = 40
_MOST = 12
"""So many texts at most are looked at that one expression may be."""
_LONGEST = 300
"""A longer literal is no path."""

_FILLED = re.compile(r"%(?:\(\w+\))?[#0\- +]?[\d.]*[a-zA-Z]")
_BRACES = re.compile(r"\{[^{}]*\}")

_CONSTRUCTORS = frozenset(
    {"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath"}
    | {"pathlib.WindowsPath", "pathlib.PureWindowsPath", "os.path.join", "upath.UPath"}
)
_SAME_PATH = frozenset(
    {"str", "os.fspath", "os.path.abspath", "os.path.normpath", "os.path.realpath"}
    | {"os.path.expanduser", "os.path.normcase", "importlib.resources.as_file"}
)
_SAME_METHODS = frozenset({"resolve", "absolute", "expanduser", "as_posix", "strip", "rstrip"})
_LISTS = frozenset({"iterdir", "rglob"})

Literal = ast.Constant | ast.JoinedStr


@dataclass(frozen=True, slots=True)
class PathText:
    """What an expression may be: a literal's beginning ``own``, and what follows it.

    ``base`` is what it counts from: :data:`CURRENT`, a folder of the repository, or None if that is
    not known. ``is_path`` tells whether code made a path of it.
    """

    literal: Literal | None
    own: str
    rest: str = ""
    base: str | None = CURRENT
    is_path: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return self.own + self.rest

    @property
    def is_here(self) -> bool:
        """Whether it is only what others are joined to."""
        return self.literal is None or (self.own in (".", "./") and not self.rest)


Texts = tuple[PathText, ...]
_NOTHING: Texts = ()


class PathTexts:
    """The texts of one file's expressions.

    ``bases`` are folders by the ids of the expressions that mean them, ``imported`` those by the
    dotted names that the file has for constants of other modules. ``unknown`` collects the
    expressions that were of interest and could not be told, ``tails`` the literals that follow
    another one somewhere, by their ids.
    """

    def __init__(
        self, module: ast.Module, bases: Mapping[int, str], imported: Mapping[str, str]
    ) -> None:
        self.names = library_names(module)
        self.bindings = Bindings(module)
        self.unknown: dict[int, ast.expr] = {}
        self.tails: set[int] = set()
        self._bases = bases
        self._imported = imported
        self._known: dict[int, Texts] = {}
        self._open: set[int] = set()

    def of(self, node: ast.expr) -> Texts:
        """Return what an expression may be, as far as it can be told; empty if nothing can."""
        return self._of(node, 0)

    def is_told(self, node: ast.expr) -> bool:
        """Tell whether an expression was looked at, and what it may be."""
        return bool(self._known.get(id(node)))

    def _of(self, node: ast.expr, depth: int) -> Texts:
        key = id(node)
        if key in self._known:
            return self._known[key]
        if depth > _DEEPEST or key in self._open:
            return _NOTHING
        self._open.add(key)
        found = tuple(dict.fromkeys(self._look(node, depth + 1)))[:_MOST]
        self._open.discard(key)
        self._known[key] = found
        return found

    def _look(self, node: ast.expr, depth: int) -> Iterable[PathText]:
        if id(node) in self._bases:
            return (PathText(None, "", base=self._bases[id(node)], is_path=True),)
        match node:
            case ast.Constant(value=str(text)):
                return (PathText(node, text),) if _may_be_path(text) else ()
            case ast.JoinedStr():
                return self._of_formatted(node, depth)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return self._joined(self._of(left, depth), [right], depth)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._added(left, right, depth)
            case ast.BinOp(left=ast.Constant(value=str()) as left, op=ast.Mod(), right=right):
                given = right.elts if isinstance(right, ast.Tuple) else [right]
                return self._filled(left, _FILLED, given, depth)
            case ast.Call():
                return self._of_call(node, depth)
            case ast.Name() | ast.Attribute():
                return self._of_name(node, depth)
            case ast.Subscript():
                self.unknown[id(node)] = node
        return [text for value in _choices(node) for text in self._of(value, depth)]

    # -- names

    def _of_name(self, node: ast.Name | ast.Attribute, depth: int) -> Iterable[PathText]:
        if dotted_name(node) in self._imported and not self.bindings.is_bound_here(node):
            return (PathText(None, "", base=self._imported[dotted_name(node)], is_path=True),)
        values = self.bindings.values_of(node)
        if len(values) > _MOST:
            return ()
        found = [text for value in values for text in self._of(value, depth)]
        if not found:
            self.unknown[id(node)] = node
        if len(values) == 1:
            return found
        return [replace(t, base=None) if t.literal is None else t for t in found]

    # -- calls

    def _of_call(self, node: ast.Call, depth: int) -> Iterable[PathText]:
        name = self.names.qualified(node.func) or ""
        if name in _CONSTRUCTORS:
            return self._constructed(node.args, depth)
        if name in _SAME_PATH and len(node.args) == 1:
            return self._of(node.args[0], depth)
        if name in ("os.environ.get", "os.getenv") and len(node.args) == 2:
            return self._of(node.args[1], depth)
        if isinstance(node.func, ast.Attribute):
            found = self._of_method(node.func, node, depth)
            if found is not None:
                return found
        self.unknown[id(node)] = node
        return ()

    def _constructed(self, parts: Sequence[ast.expr], depth: int) -> Iterable[PathText]:
        if not parts:
            return (PathText(None, "", is_path=True),)
        first = self._of(parts[0], depth) or (PathText(None, "", base=None),)
        return [replace(text, is_path=True) for text in self._joined(first, parts[1:], depth)]

    def _of_method(
        self, func: ast.Attribute, node: ast.Call, depth: int
    ) -> Iterable[PathText] | None:
        if func.attr == "format" and isinstance(func.value, ast.Constant):
            if isinstance(func.value.value, str):
                return self._filled(func.value, _BRACES, node.args, depth)
        if func.attr not in ("joinpath", "glob", *_LISTS, *_SAME_METHODS):
            return None
        whole = self._of(func.value, depth)
        if func.attr == "joinpath":
            return self._joined(whole, node.args, depth)
        if func.attr in _SAME_METHODS:
            return whole or None
        if func.attr == "glob" and node.args:
            patterns = self._of(node.args[0], depth)
            stars = [replace(p, own=p.own.replace("*", UNKNOWN)) for p in patterns]
            return [made for text in whole for made in self._append(text, stars, "/")]
        return [made for text in whole for made in self._append(text, (), "/")]

    # -- texts that are put together

    def _joined(self, first: Texts, parts: Sequence[ast.expr], depth: int) -> Texts:
        found = [replace(text, is_path=True) for text in first]
        if not found and parts:
            found = [PathText(None, "", base=None, is_path=True)]
        for part in parts:
            texts = self._of(part, depth)
            found = [made for text in found for made in self._append(text, texts, "/")][:_MOST]
        return tuple(found)

    def _added(self, left: ast.expr, right: ast.expr, depth: int) -> Iterable[PathText]:
        first = self._of(left, depth) or (PathText(None, "", base=None),)
        second = self._of(right, depth)
        return [made for text in first for made in self._append(text, second, "")]

    def _of_formatted(self, node: ast.JoinedStr, depth: int) -> Iterable[PathText]:
        found: list[PathText] = []
        for part in node.values:
            texts = self._of_part(part, node, depth)
            if not found:
                found = list(texts) or [PathText(None, "", base=None)]
            else:
                found = [made for text in found for made in self._append(text, texts, "")][:_MOST]
        return found

    def _of_part(self, part: ast.expr, whole: ast.JoinedStr, depth: int) -> Texts:
        if isinstance(part, ast.Constant):
            text = str(part.value)
            return (PathText(whole, text),) if _may_be_path(text) else _NOTHING
        if isinstance(part, ast.FormattedValue) and part.format_spec is None:
            return self._of(part.value, depth)
        return _NOTHING

    def _filled(
        self, literal: ast.Constant, places: re.Pattern[str], given: Sequence[ast.expr], depth: int
    ) -> Iterable[PathText]:
        """Return what a text with places to fill may be; only the first one is looked at."""
        text = str(literal.value)
        first = places.search(text)
        if first is None or not _may_be_path(text):
            return (PathText(literal, text),) if _may_be_path(text) else ()
        rest = places.sub(UNKNOWN, text[first.end() :])
        if first.start():
            return (PathText(literal, text[: first.start()], UNKNOWN + rest),)
        starts = self._of(given[0], depth) if given else _NOTHING
        after = places.search(text, first.end())
        own = text[first.end() : after.start() if after else len(text)]
        behind = PathText(literal, own, rest[len(own) :])
        return [made for start in starts for made in self._append(start, (behind,), "")]

    def _append(
        self, text: PathText, others: Iterable[PathText], between: str
    ) -> Iterator[PathText]:
        """Yield a text with what follows it; others that stand for themselves take its place."""
        joint = "" if text.text.endswith("/") else between
        for other in tuple(others) or (PathText(None, "", base=None),):
            if other.base is None:
                self._note_tail(text, other)
                if text.literal is None:
                    yield PathText(None, "", base=None, is_path=text.is_path)
                else:
                    yield _longer(text, f"{joint}{UNKNOWN}{other.text}")
            elif other.base != CURRENT or (between and other.own.startswith("/")):
                yield other
            elif DATABASE.fullmatch(text.text):
                yield replace(other, is_path=True)
            elif text.is_here:
                yield _first(text, other, between)
            else:
                self._note_tail(text, other)
                yield _longer(text, f"{joint}{other.text}")

    def _note_tail(self, text: PathText, other: PathText) -> None:
        if other.literal is not None and other.literal is not text.literal and " " not in text.own:
            self.tails.add(id(other.literal))


def _longer(text: PathText, more: str) -> PathText:
    """Return a text with more behind it; of one that is too long for a path, the beginning."""
    return text if len(text.rest) > _LONGEST else replace(text, rest=text.rest + more)


def _first(text: PathText, other: PathText, between: str) -> PathText:
    """Return the first literal behind a folder, counted from there.

    A text that is written straight behind a folder's own is in it only after a slash.
    """
    base = text.base
    if not between and not other.own.startswith(("/", "\\")) and not text.own.endswith("/"):
        base = None
    return replace(other, base=base, is_path=text.is_path or other.is_path)


def _choices(node: ast.expr) -> list[ast.expr]:
    """Return the expressions of which one is what an expression gives."""
    match node:
        case ast.IfExp(body=body, orelse=other):
            return [body, other]
        case ast.BoolOp(values=values):
            return values
        case ast.NamedExpr(value=value):
            return [value]
    return []


def _may_be_path(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and text.isprintable()
