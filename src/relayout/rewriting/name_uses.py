"""Where a file uses, binds and exports its names."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

from relayout.source import nodes_of

_Index = dict[str, list[ast.AST]]


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
    exported = _exported(module) | _annotated(module)
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
    return frozenset(word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text))


def _exported(module: ast.Module) -> frozenset[str]:
    """Return the names in ``__all__``."""
    found: set[str] = set()
    for node in nodes_of(module):
        if isinstance(node, ast.Assign | ast.AugAssign) and any(
            name.id == "__all__" for name in names_in(node)
        ):
            constants = [n for n in ast.walk(node.value) if isinstance(n, ast.Constant)]
            found.update(n.value for n in constants if isinstance(n.value, str))
    return frozenset(found)
