"""What the names of a file stand for in Django, as its import statements say."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from relayout.source import dotted_name, nodes_of

_DJANGO = "django"


def django_names(module: ast.Module) -> dict[str, str]:
    """Return the names that imports of Django bind in a file, each with its dotted origin.

    ``from django.conf import settings as s`` gives ``s`` the origin ``django.conf.settings``,
    ``import django.utils.timezone`` gives ``django`` the origin ``django``. Imports count wherever
    they stand, in functions too; of two that bind one name, the first. Names that the file binds to
    something else as well are not left out: who needs to know looks at the scopes.
    """
    found: dict[str, str] = {}
    for statement in django_imports(module):
        for bound, origin in _bound(statement):
            found.setdefault(bound, origin)
    return found


def django_imports(module: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the statements of a file that import something of Django, in the order of the text.

    ``import os, django`` is one of them.
    """
    statements = (n for n in nodes_of(module) if isinstance(n, ast.Import | ast.ImportFrom))
    for node in sorted(statements, key=lambda n: (n.lineno, n.col_offset)):
        if any(is_of_django(name) for name in _modules(node)):
            yield node


def dotted_origin(node: ast.expr, names: Mapping[str, str]) -> str | None:
    """Return the dotted origin of a name or attribute chain, or None if it is not of Django.

    With ``timezone`` from ``django.utils``, ``timezone.now`` is ``django.utils.timezone.now``.
    ``names`` are those of :func:`django_names`.
    """
    first, dot, rest = dotted_name(node).partition(".")
    return f"{names[first]}{dot}{rest}" if first in names else None


def is_of_django(dotted: str) -> bool:
    """Tell whether a dotted name is Django itself or a part of it."""
    return dotted == _DJANGO or dotted.startswith(f"{_DJANGO}.")


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [] if node.level else [node.module or ""]


def _bound(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yield what a statement binds, each name with its origin."""
    for alias in node.names:
        if isinstance(node, ast.ImportFrom):
            if alias.name != "*":
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"
        elif not is_of_django(alias.name):
            continue
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            yield _DJANGO, _DJANGO
