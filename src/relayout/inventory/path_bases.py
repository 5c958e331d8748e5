"""Folders that expressions of a file mean, for paths that count from them.

They are computed from the file's own place with the machinery that follows path hacks; a package's
resources count from the package's folder
(https://docs.python.org/3/library/importlib.resources.html).
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from posixpath import dirname

from relayout.inventory.assignments import assigned_names, own_expressions
from relayout.inventory.expressions import Environment
from relayout.inventory.library_names import library_names
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_texts import CURRENT, PathTexts
from relayout.inventory.path_values import Unknown, Value, repository_path
from relayout.notebook import is_notebook
from relayout.source import holders, nodes_of

_CHANGES = frozenset({"os.chdir", "contextlib.chdir"})
_RESOURCES = frozenset({"importlib.resources.files", "importlib_resources.files"})


def texts_of(
    module: ast.Module, analysis: PathAnalysis | None, path: str, imported: Mapping[str, str]
) -> PathTexts:
    """Return the texts of a file that may be paths, with the folders that they count from.

    Without an ``analysis`` nothing is computed from the file's place.
    """
    texts = PathTexts(module, {}, imported)
    for node in nodes_of(module):
        if isinstance(node, ast.expr):
            texts.of(node)
    bases = _package_folders(module, path)
    if analysis is not None and analysis.outline.has_places and texts.unknown:
        bases.update(_computed(analysis, texts.unknown))
    return PathTexts(module, bases, imported) if bases else texts


def current_folder(path: str, module: ast.Module, texts: PathTexts) -> str | None:
    """Return the folder that is the current one where a file opens others; None if not known.

    It is the root of the repository, and of a notebook its own folder.
    """
    if is_notebook(path):
        return dirname(path)
    changes = [
        node
        for node in nodes_of(module)
        if isinstance(node, ast.Call) and texts.names.qualified(node.func) in _CHANGES
    ]
    if not changes:
        return ""
    if len(changes) > 1 or len(changes[0].args) != 1:
        return None
    found = texts.of(changes[0].args[0])
    if len(found) == 1 and found[0].literal is None and found[0].base != CURRENT:
        return found[0].base
    return None


def own_package(node: ast.expr) -> bool:
    """Tell whether an expression names the file's own module or package."""
    return isinstance(node, ast.Name) and node.id in ("__name__", "__package__")


def _package_folders(module: ast.Module, path: str) -> dict[int, str]:
    names = library_names(module)
    return {
        id(node): dirname(path)
        for node in nodes_of(module)
        if isinstance(node, ast.Call) and names.qualified(node.func) in _RESOURCES
        if not node.args or own_package(node.args[0])
    }


def _computed(analysis: PathAnalysis, wanted: Mapping[int, ast.expr]) -> dict[int, str]:
    """Return the folders that the wanted expressions mean, each time that they are reached."""
    found: dict[int, str | None] = {}
    changing = _changing_in_loops(analysis.module)
    by_statement: dict[int, list[ast.expr]] = {}

    def observe(statement: ast.stmt, env: Environment) -> None:
        if id(statement) not in by_statement:
            nodes = (node for part in own_expressions(statement) for node in ast.walk(part))
            asked = [wanted[id(n)] for n in nodes if id(n) in wanted and id(n) not in changing]
            by_statement[id(statement)] = asked
        for node in by_statement[id(statement)]:
            path = _value_of(analysis, node, env)
            if found.setdefault(id(node), path) != path:
                found[id(node)] = None

    analysis.follow(observe)
    tree = analysis.tree
    return {key: at for key, at in found.items() if at is not None and at not in tree}


def _changing_in_loops(module: ast.Module) -> set[int]:
    """Return the ids of expressions that name what a loop assigns.

    What such a loop looks for may be elsewhere after the moves.
    """
    loops = [n for n in nodes_of(module) if isinstance(n, ast.While | ast.For | ast.AsyncFor)]
    names = {name for loop in loops for name in assigned_names(loop)}
    return holders(module, lambda node: isinstance(node, ast.Name) and node.id in names)


def _value_of(analysis: PathAnalysis, node: ast.expr, env: Environment) -> str | None:
    try:
        return _absolute(analysis.evaluator.value(node, Environment(env)))
    except Unknown:
        return None


def _absolute(value: Value) -> str | None:
    return repository_path(value) if str(value).startswith("/") else None
