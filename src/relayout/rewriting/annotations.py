"""Strings that hold a type: annotations, and what ``typing`` takes in their place.

PEP 484 (forward references) says that such a string is an expression, evaluated where it stands.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection

from relayout.source import Edit, Source, last_name

KIND = "annotation"

_DOTTED = re.compile(r"[^\W\d]\w*\s*\.\s*[^\W\d]\w*")
_LITERAL = re.compile(
    r"(?P<open>[uU]?(?:'''|\"\"\"|'|\")|[rR](?:'''|\"\"\"|'|\"))(?P<text>.*)", re.DOTALL
)
_LONGEST = 2000
"""Longer strings are texts, and no types."""


def expression_in(node: ast.Constant) -> ast.expr | None:
    """Return the expression in a string that names something with a dot, or None."""
    if not isinstance(node.value, str) or len(node.value) > _LONGEST:
        return None
    if not _DOTTED.search(node.value):
        return None
    try:
        return ast.parse(node.value.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def is_annotation_part(generic: ast.expr, number: int) -> bool:
    """Tell whether an argument of a generic is a type: not in Literal, the first in Annotated."""
    name = last_name(generic)
    return name != "Literal" and (name != "Annotated" or number == 0)


def annotations_in_call(node: ast.Call, from_typing: Collection[str]) -> list[ast.expr]:
    """Return the arguments of a call that are types: of cast, TypeVar and NewType of typing."""
    name = last_name(node.func)
    root = node.func.value if isinstance(node.func, ast.Attribute) else node.func
    if not isinstance(root, ast.Name) or root.id not in from_typing:
        return []
    if name == "cast":
        return node.args[:1]
    if name == "NewType":
        return node.args[1:2]
    if name == "TypeVar":
        return [*node.args[1:], *(k.value for k in node.keywords if k.arg in ("bound", "default"))]
    return []


def annotation_edit(
    source: Source, node: ast.Constant, uses: Collection[tuple[ast.Name | ast.Attribute, str]]
) -> Edit | None:
    """Return the edit of a string in which names are replaced; None if it is written with escapes.

    ``uses`` are nodes of :func:`expression_in`, each with the name that it gets.
    """
    start, end = source.span(node)
    written = source.text[start:end]
    match = _LITERAL.match(written)
    assert isinstance(node.value, str)
    if match is None:
        return None
    quote = match["open"].lstrip("uUrR")
    if written != f"{match['open']}{node.value}{quote}":
        return None
    shift = len(match["open"]) + len(node.value) - len(node.value.lstrip())
    inner = Source(node.value.strip(), "utf-8", False)
    for use, name in sorted(uses, key=lambda pair: inner.span(pair[0]), reverse=True):
        first, last = (shift + offset for offset in inner.span(use))
        written = f"{written[:first]}{name}{written[last:]}"
    return Edit(start, end, written, KIND)
