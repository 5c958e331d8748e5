"""One Python file: what it imports, defines and runs; read with a single parse."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from relayout.inventory.module_strings import ModuleString, module_strings
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_meanings import PathMeanings
from relayout.inventory.path_values import is_place
from relayout.source import NotPython, Source, nodes_of
from relayout.tree import Tree


@dataclass(frozen=True, slots=True)
class ImportedName:
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


@dataclass(frozen=True, slots=True)
class Hack:
    """A path hack as a fact: its line, the folders it adds (None: not known), and where."""

    line: int
    where: str
    folders: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class PythonFile:
    """Facts about one Python file; ``error`` says why it could not be read, else it is None.

    ``is_script`` tells of a main guard, ``acts`` of statements at the top level that do something.
    ``named_files`` are (line, text) of strings that look like a path or a dotted name.
    ``main`` is None without a function of that name, empty if it can be a console script, else why
    it cannot. ``file_lines`` are the lines that use ``__file__`` or the current
    folder.
    """

    path: str
    error: str | None = None
    imports: tuple[ImportedName, ...] = ()
    defines: frozenset[str] = frozenset()
    is_script: bool = False
    acts: bool = False
    main: str | None = None
    hacks: tuple[Hack, ...] = ()
    strings: frozenset[str] = frozenset()
    named_files: tuple[tuple[int, str], ...] = ()
    module_strings: tuple[ModuleString, ...] = ()
    file_lines: tuple[int, ...] = ()
    attributes: frozenset[tuple[str, str]] = frozenset()


_MAY_HAVE_HACKS = re.compile(
    r"\bsys\s*\.\s*path\b|\bfrom\s+sys\s+import\b|\bimport\s+sys\s+as\b|addsitedir|PYTHONPATH"
)
"""What the text of a file with a path hack contains; it saves looking at most files closely."""

_NAMES_FILE = re.compile(
    r"(?:[\w.-]+/)*[\w-]+\.py|(?:[\w.-]+/)+[\w.-]+|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+"
    r"|(?:ext://)?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*[.:][A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.?"
)

_MAIN_CALLS = frozenset({"main()", "sys.exit(main())", "exit(main())", "SystemExit(main())"})


@cache
def standard_library() -> frozenset[str]:
    """Return the top-level module names of Python's standard library."""
    return frozenset(sys.stdlib_module_names)


def read_python(path: str, tree: Tree) -> PythonFile:
    """Return the facts about the file at ``path``. Never raises for what the file contains."""
    try:
        source = Source.decode(tree.read(path))
        module = source.parse()
    except NotPython as error:
        return PythonFile(path, error=str(error))
    analysis = PathAnalysis(module, path, tree)
    hacks: tuple[Hack, ...] = ()
    if _MAY_HAVE_HACKS.search(source.text):
        hacks = tuple(Hack(hack.line, hack.where, hack.folders) for hack in analysis.hacks)
    nodes = nodes_of(module)
    file_lines = sorted({node.lineno for node in nodes if is_place(node)})
    return PythonFile(
        path=path,
        imports=tuple(_imports(nodes)),
        defines=frozenset(top_level_names(module)),
        is_script=any(is_main_guard(node) for node in module.body),
        acts=any(_acts(node) for node in module.body),
        main=_main_problem(module),
        hacks=hacks,
        named_files=tuple(sorted(_named_files(nodes))),
        module_strings=module_strings(module, source.text),
        strings=frozenset(
            n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)
        ),
        file_lines=tuple(file_lines),
        attributes=frozenset(
            (n.value.id, n.attr)
            for n in nodes
            if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)
        ),
    )


def read_named_paths(path: str, tree: Tree) -> frozenset[str]:
    """Return the files and folders of the tree that a file reaches by paths from ``__file__``."""
    try:
        module = Source.decode(tree.read(path)).parse()
    except NotPython:
        return frozenset()
    return PathMeanings(PathAnalysis(module, path, tree)).named(tree)


def _named_files(nodes: Sequence[ast.AST]) -> set[tuple[int, str]]:
    return {
        (node.lineno, node.value)
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _NAMES_FILE.fullmatch(node.value)
    }


def _imports(nodes: Sequence[ast.AST]) -> list[ImportedName]:
    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [
                ImportedName(a.name, 0, None, node.lineno, a.asname or a.name.partition(".")[0])
                for a in node.names
            ]
        elif isinstance(node, ast.ImportFrom):
            found += [
                ImportedName(node.module or "", node.level, a.name, node.lineno, a.asname or a.name)
                for a in node.names
            ]
    return sorted(found, key=lambda name: name.line)


def top_level_names(module: ast.Module) -> set[str]:
    """Return the names that a module binds at its top level, also under ``if`` and ``try``."""
    names: set[str] = set()
    pending: list[ast.stmt] = list(module.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            names.update((a.asname or a.name).partition(".")[0] for a in node.names)
            continue
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                pending.append(child)
            elif isinstance(child, ast.ExceptHandler):
                pending.extend(child.body)
            else:
                names.update(
                    n.id
                    for n in ast.walk(child)
                    if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
                )
    return names


def is_main_guard(node: ast.AST) -> bool:
    """Tell whether a statement is ``if __name__ == "__main__":``."""
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
        return False
    parts = [node.test.left, *node.test.comparators]
    return any(isinstance(p, ast.Name) and p.id == "__name__" for p in parts) and any(
        isinstance(p, ast.Constant) and p.value == "__main__" for p in parts
    )


def _acts(node: ast.stmt) -> bool:
    """Tell whether a top-level statement does something when the file is run."""
    if isinstance(node, ast.For | ast.While | ast.With):
        return True
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and not ast.unparse(node.value.func).startswith(("sys.path", "warnings.", "logging."))
    )


def _main_problem(module: ast.Module) -> str | None:
    """Return why ``main`` cannot be a console script: ``""`` if it can, None if there is none.

    An entry point is called without arguments, and what it returns becomes the exit status
    (https://packaging.python.org/en/latest/specifications/entry-points/).
    """
    for node in module.body:
        if isinstance(node, ast.AsyncFunctionDef) and node.name == "main":
            return "main is a coroutine function, which an entry point would not await"
        if isinstance(node, ast.FunctionDef) and node.name == "main":
            arguments = node.args
            required = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
            required += sum(default is None for default in arguments.kw_defaults)
            if required:
                return f"main needs {required} argument(s)"
            return "" if _guard_only_calls_main(module) else "its main guard does more than main()"
    return None


def _guard_only_calls_main(module: ast.Module) -> bool:
    guards = [node for node in module.body if is_main_guard(node) and isinstance(node, ast.If)]
    return all(
        isinstance(statement, ast.Expr | ast.Raise)
        and ast.unparse(statement).removeprefix("raise ") in _MAIN_CALLS
        for guard in guards
        for statement in guard.body
    ) and all(len(guard.body) == 1 for guard in guards)
