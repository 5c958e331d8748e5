"""Strings of a Python file that may name a module: what they say, and where they stand.

Read are the arguments of callables that take a module's name (also through a variable that nothing
else uses, and up to the first part that is only known when the program runs), and every other
string that has the form of a dotted name or of an entry point.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from relayout.inventory.string_places import Place, Surroundings, logger_keys
from relayout.inventory.string_readings import NAME, Readings, is_dotted_name

_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        *(r"import__", r"import_module", r"import_string", r"importorskip", r"find_spec"),
        *(r"find_loader", r"get_loader", r"resolve_name", r"run_module", r"pytest_plugins"),
        *(r"assert(?:No)?Logs", r"\.setattr", r"\.delattr", r"locate\s*\(", r"pkgutil"),
        *(r"importlib[._ ].*resources", r"pkg_resources", r"patch[.(]", r"-m[\"'\s]"),
        *(r"sys\s*\.\s*modules", r"sys\s+import\s.*modules", r"loggers[\"']"),
        *(r"getLogger\s*\((?!\s*(?:__(?:name|package)__\s*)?\))", r"at_level\s*\("),
        *(r"set_level\s*\(", r"patch\s+as\b"),
    )
)
"""What the text of a file has that hands a module's name to a callable. Each begins with plain
letters: a search for those costs a fraction of what a search for all at once does."""

_LOGGER_OF_ITSELF = re.compile(r"getLogger\s*\(\s*__name__\s*\)")

_OPEN_FORM = re.compile(rf"{NAME}(?:\.{NAME})+\.")

_OWN_PACKAGE = frozenset(
    {"__package__", "__spec__.parent", "__name__.rpartition('.')[0]", "__name__.rsplit('.', 1)[0]"}
)
"""Expressions for the package that a module is in (its own name, if it is a package)."""

RUNS_MODULE = re.compile(rf"\bpython[\d.]*\s+(?:-\w\s+)*-m\s+({NAME}(?:\.{NAME})*)(?=\s|$)")
"""A module that the text of a command lets Python run."""

_LOADS = re.compile(r"__import__|(?:.*\.)?(?:import_module|run_module|resolve_name|import_string)")
_OWN_NAMES = frozenset({"__name__", "__package__", "__spec__"})
_COULD_NAME = re.compile(r"(?:ext://)?[\w.:-]+")
_MAY_BE_QUERY = re.compile(r"(?i)\b(?:select|insert|update|delete|merge|create|drop|truncate)\s")
_TABLE = re.compile(r"(?i)\b(?:from|join|into|update|table|using)\s+([\w.]+)(?!\s+import\b)")

_HOLDERS = (ast.Subscript, ast.Compare, ast.List, ast.Tuple, ast.Assign, ast.Dict)


@dataclass(frozen=True, slots=True)
class ModuleString:
    """A string that may name a module.

    ``text`` is what is known of it; if it ``is_open``, more follows when the program runs.
    ``package`` is what a relative name counts from: a name, empty for the file's own package, or
    None if that cannot be told.
    ``is_shared``: what else the string is used for cannot be told. ``yields_top``: the call
    returns the first package of the name.
    """

    line: int
    text: str
    place: Place
    package: str | None = ""
    is_open: bool = False
    is_shared: bool = False
    yields_top: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """A module string and the literal that it begins in.

    ``own`` is that literal's part of it, which begins at ``offset`` of the literal's text.
    """

    string: ModuleString
    node: ast.Constant | ast.JoinedStr
    own: str
    offset: int = 0


def literals_of(module: ast.Module) -> list[Literal]:
    """Return every string of a file that may name a module, in no particular order."""
    return list(_Reader(module).read())


def unknown_names(module: ast.Module) -> list[int]:
    """Return the lines that load a module whose name is not in the file at all, in order."""
    return sorted(_Reader(module).unknown())


def module_strings(module: ast.Module, text: str) -> tuple[ModuleString, ...]:
    """Return the strings of a file that are handed over as the name of a module, in line order.

    ``text`` is the file's text. Strings that only have the form of such a name are not among them.
    """
    if not _may_name_modules(text):
        return ()
    found = {literal.string for literal in _Reader(module).handed_over()}
    return tuple(sorted(found, key=lambda s: (s.line, s.text, s.place.value)))


def _may_name_modules(text: str) -> bool:
    """Tell whether a file's text has what hands a module's name to a callable."""
    return any(sign.search(text) is not None for sign in _SIGNS)


def makes_logger_of_its_name(text: str) -> bool:
    """Tell whether a file's text calls ``getLogger(__name__)``."""
    return "__name__" in text and _LOGGER_OF_ITSELF.search(text) is not None


class _Reader:
    def __init__(self, module: ast.Module) -> None:
        self.around = Surroundings(module)
        self._arguments = self._find_arguments()
        self._readings = Readings(self.around.nodes, [e for e, _, _ in self._arguments])

    def read(self) -> Iterator[Literal]:
        """Yield the strings that are handed over, then those that have the form of a name."""
        known: set[int] = set()
        for literal in self.handed_over():
            known.add(id(literal.node))
            yield literal
        others = [
            literal
            for node in self.around.nodes
            if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in known
            for literal in self._elsewhere(node)
        ]
        doubted = self._names_of_other_things(others)
        for literal in others:
            doubtful = literal.string.is_open or literal.string.text in doubted
            yield replace(literal, string=replace(literal.string, is_shared=doubtful))

    def handed_over(self) -> Iterator[Literal]:
        """Yield the strings that are handed over as the name of a module."""
        seen: set[tuple[int, str]] = set()
        for expression, place, call in self._arguments:
            package = None if call is None else _package_argument(call)
            yields_top = call is not None and self._yields_top(call)
            level = 0 if call is None else _level_argument(call, self.around)
            package = "" if level else package
            for reading in self._readings.of(expression):
                string = ModuleString(
                    reading.node.lineno,
                    "." * level + reading.text,
                    place,
                    package,
                    reading.is_open,
                    reading.is_shared,
                    yields_top,
                )
                if not _COULD_NAME.fullmatch(reading.text):
                    continue
                if (id(reading.node), reading.text) not in seen:
                    seen.add((id(reading.node), reading.text))
                    yield Literal(string, reading.node, reading.own)
        yield from self._in_commands()

    def unknown(self) -> Iterator[int]:
        """Yield the lines that load a module by a name of which nothing can be told."""
        for expression, _, call in self._arguments:
            if call is None or not _LOADS.fullmatch(self.around.qualified(call.func)):
                continue
            names = {n.id for n in ast.walk(expression) if isinstance(n, ast.Name)}
            if names.isdisjoint(_OWN_NAMES) and not self._readings.of(expression):
                yield call.lineno

    # -- strings that are handed over

    def _in_commands(self) -> Iterator[Literal]:
        """Yield the modules of ``python -m`` in the text of a command."""
        for node in self.around.nodes:
            first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
            if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
                continue
            matches = list(RUNS_MODULE.finditer(first.value)) if " -m" in first.value else []
            if not matches or not isinstance(node, ast.Constant | ast.JoinedStr):
                continue
            if not self.around.is_mere_text(node) and not self.around.is_shown(node):
                for match in matches:
                    string = ModuleString(node.lineno, match[1], Place.MODULE)
                    yield Literal(string, node, match[1], match.start(1))

    def _find_arguments(self) -> list[tuple[ast.expr, Place, ast.Call | None]]:
        found: list[tuple[ast.expr, Place, ast.Call | None]] = []
        for node in self.around.nodes:
            if isinstance(node, ast.Call):
                argument = self.around.parameter(node)
                if argument is not None:
                    found.append((*argument, node))
                    found += [(e, Place.MODULE, None) for e in _package_expression(node)]
                found += [(key, Place.MODULE, None) for key in self.around.module_keys(node)]
                found += [(e, Place.MODULE, None) for e in _after_dash_m(node.args)]
            elif isinstance(node, _HOLDERS):
                found += [(e, place, None) for e, place in self._without_call(node)]
        return found

    def _without_call(self, node: ast.AST) -> Iterator[tuple[ast.expr, Place]]:
        if isinstance(node, ast.Subscript) and self._is_modules(node.value):
            yield node.slice, Place.MODULE
        elif isinstance(node, ast.Compare) and any(self._is_modules(c) for c in node.comparators):
            yield node.left, Place.MODULE
        elif isinstance(node, ast.List | ast.Tuple):
            yield from ((e, Place.MODULE) for e in _after_dash_m(node.elts))
        elif isinstance(node, ast.Assign):
            if any(isinstance(t, ast.Name) and t.id == "pytest_plugins" for t in node.targets):
                listed = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else None
                yield from ((e, Place.MODULE) for e in listed or [node.value])
        elif isinstance(node, ast.Dict):
            yield from ((key, Place.LOGGER) for key in logger_keys(node))

    def _is_modules(self, node: ast.expr) -> bool:
        return self.around.qualified(node) == "sys.modules"

    def _yields_top(self, call: ast.Call) -> bool:
        """Tell whether ``__import__`` returns the first package of a name, and that is used.

        https://docs.python.org/3/library/functions.html#import__
        """
        if self.around.qualified(call.func) != "__import__":
            return False
        given = [k.value for k in call.keywords if k.arg == "fromlist"] or call.args[3:4]
        if given and isinstance(given[0], ast.List | ast.Tuple) and given[0].elts:
            return False
        return not isinstance(self.around.parent(call), ast.Expr)

    # -- strings elsewhere

    def _elsewhere(self, node: ast.Constant | ast.JoinedStr) -> Iterator[Literal]:
        first = node
        if isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]  # type: ignore[assignment]
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            return
        text, is_open = first.value, False
        if first is node and not is_dotted_name(text):
            text = re.split(r"[%{]", text, maxsplit=1)[0]
            is_open = True
        elif first is not node:
            is_open = True
        if is_open and not _OPEN_FORM.fullmatch(text):
            return
        around = self.around
        if around.is_mere_text(node) or around.is_shown(node):
            return
        string = ModuleString(node.lineno, text, Place.ELSEWHERE, is_open=is_open)
        yield Literal(string, node, text)

    def _names_of_other_things(self, literals: Sequence[Literal]) -> set[str]:
        """Return the texts that something in the file shows to be names of other things too.

        That is the name they are given, or SQL that has them in the place of a table.
        """
        texts = {x.string.text for x in literals if not x.string.is_open}
        if not texts:
            return set()
        around = self.around
        queries = [
            node.value
            for node in around.nodes
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _MAY_BE_QUERY.search(node.value)
        ]
        tables = {table for query in queries for table in _TABLE.findall(query)}
        called = {x.string.text for x in literals if around.is_called_otherwise(x.node)}
        return (texts & tables) | called


def _package_argument(call: ast.Call) -> str | None:
    """Return the package that a call names beside a relative name.

    It is empty for the file's own, ``__name__`` for that of an ``__init__.py``, and None if it
    cannot be told.
    """
    given = [k.value for k in call.keywords if k.arg == "package"] or call.args[1:2]
    if not given:
        return None
    package = given[0]
    if isinstance(package, ast.Constant) and isinstance(package.value, str):
        return package.value
    if isinstance(package, ast.Name) and package.id == "__name__":
        return "__name__"
    return "" if ast.unparse(package) in _OWN_PACKAGE else None


def _package_expression(call: ast.Call) -> list[ast.expr]:
    """Return the argument that names a package, where the name before it is relative."""
    name = call.args[0] if call.args else None
    first = name.values[0] if isinstance(name, ast.JoinedStr) and name.values else name
    if not isinstance(first, ast.Constant) or not str(first.value).startswith("."):
        return []
    given = [k.value for k in call.keywords if k.arg == "package"] or call.args[1:2]
    return [e for e in given if isinstance(e, ast.Constant)]


def _level_argument(call: ast.Call, around: Surroundings) -> int:
    if around.qualified(call.func) != "__import__":
        return 0
    given = [k.value for k in call.keywords if k.arg == "level"] or call.args[4:5]
    level = given[0].value if given and isinstance(given[0], ast.Constant) else 0
    return level if isinstance(level, int) else 0


def _after_dash_m(elements: Sequence[ast.expr]) -> list[ast.expr]:
    """Return what follows ``"-m"`` in a command: a module that Python is to run."""
    return [b for a, b in pairwise(elements) if isinstance(a, ast.Constant) and a.value == "-m"]
