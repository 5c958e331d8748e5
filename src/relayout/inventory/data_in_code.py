"""Which data folders code reads or writes by name: Python, notebooks and SQL.

Code that names the folder alone makes it, measures it or saves it; what names something in it, or
lists it, works with what is there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from posixpath import basename, join, normpath

from relayout.inventory import Inventory
from relayout.inventory.imported_paths import imported_paths
from relayout.inventory.path_bases import current_folder, texts_of
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_texts import CURRENT, UNKNOWN
from relayout.inventory.path_uses import PathUse, is_text, uses_in
from relayout.notebook import read_source
from relayout.source import NotPython, last_name
from relayout.tree import is_within

_LISTS = frozenset({"listdir", "scandir", "walk", "iterdir", "glob", "iglob", "rglob"})
_SQL = (".sql", ".ddl")


@dataclass(frozen=True, slots=True)
class NamedData:
    """Where a file of code names something in a folder."""

    folder: str
    path: str
    line: int
    named: str


def data_named_in_code(inventory: Inventory, folders: frozenset[str]) -> Iterator[NamedData]:
    """Yield where code names what is in one of the folders, by file and line."""
    names = [basename(folder).encode() for folder in folders]
    for path in sorted(inventory.tree) if folders else ():
        is_code = path in inventory.python
        if is_code or (path.endswith(_SQL) and inventory.tree.is_regular(path)):
            content = inventory.tree.read(path)
            if any(name in content for name in names):
                found = _in_python if is_code else _in_text
                yield from found(inventory, path, content, folders)


def _in_text(
    inventory: Inventory, path: str, content: bytes, folders: Iterable[str]
) -> Iterator[NamedData]:
    text = content.decode("utf-8", errors="replace")
    for folder in folders:
        match = re.search(rf"(?<![\w/]){re.escape(folder)}/[\w.*/-]+", text)
        if match is not None:
            line = text.count("\n", 0, match.start()) + 1
            yield NamedData(folder, path, line, match.group())


def _in_python(
    inventory: Inventory, path: str, content: bytes, folders: frozenset[str]
) -> Iterator[NamedData]:
    try:
        module = read_source(path, content).parse()
    except NotPython:
        return
    analysis = PathAnalysis(module, path, inventory.tree)
    constants = {name: where for name, (where, _) in imported_paths(inventory, path).items()}
    texts = texts_of(module, analysis, path, constants)
    current = current_folder(path, module, texts)
    for use in uses_in(module, texts):
        base = current if use.text.base == CURRENT else use.text.base
        if is_text(use) or base is None:
            continue
        named = _named(use, base)
        folder = next((f for f in folders if named and is_within(named, f)), None)
        if folder is not None and (named != folder or _lists(use, texts.bindings.parents)):
            yield NamedData(folder, path, use.node.lineno, named)


def _named(use: PathUse, base: str) -> str:
    """Return the repository path that a use names; the part that is known, if not all is."""
    text = use.text.text.replace("\\", "/")
    known, unknown, _ = text.partition(UNKNOWN)
    if text.startswith("/") and use.text.base == CURRENT:
        return ""
    path = normpath(join(base, known.lstrip("/") or "."))
    if path.startswith(".."):
        return ""
    return f"{path}/..." if unknown and known.endswith("/") else path


def _lists(use: PathUse, parents: dict[int, ast.AST]) -> bool:
    """Tell whether what is in a folder is listed where it is named."""
    outer = parents.get(id(use.node))
    while outer is not None and not isinstance(outer, ast.stmt):
        if isinstance(outer, ast.Call) and last_name(outer.func) in _LISTS:
            return True
        outer = parents.get(id(outer))
    return False
