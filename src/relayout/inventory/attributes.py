"""What the code of a file asks of a name that it has imported."""

from __future__ import annotations

import ast

from relayout.notebook import read_source
from relayout.source import NotPython, nodes_of
from relayout.tree import Tree


def attributes_of(name: str, path: str, tree: Tree) -> frozenset[str]:
    """Return the attributes that the code of a file asks of a name; empty if it cannot be read."""
    try:
        module = read_source(path, tree.read(path)).parse()
    except NotPython:
        return frozenset()
    return frozenset(
        node.attr
        for node in nodes_of(module)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    )
