"""The text of an ``import a, b.c as d``: its names replaced, or statements for them in order."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from relayout.rewriting.statement_text import KIND, StatementText
from relayout.source import Edit, Source


@dataclass(frozen=True, slots=True)
class NewImport:
    """What one name of an ``import`` becomes; ``name`` is None if it stays as it is.

    ``asname`` is what it is bound to by ``as``. With ``bind``, the module itself is bound to the
    local name: where its new name has a dot, only ``from`` does that.
    """

    alias: ast.alias
    name: str | None = None
    asname: str | None = None
    bind: bool = False

    @property
    def stays_import(self) -> bool:
        """Whether it is still a part of an ``import`` statement."""
        return self.name is None or not self.bind or "." not in self.name

    @property
    def text(self) -> str:
        """The statement's part for it, or its own statement where it is none."""
        if self.name is None:
            alias = self.alias
            return alias.name if alias.asname is None else f"{alias.name} as {alias.asname}"
        if self.bind:
            return bound_as(self.name, self.asname or self.alias.name)
        return self.name if self.asname is None else f"{self.name} as {self.asname}"


def bound_as(module: str, bound: str, repeat: bool = False) -> str:
    """Return the statement that binds a module to a name, without ``import`` if it begins so.

    With ``repeat``, the name is repeated behind ``as``: so type checkers and linters know that it
    is there for others.
    """
    base, _, last = module.rpartition(".")
    text = last if last == bound and not repeat else f"{last} as {bound}"
    return f"from {base} import {text}" if base else text


def rewrite_import(source: Source, node: ast.Import, names: Sequence[NewImport]) -> list[Edit]:
    """Return the edits of an ``import`` statement."""
    if all(name.stays_import for name in names):
        edits = []
        for name in names:
            start, end = source.span(name.alias)
            if name.name is not None and source.text[start:end] != name.text:
                edits.append(Edit(start, end, name.text, KIND))
        return edits
    statements: list[str] = []
    joined = False
    for name in names:
        if not name.stays_import:
            statements.append(name.text)
        elif joined:
            statements[-1] += f", {name.text}"
        else:
            statements.append(f"import {name.text}")
        joined = name.stays_import
    return [StatementText(source, node).replaced_by(statements)]
