"""Imports of Django's functions name the package's own, which do the same.

Only the import statement changes: what it binds keeps its name, and so every use its text.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from relayout.conversions.django.found_uses import FileUses, ImportedUse, ImportNode
from relayout.conversions.django.standalone_choice import Standalone
from relayout.conversions.django.standalone_text import FOLDER, PROVIDED
from relayout.rewriting.from_statement import FromStatement, NewName
from relayout.source import Edit

KIND = "django-use"


@dataclass(frozen=True)
class Replaced:
    """What is replaced of a file's imports, and with which functions by module of Django."""

    imports: tuple[ImportedUse, ...] = ()
    functions: dict[str, set[str]] = field(default_factory=dict)


def replaceable(file: FileUses, standalone: Standalone) -> Replaced:
    """Return the imports of a file that can name the package's own functions."""
    found: list[ImportedUse] = []
    functions: dict[str, set[str]] = {}
    for imported in file.django:
        module, names = _asked_for(imported)
        if names and all(standalone.replaces(module, name) for name in names):
            found.append(imported)
            functions.setdefault(module, set()).update(names)
    return Replaced(tuple(found), functions)


def _asked_for(imported: ImportedUse) -> tuple[str, frozenset[str]]:
    """Return the module of Django that an import is about, and the functions that are used of it.

    There are none where that cannot be told.
    """
    nothing = "", frozenset[str]()
    node, alias = imported.node, imported.alias
    if imported.is_star or (isinstance(node, ast.Import) and alias.asname is None):
        return nothing
    if imported.origin in PROVIDED:
        if imported.is_rebound or any(use.is_whole for use in imported.uses):
            return nothing
        names = frozenset(use.name[len(imported.origin) + 1 :] for use in imported.uses)
        return imported.origin, names
    module, _, name = imported.origin.rpartition(".")
    return (module, frozenset({name})) if isinstance(node, ast.ImportFrom) else nothing


def replaced_imports(file: FileUses, replaced: Replaced, package: str) -> list[Edit]:
    """Return the edits that give imports of a file the package's own functions."""
    base = f"{package}.support.{FOLDER}"
    chosen = {id(imported.alias): imported for imported in replaced.imports}
    nodes: dict[int, ImportNode] = {id(i.node): i.node for i in replaced.imports}
    edits: list[Edit] = []
    for node in nodes.values():
        if isinstance(node, ast.Import):
            for alias in node.names:
                if id(alias) in chosen:
                    last = alias.name.rpartition(".")[2]
                    start, end = file.source.span(alias)
                    text = f"{base}.{last} as {alias.asname}"
                    edits.append(Edit(start, end, text, KIND))
        else:
            names = [_new_name(node, alias, chosen, base) for alias in node.names]
            made = FromStatement(file.source, node).rewrite(names)
            edits += [edit._replace(kind=KIND) for edit in made]
    return edits


def _new_name(
    node: ast.ImportFrom, alias: ast.alias, chosen: dict[int, ImportedUse], base: str
) -> NewName:
    imported = chosen.get(id(alias))
    if imported is None:
        return NewName(alias, node.module or "", alias.name)
    if imported.origin in PROVIDED:
        return NewName(alias, base, alias.name)
    return NewName(alias, f"{base}.{(node.module or '').rpartition('.')[2]}", alias.name)


def all_functions(replaced: Sequence[Replaced]) -> dict[str, frozenset[str]]:
    """Return, by module of Django, the functions that all files together need."""
    found: dict[str, set[str]] = {}
    for one in replaced:
        for module, names in one.functions.items():
            found.setdefault(module, set()).update(names)
    return {module: frozenset(names) for module, names in sorted(found.items())}
