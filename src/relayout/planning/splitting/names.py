"""Names that a piece of a module binds and reads at the module's level.

The scopes are the interpreter's own (https://docs.python.org/3/library/symtable.html): locals,
parameters, comprehensions, class bodies and type parameters are told apart by the compiler, which
runs no code. Annotations are read beside that, since they may be strings (PEP 484) or not be
evaluated at all (PEP 563, PEP 649).
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from relayout.source import last_name, nodes_in

_GENERICS = frozenset(
    {"Optional", "Union", "List", "Dict", "Set", "FrozenSet", "Tuple", "Type", "Callable"}
    | {"Iterable", "Iterator", "Sequence", "Mapping", "Generator", "ClassVar", "Final"}
    | {"list", "dict", "set", "frozenset", "tuple", "type"}
)
"""Generics whose arguments are types, outside of annotations too."""

_TAKES_TYPES = {"cast": 0, "NewType": 1}
_WORD = re.compile(r"[^\W\d]\w*")
_TYPE_COMMENT = re.compile(r"#\s*type:(?!\s*ignore)([^\r\n]*)")
_COMPREHENSIONS = frozenset({"listcomp", "setcomp", "dictcomp", "genexpr"})
"""What the compiler calls the scopes of comprehensions."""

_LONGEST = 2000
"""Longer strings are texts, and no types."""


@dataclass(frozen=True, slots=True)
class Names:
    """``bound`` and ``read`` at the module's level; ``rebound`` are bound by ``global`` inside."""

    bound: frozenset[str]
    read: frozenset[str]
    rebound: frozenset[str]


def names_in_piece(text: str, nodes: Sequence[ast.stmt]) -> Names | None:
    """Return the names of whole statements, given as text and as syntax trees.

    None stands for statements that no module can have, such as a ``return``.
    """
    try:
        table = symtable.symtable(text, "piece", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    bound = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    read = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    rebound: set[str] = set()
    pending = list(table.get_children())
    while pending:
        inner = pending.pop()
        pending.extend(inner.get_children())
        for symbol in inner.get_symbols():
            if symbol.is_declared_global() and (symbol.is_assigned() or symbol.is_imported()):
                # ``:=`` in a comprehension binds outside of it (PEP 572)
                names = bound if inner.get_name() in _COMPREHENSIONS else rebound
                names.add(symbol.get_name())
            elif symbol.is_global() or (inner.get_type() == "class" and symbol.is_referenced()):
                read.add(symbol.get_name())
    for node in nodes:
        read.update(_names_in_types(node))
    for comment in _TYPE_COMMENT.findall(text) if "type:" in text else ():
        read.update(_WORD.findall(comment))
    return Names(frozenset(bound), frozenset(read), frozenset(rebound))


def _names_in_types(statement: ast.stmt) -> Iterator[str]:
    for node in nodes_in(statement):
        for field in ("annotation", "returns"):
            annotation = getattr(node, field, None)
            if isinstance(annotation, ast.expr):
                yield from _names_in_type(annotation)
        if isinstance(node, ast.Subscript) and last_name(node.value) in _GENERICS:
            yield from _names_in_type(node)
        elif isinstance(node, ast.Call) and last_name(node.func) in _TAKES_TYPES:
            position = _TAKES_TYPES[last_name(node.func)]
            for argument in node.args[position : position + 1]:
                yield from _names_in_type(argument)


def _names_in_type(annotation: ast.expr) -> Iterator[str]:
    """Yield the names in a type, those in strings too; what ``Literal`` takes is no type."""
    pending: list[tuple[ast.AST, bool]] = [(annotation, True)]
    while pending:
        node, is_type = pending.pop()
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Subscript) and last_name(node.value) == "Literal":
            pending.append((node.value, False))
        elif isinstance(node, ast.Constant):
            inner = _expression(node.value) if is_type else None
            if inner is not None:
                pending.append((inner, False))
        else:
            pending.extend([(child, is_type) for child in ast.iter_child_nodes(node)])


def _expression(value: object) -> ast.expr | None:
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    try:
        return ast.parse(value.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
