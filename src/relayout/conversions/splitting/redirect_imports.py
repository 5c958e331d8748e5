"""``from`` imports of a split module: each name is imported from the part that has it.

A statement keeps its form, relative or not: parts stand beside the module. All names of the module
(``*``) are those of all its parts, in their order.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from relayout.conversions.splitting.redirect_modules import SplitModule, renamed
from relayout.rewriting.from_statement import FromStatement, NewName
from relayout.rewriting.statement_text import StatementText
from relayout.source import Edit, Source

KIND = "split"
STAR = "*"


def redirected_names(
    source: Source, node: ast.ImportFrom, module_of: Callable[[ast.alias], SplitModule | None]
) -> list[Edit]:
    """Return the edits of a ``from`` import; ``module_of`` says what each name is imported from.

    Raises ValueError if the statement cannot be taken apart.
    """
    old = "." * node.level + (node.module or "")
    names = []
    for alias in node.names:
        module = module_of(alias)
        part = None if module is None else module.split.part_of(alias.name)
        base = old if part is None else based(old, part)
        names.append(NewName(alias, base, alias.name))
    if all(name.base == old for name in names):
        return []
    return [edit._replace(kind=KIND) for edit in FromStatement(source, node).rewrite(names)]


def redirected_star(source: Source, node: ast.ImportFrom, module: SplitModule) -> list[Edit]:
    """Return the edits of an import of all names of a split module."""
    old = "." * node.level + (node.module or "")
    more = [f"from {based(old, part)} import *" for part in module.starred if part != module.path]
    if not more:
        return []
    return [StatementText(source, node).followed_by(more)._replace(kind=KIND)]


def based(base: str, part: str) -> str:
    """Return the name of a module in a ``from`` import, dots included, with that of a part."""
    name = base.lstrip(".")
    return f"{base[: len(base) - len(name)]}{renamed(name, part)}"
