"""The edits by which code takes its settings from the package's own module.

``from django.conf import settings as s`` becomes ``from <package>.config import project_settings as
s``: what follows in the file stays as it is. Where a file reaches settings through ``django.conf``,
the expression ``django.conf.settings`` becomes the module's name.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from relayout.conversions.django.settings.uses import FileUses, Imported
from relayout.rewriting.from_statement import FromStatement, NewName
from relayout.rewriting.statement_text import StatementText
from relayout.rewriting.taken_names import free_name
from relayout.rewriting.use_text import UseText
from relayout.source import Edit

KIND = "django-setting"


class SettingsImports:
    """Makes the edits of one file; ``module`` is the dotted name of the settings' new module."""

    def __init__(self, file: FileUses, module: str) -> None:
        self._file = file
        self._base, _, self._name = module.rpartition(".")
        self.not_edited: list[int] = []
        """Lines of statements that could not be taken apart."""

    def edits(self) -> tuple[Edit, ...]:
        """Return the edits, in order."""
        found: list[Edit] = []
        statements: dict[int, list[Imported]] = {}
        for imported in self._file.imports:
            if imported.is_django:
                statements.setdefault(id(imported.node), []).append(imported)
        through = [i for group in statements.values() for i in group if i.steps]
        spelled = self._fresh() if through else self._name
        for group in statements.values():
            node = group[0].node
            if isinstance(node, ast.ImportFrom) and node.module == "django.conf":
                found += self._direct(node, group)
            else:
                found += self._through(node, group, spelled)
        if through:
            found += self._spelled_anew(spelled)
        unique = sorted({(e.start, e.end, e.replacement) for e in found})
        return tuple(Edit(start, end, text, KIND) for start, end, text in unique)

    def _direct(self, node: ast.ImportFrom, group: Sequence[Imported]) -> list[Edit]:
        ours = {id(imported.alias) for imported in group}
        names = [
            NewName(a, self._base, self._name)
            if id(a) in ours
            else NewName(a, "django.conf", a.name)
            for a in node.names
        ]
        try:
            return FromStatement(self._file.source, node).rewrite(names)
        except ValueError:
            self.not_edited.append(node.lineno)
            return []

    def _through(
        self, node: ast.Import | ast.ImportFrom, group: Sequence[Imported], spelled: str
    ) -> list[Edit]:
        """Return the edit of a statement that binds what settings are reached through."""
        place = StatementText(self._file.source, node)
        text = self._name if spelled == self._name else f"{self._name} as {spelled}"
        new = f"from {self._base} import {text}"
        going = {id(i.alias) for i in group if not self._file.others.get(i.bound)}
        staying = [alias for alias in node.names if id(alias) not in going]
        if len(staying) == len(node.names):
            return [place.followed_by([new])]
        if not staying:
            return [place.replaced_by([new])]
        start, end = place.start, place.end
        if "#" in self._file.source.text[start:end]:
            return [place.followed_by([new])]
        names = ", ".join(
            a.name if a.asname is None else f"{a.name} as {a.asname}" for a in staying
        )
        base = f"from {node.module} " if isinstance(node, ast.ImportFrom) else ""
        return [place.replaced_by([f"{base}import {names}", new])]

    def _spelled_anew(self, spelled: str) -> list[Edit]:
        """Return the edits of the expressions that go through a module."""
        text = UseText(self._file.source)
        for use in self._file.uses:
            if use.through is not None:
                depth = next(
                    number + 1
                    for number, attribute in enumerate(use.through.attributes)
                    if attribute.attr == "settings"
                )
                text.replace(use.through, depth, spelled)
        return text.edits()

    def _fresh(self) -> str:
        return free_name(self._name, self._file.scopes.identifiers())
