"""One Python file: what it imports, defines and runs; read with a single parse."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from relayout.inventory.docstring_code import may_have_examples
from relayout.inventory.module_strings import (
    ModuleString,
    makes_logger_of_its_name,
    module_strings,
)
from relayout.inventory.path_consumers import may_open
from relayout.inventory.path_hacks import PathAnalysis, may_have_hacks
from relayout.inventory.path_meanings import PathMeanings
from relayout.inventory.path_values import is_place
from relayout.inventory.programs import acts, is_main_guard, main_problem
from relayout.inventory.statements import bodies, import_runs, nodes_near, stands_on
from relayout.inventory.unparsed_python import names_seen, seems_program
from relayout.notebook import is_notebook, read_source
from relayout.source import NotPython, Source
from relayout.tree import Tree


class ImportedName(NamedTuple):
    """One name of an import statement.

    ``import a.b`` has module ``a.b`` and no name; ``from ..a import b`` has module ``a``, level 2
    and name ``b``; ``from a import *`` has the name ``*``. ``bound`` is the local name.
    """

    module: str
    level: int
    name: str | None
    line: int
    bound: str = ""

    def __str__(self) -> str:
        base = "." * self.level + self.module
        return f"import {base}" if self.name is None else f"from {base} import {self.name}"


class ImportStatement(NamedTuple):
    """One import statement and where it stands, as ``ast`` counts (columns in UTF-8 bytes).

    ``module`` is None for ``import a.b``. ``names`` are pairs of a name and what it is imported
    as, or None. Statements that follow each other in one body have the same ``run``. ``block_end``
    is the last line of the statement at the top level that this one is, or is in.
    """

    module: str | None
    level: int
    names: tuple[tuple[str, str | None], ...]
    line: int
    column: int
    end_line: int
    end_column: int
    run: int
    block_end: int

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that the statement names, without the dots of a relative import."""
        if self.module is None:
            return tuple([name for name, _ in self.names])
        return (self.module,)

    def imported_names(self) -> Iterator[ImportedName]:
        """Yield the names that the statement imports, in order."""
        module, level, line = self.module, self.level, self.line
        if module is None:
            for name, alias in self.names:
                yield ImportedName(name, 0, None, line, alias or name.partition(".")[0])
        else:
            for name, alias in self.names:
                yield ImportedName(module, level, name, line, alias or name)

    def shifted(self, lines: int) -> ImportStatement:
        """Return the same statement so many lines further down."""
        line, end, block_end = self.line + lines, self.end_line + lines, self.block_end + lines
        return self._replace(line=line, end_line=end, block_end=block_end, run=-1 - self.run)


class Hack(NamedTuple):
    """A path hack as a fact: its line, the folders it adds (None: not known), and where."""

    line: int
    where: str
    folders: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class PythonFile:
    """Facts about one Python file; ``error`` says why it could not be read, else it is None.

    ``is_script`` tells of a main guard, ``acts`` of statements at the top level that do something.
    ``main`` is None without a function of that name, empty if it can be a console script, else why
    it cannot. Of a file with an ``error``, ``defines`` and ``is_script`` are what its lines show.
    ``named_files`` are (line, text) of strings that look like a path or a dotted name,
    ``file_names`` the last parts of strings that look like the name of a file, ``module_strings``
    what is handed to code that loads or patches modules. ``file_lines`` are the lines that use
    ``__file__`` or the current folder; ``logs_by_name`` tells of ``getLogger(__name__)``,
    ``prepends_path`` of pytest's ``monkeypatch.syspath_prepend``, ``opens_files`` of signs of code
    that opens files.

    ``hacks``, ``named_paths`` (files and folders that the file reaches by paths from its own place)
    and ``path_constants`` (names of the module with the paths that they stand for) depend on where
    the file stands and on what stands around it; all else on its content.

    Of a notebook, ``goes_to`` are the folders that it makes the current one, None for one that is
    not known; ``named_in_magics`` are (line of the file, text) like ``named_files``; ``unread`` are
    (line of the file, why) of its cells that are no Python; ``lines`` are the lines of the file
    on which the lines of its code stand.
    """

    path: str
    error: str | None = None
    statements: tuple[ImportStatement, ...] = ()
    defines: frozenset[str] = frozenset()
    is_script: bool = False
    acts: bool = False
    main: str | None = None
    named_files: tuple[tuple[int, str], ...] = ()
    file_names: frozenset[str] = frozenset()
    module_strings: tuple[ModuleString, ...] = ()
    file_lines: tuple[int, ...] = ()
    may_have_hacks: bool = False
    may_have_examples: bool = False
    logs_by_name: bool = False
    prepends_path: bool = False
    opens_files: bool = False
    hacks: tuple[Hack, ...] = ()
    named_paths: frozenset[str] = frozenset()
    path_constants: tuple[tuple[str, str], ...] = ()
    goes_to: tuple[str | None, ...] = ()
    named_in_magics: tuple[tuple[int, str], ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def imports(self) -> tuple[ImportedName, ...]:
        """The names that the file imports, in line order."""
        return tuple(name for s in self.statements for name in s.imported_names())

    @property
    def imported_tops(self) -> frozenset[str]:
        """The first parts of the names that the file imports absolutely, anywhere in it."""
        return frozenset(
            module.partition(".")[0] for s in self.statements if not s.level for module in s.modules
        )

    @property
    def depends_on_place(self) -> bool:
        """Whether the facts may be others where the file stands elsewhere, or beside others."""
        return self.may_have_hacks or bool(self.file_lines or self.goes_to)

    def at(self, path: str) -> PythonFile:
        """Return the same facts for another file of the same content."""
        return self if path == self.path else replace(self, path=path)

    def file_line(self, line: int) -> int:
        """Return the line of the file on which a line of its code stands."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else line


_USES_PLACE = re.compile(r"__file__|\b(?:get)?cwd\b|\bget(?:source|abs)?file\b")

_SIGNS_OF_PLACE = ("__file__", "cwd", "inspect")

_WALRUS = re.compile(":=")

_MAY_NAME_FILE = re.compile(r"""[./\\:]\w[\w.:-]*["'{%]""")
"""How a string ends that may be a path, a dotted name or the name of a file."""

_NAMES_FILE = re.compile(
    r"(?:[\w.-]+/)*[\w-]+\.py|(?:[\w.-]+/)+[\w.-]+|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+"
    r"|(?:ext://)?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*[.:][A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.?"
)
_FILE_NAME = re.compile(r"(?:^|[/\\])([^/\\]*\.[^/\\]*)$")
_LONGEST = 300
"""Longer strings are texts, and name no file."""


@cache
def standard_library() -> frozenset[str]:
    """Return the top-level module names of Python's standard library."""
    return frozenset(sys.stdlib_module_names)


def read_python(path: str, tree: Tree) -> PythonFile:
    """Return the facts about the file at ``path``. Never raises for what the file contains."""
    content = tree.read(path)
    try:
        source = read_source(path, content)
        module = source.parse()
    except NotPython as error:
        return _unparsed(path, content, str(error))
    facts = facts_of_content(path, source, module)
    if not facts.depends_on_place:
        return facts
    analysis = PathAnalysis(module, path, tree)
    hacks: tuple[Hack, ...] = ()
    if facts.may_have_hacks:
        hacks = tuple(Hack(hack.line, hack.where, hack.folders) for hack in analysis.hacks)
    named = frozenset[str]()
    constants: tuple[tuple[str, str], ...] = ()
    if facts.file_lines:
        meanings = PathMeanings(analysis)
        named, constants = meanings.named(tree), meanings.constants
    return replace(facts, hacks=hacks, named_paths=named, path_constants=constants)


def _unparsed(path: str, content: bytes, error: str) -> PythonFile:
    """Return what can be seen of a file that cannot be parsed; nothing of a notebook."""
    if is_notebook(path):
        return PythonFile(path, error=error)
    names, is_script = names_seen(content), seems_program(content)
    return PythonFile(path, error=error, defines=names, is_script=is_script)


def facts_of_content(path: str, source: Source, module: ast.Module) -> PythonFile:
    """Return the facts about a parsed file that depend on its content alone."""
    named_files, file_names = named_in_strings(source, module)
    return PythonFile(
        path=path,
        statements=import_statements(source, module),
        defines=frozenset(top_level_names(module, source.lines_of(_WALRUS))),
        is_script=any(is_main_guard(node) for node in module.body),
        acts=any(acts(node) for node in module.body),
        main=main_problem(module),
        named_files=named_files,
        file_names=file_names,
        module_strings=module_strings(module, source.text),
        file_lines=_place_lines(source, module),
        may_have_hacks=may_have_hacks(source.text),
        may_have_examples=may_have_examples(source.text),
        logs_by_name=makes_logger_of_its_name(source.text),
        prepends_path="syspath_prepend" in source.text,
        opens_files=may_open(source.text),
    )


def import_statements(source: Source, module: ast.Module) -> tuple[ImportStatement, ...]:
    """Return the import statements in line order."""
    only_at_top = source.text.count("import") == sum(
        isinstance(node, ast.Import | ast.ImportFrom) for node in module.body
    )
    found = [
        ImportStatement(
            node.module or "" if isinstance(node, ast.ImportFrom) else None,
            node.level if isinstance(node, ast.ImportFrom) else 0,
            tuple([(alias.name, alias.asname) for alias in node.names]),
            node.lineno,
            node.col_offset,
            node.end_lineno or node.lineno,
            node.end_col_offset or 0,
            number,
            block_end,
        )
        for number, run in enumerate(import_runs(module, only_at_top))
        for node, block_end in run
    ]
    found.sort(key=lambda s: (s.line, s.column))
    return tuple(found)


def _place_lines(source: Source, module: ast.Module) -> tuple[int, ...]:
    if not any(sign in source.text for sign in _SIGNS_OF_PLACE):
        return ()
    lines = source.lines_of(_USES_PLACE)
    return tuple(sorted({node.lineno for node in nodes_near(module, lines) if is_place(node)}))


def named_in_strings(
    source: Source, module: ast.Module
) -> tuple[tuple[tuple[int, str], ...], frozenset[str]]:
    """Return (line, text) of strings that look like a path or dotted name, and names of files."""
    lines = source.lines_of(_MAY_NAME_FILE)
    named: set[tuple[int, str]] = set()
    names: set[str] = set()
    for node in nodes_near(module, lines):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if _NAMES_FILE.fullmatch(text):
                named.add((node.lineno, text))
            match = _FILE_NAME.search(text) if len(text) < _LONGEST else None
            if match:
                names.add(match.group(1))
    return tuple(sorted(named)), frozenset(names)


def top_level_names(module: ast.Module, walrus_lines: Sequence[int] | None = None) -> set[str]:
    """Return the names that a module binds at its top level, also under ``if`` and ``try``.

    ``walrus_lines`` are the lines with ``:=``, where names may be bound in any expression; without
    them, every line may be one.
    """
    names: set[str] = set()
    pending: list[ast.stmt] = list(module.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names.update([(a.asname or a.name).partition(".")[0] for a in node.names])
        else:
            for body in bodies(node):
                pending.extend(body)
            walrus = walrus_lines is None or stands_on(node, walrus_lines)
            for part in _binding_parts(node, walrus):
                names.update(_stored_names(part))
    return names


def _binding_parts(node: ast.stmt, walrus: bool) -> list[ast.AST]:
    """Return the parts of a statement, outside of the statements in it, that may bind names."""
    if walrus or isinstance(node, ast.Match):
        inner = (ast.stmt, ast.excepthandler)
        return [child for child in ast.iter_child_nodes(node) if not isinstance(child, inner)]
    fields = node.__dict__
    parts = list(fields.get("targets", ()))
    if "target" in fields:
        parts.append(fields["target"])
    parts += [i.optional_vars for i in fields.get("items", ()) if i.optional_vars is not None]
    return parts


def _stored_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id] if isinstance(node.ctx, ast.Store) else []
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    return [name.id for name in names if isinstance(name.ctx, ast.Store)]
