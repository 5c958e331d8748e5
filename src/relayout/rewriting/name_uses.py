"""Where a file uses, binds and exports its names."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

from relayout.source import nodes_of

_Index = dict[str, list[ast.AST]]

_WORD = re.compile(r"[A-Za-z_]\w*")
_TYPE_COMMENT = re.compile(r"#\s*type:([^\r\n]*)")


@dataclass(frozen=True)
class Uses:
    """By name: the nodes that load it, that store or delete it, and the statements that bind it."""

    loads: _Index
    stores: _Index
    bindings: _Index
    exported: frozenset[str]


@lru_cache(maxsize=2)
def uses_of(module: ast.Module) -> Uses:
    """Return the uses of every name of a file. They are remembered for the files in hand."""
    loads: _Index = {}
    stores: _Index = {}
    bindings: _Index = {}
    for node in nodes_of(module):
        if isinstance(node, ast.Name):
            kind = loads if isinstance(node.ctx, ast.Load) else stores
            kind.setdefault(node.id, []).append(node)
        elif isinstance(node, ast.alias):
            bindings.setdefault((node.asname or node.name).partition(".")[0], []).append(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bindings.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.arg):
            bindings.setdefault(node.arg, []).append(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            for name in targets_of(node):
                bindings.setdefault(name, []).append(node)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            for name in node.names:
                loads.setdefault(name, []).append(node)
    exported = frozenset(listed_names(module)) | _annotated(module)
    return Uses(loads, stores, bindings, exported)


def names_in(node: ast.AST) -> list[ast.Name]:
    """Return the names in a node, at every depth."""
    return [n for n in ast.walk(node) if isinstance(n, ast.Name)]


def bound_anew(module: ast.Module, name: str, outside: ast.AST) -> set[int]:
    """Return the ids of nodes that see another binding of a name than what ``outside`` binds.

    They stand in the body of another loop over it, or of a function that has it as a parameter.
    """
    found: set[int] = set()
    for node in nodes_of(module):
        if isinstance(node, ast.For | ast.AsyncFor):
            binds = node is not outside and any(n.id == name for n in names_in(node.target))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = node.args
            every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
            binds = any(argument.arg == name for argument in every)
        else:
            continue
        if binds:
            found.update(id(inner) for part in node.body for inner in ast.walk(part))
    return found


def targets_of(node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> list[str]:
    """Return the names in the targets of an assignment."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [name.id for target in targets for name in names_in(target)]


def names_in_type_comments(text: str) -> frozenset[str]:
    """Return the words in comments that give types (PEP 484), some of which name types."""
    if "type:" not in text:
        return frozenset()
    return frozenset(word for found in _TYPE_COMMENT.findall(text) for word in _WORD.findall(found))


def _annotated(module: ast.Module) -> frozenset[str]:
    """Return the names in annotations that are written as strings (PEP 484)."""
    annotations = [
        annotation
        for node in nodes_of(module)
        for field in ("annotation", "returns")
        if (annotation := getattr(node, field, None)) is not None
    ]
    texts = [
        n.value
        for annotation in annotations
        for n in ast.walk(annotation)
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    return frozenset(word for text in texts for word in _WORD.findall(text))


def listed_names(module: ast.Module) -> dict[str, int]:
    """Return the names in ``__all__``, each with its line."""
    return {
        part.value: part.lineno
        for node in nodes_of(module)
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
        if "__all__" in targets_of(node)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
