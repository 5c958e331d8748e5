"""The import statements of a file after some of its calls are written anew.

What only those calls used is no longer imported, and what they use now is. Statements that nothing
of that concerns stay as they are.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Sequence

from relayout.conversions.dagster.new_names import from_import
from relayout.rewriting.name_uses import uses_of
from relayout.rewriting.removals import Removal
from relayout.rewriting.statement_text import StatementText
from relayout.source import Edit, Source, nodes_of

KIND = "definitions"

Span = tuple[int, int]
Statement = ast.Import | ast.ImportFrom


class ImportChanges:
    """Collects what becomes of the imports of one file.

    ``replaced`` are the spans that are written anew, ``packages`` the names of what was loaded
    there, and ``needed`` names that other files ask of this one, or that are used anew.
    """

    def __init__(
        self,
        source: Source,
        module: ast.Module,
        replaced: Sequence[Span],
        packages: Collection[str],
        needed: Collection[str],
    ) -> None:
        self._source = source
        self._module = module
        self._replaced = replaced
        self._packages = packages
        self._needed = needed
        self._statements = [
            node for node in nodes_of(module) if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        self.gone = {id(alias) for s in self._statements for alias in s.names if self._goes(alias)}

    def _goes(self, alias: ast.alias) -> bool:
        """Tell whether only what is replaced uses the name that an import binds."""
        bound = (alias.asname or alias.name).partition(".")[0]
        uses = uses_of(self._module)
        if bound in self._needed or bound in uses.exported:
            return False
        loads = uses.loads.get(bound, [])
        inside = [node for node in loads if self._is_replaced(node)]
        return bool(inside) and len(inside) == len(loads)

    def _is_replaced(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.expr):
            return False
        start, end = self._source.span(node)
        return any(first <= start and end <= last for first, last in self._replaced)

    def edits(self, added: Iterable[Sequence[str]], dagster: Collection[str]) -> list[Edit]:
        """Return the edits.

        ``added`` are new statements, each as its lines, and ``dagster`` further names to import
        from Dagster.
        """
        lines = [line for statement in added for line in statement]
        own = self._dagster_statement()
        if own is None and dagster:
            lines = [*from_import("dagster", sorted(dagster)), *lines]
        anchor = self._anchor()
        edits: list[Edit] = []
        removed: set[int] = set()
        for statement in self._statements:
            gone = [alias for alias in statement.names if id(alias) in self.gone]
            more = sorted(dagster) if statement is own else []
            behind = lines if statement is anchor else []
            place = StatementText(self._source, statement)
            kept = [alias for alias in statement.names if id(alias) not in self.gone]
            if not gone and not more:
                if behind:
                    edits.append(_of_kind(place.followed_by(behind)))
            elif not kept and not more and not behind:
                removed.update(map(id, gone))
            else:
                texts = self._statement(statement, kept, more, place)
                edits.append(_of_kind(place.replaced_by([*texts, *behind])))
        if removed:
            found = Removal(self._source, self._module, removed).edits()
            edits += [_of_kind(edit) for edit in found]
        if anchor is None and lines:
            edits.append(self._on_top(lines))
        return edits

    def _statement(
        self,
        statement: Statement,
        kept: Sequence[ast.alias],
        more: Sequence[str],
        at: StatementText,
    ) -> list[str]:
        """Return the lines of a statement with other names than before."""
        names = [_text(alias) for alias in kept]
        in_order = [alias.name for alias in statement.names]
        names += more
        if in_order == sorted(in_order):
            names.sort()
        if not names:
            return []
        if isinstance(statement, ast.Import):
            return [f"import {', '.join(names)}"]
        module = "." * statement.level + (statement.module or "")
        text = self._source.text[at.start : at.end]
        if "\n" in text and len(names) > 1:
            return [f"from {module} import (", *(f"    {name}," for name in names), ")"]
        return from_import(module, names)

    def _dagster_statement(self) -> ast.ImportFrom | None:
        found = (
            statement
            for statement in self._module.body
            if isinstance(statement, ast.ImportFrom)
            and statement.module == "dagster"
            and not statement.level
            and not any(alias.name == "*" for alias in statement.names)
        )
        return next(found, None)

    def _anchor(self) -> Statement | None:
        """Return the statement that new ones stand behind, or in the place of.

        It is one that imports what was loaded, else the last one at the top of the file.
        """
        body = [s for s in self._module.body if isinstance(s, ast.Import | ast.ImportFrom)]
        for statement in body:
            bound = {(a.asname or a.name).partition(".")[0] for a in statement.names}
            if not bound.isdisjoint(self._packages):
                return statement
        return body[-1] if body else None

    def _on_top(self, lines: Sequence[str]) -> Edit:
        """Return the edit that puts lines in front of the code, behind a docstring."""
        newline = self._source.newline
        body = self._module.body[1 if ast.get_docstring(self._module) is not None else 0 :]
        start = len(self._source.text)
        if body:
            decorators: list[ast.expr] = getattr(body[0], "decorator_list", [])
            first = min([body[0].lineno, *(decorator.lineno for decorator in decorators)])
            start = self._source.offset(first, 0)
        return Edit(start, start, "".join(f"{line}{newline}" for line in lines), KIND)


def _text(alias: ast.alias) -> str:
    return f"{alias.name} as {alias.asname}" if alias.asname else alias.name


def _of_kind(edit: Edit) -> Edit:
    return edit._replace(kind=KIND)
