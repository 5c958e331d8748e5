"""Which assets a function depends on by its parameters.

Dagster loads an asset for every parameter but the context, ``config`` and resources, which are
known by their annotations (https://docs.dagster.io/api/dagster/assets, ``asset``).
"""

from __future__ import annotations

import ast

from relayout.inventory.dagster.bindings import Function
from relayout.inventory.dagster.kinds import Kinds
from relayout.source import last_name

_CONTEXT = frozenset({"_", "context", "_context", "context_"})
_RESOURCES = ("resource", "io_manager")
_RESOURCE_NAMES = ("Resource", "ResourceParam", "IOManager")


def inputs_of(path: str, function: Function, kinds: Kinds) -> list[str]:
    """Return the parameters of an asset's function that stand for assets, in order."""
    arguments = function.args
    parameters = [*arguments.posonlyargs, *arguments.args]
    if parameters and parameters[0].arg in _CONTEXT:
        del parameters[0]
    return [
        parameter.arg
        for parameter in parameters
        if parameter.arg != "config" and not _is_resource(path, parameter.annotation, kinds)
    ]


def _is_resource(path: str, annotation: ast.expr | None, kinds: Kinds) -> bool:
    """Tell whether an annotation says that a parameter is a resource.

    A class of no known package that is called one is taken for it.
    """
    if annotation is None:
        return False
    if isinstance(annotation, ast.Subscript) and last_name(annotation.value) == "Annotated":
        parts = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else []
        return any(isinstance(p, ast.Constant) and p.value == "resource_param" for p in parts)
    if kinds.of_annotation(path, annotation) in _RESOURCES:
        return True
    node = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    text = node.value if isinstance(node, ast.Constant) else last_name(node)
    return isinstance(text, str) and text.partition("[")[0].endswith(_RESOURCE_NAMES)
