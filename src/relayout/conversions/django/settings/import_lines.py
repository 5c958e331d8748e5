"""The import statements of the package's settings module."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from relayout.conversions.django.settings.modules import SettingsModule, Step
from relayout.inventory.python import standard_library
from relayout.source import nodes_in

_WIDTH = 88


def is_plain_import(step: Step) -> bool:
    """Tell whether a step is an import that depends on no condition."""
    return isinstance(step.node, ast.Import | ast.ImportFrom) and not step.guards


def import_lines(module: SettingsModule, used: Collection[str]) -> str:
    """Return the import statements that bind the used names, in the order that isort gives them.

    The standard library's come first; of each part, those without ``from``
    (https://pycqa.github.io/isort/docs/configuration/profiles.html).
    """
    found: dict[tuple[bool, bool, str], set[str]] = {}
    for step in module.steps:
        if is_plain_import(step):
            for base, text in _imported(step.node, used):
                is_foreign = (base or text).partition(".")[0] not in standard_library()
                found.setdefault((is_foreign, bool(base), base or text), set()).add(text)
    lines: list[str] = []
    was_foreign = False
    for is_foreign, has_base, name in sorted(found, key=_order):
        if is_foreign and not was_foreign and lines:
            lines.append("")
        was_foreign = is_foreign
        texts = sorted(found[is_foreign, has_base, name], key=_order_of_name)
        lines += _from_lines(name, texts) if has_base else [f"import {text}" for text in texts]
    return "".join(f"{line}\n" for line in lines)


def _from_lines(base: str, names: Sequence[str]) -> list[str]:
    line = f"from {base} import {', '.join(names)}"
    if len(line) <= _WIDTH:
        return [line]
    return [f"from {base} import (", *(f"    {name}," for name in names), ")"]


def _order(key: tuple[bool, bool, str]) -> tuple[bool, bool, str]:
    return key[0], key[1], key[2].lower()


def _order_of_name(text: str) -> tuple[int, str]:
    """Return what orders names: constants, classes, then all others."""
    name = text.partition(" ")[0]
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2), name


def used_names(text: str) -> frozenset[str]:
    """Return the names that the code of a module loads. Raises SyntaxError."""
    nodes = nodes_in(ast.parse(text))
    return frozenset(n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))


def _imported(node: ast.stmt, used: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the used names of an import: the module behind ``from``, if any, and the name's text.

    What is taken from a module of the repository by a relative import is none of them.
    """
    assert isinstance(node, ast.Import | ast.ImportFrom)
    if isinstance(node, ast.ImportFrom) and node.level:
        return
    base = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        if (alias.asname or alias.name.partition(".")[0]) in used:
            yield base, f"{alias.name} as {alias.asname}" if alias.asname else alias.name
