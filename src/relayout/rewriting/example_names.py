"""Names that a module's imports bind differently after the moves: its doctests use them too."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from relayout.inventory.python import top_level_names
from relayout.source import Edit, NotPython, Source, apply_edits, nodes_of


class ModuleBindings:
    """What became of the ``import a.b`` statements at the top of one module.

    ``edits`` are those of its imports; ``new_name`` says what a module is called after the moves.
    """

    def __init__(
        self,
        source: Source,
        module: ast.Module,
        edits: Sequence[Edit],
        new_name: Callable[[str], str | None],
    ) -> None:
        self._source = source
        self._module = module
        self._edits = edits
        self._new_name = new_name

    def follow(self, code: Source, module: ast.Module) -> tuple[list[Edit], list[tuple[int, str]]]:
        """Return the edits of code that uses such names, and (line, message) where it cannot be.

        A name that the code binds itself is not the module's.
        """
        renamed = self.renamed
        if not renamed:
            return [], []
        own = top_level_names(module)
        tops = {old.partition(".")[0] for old in renamed} - own
        edits: list[Edit] = []
        covered: set[int] = set()
        for node in nodes_of(module):
            if not isinstance(node, ast.Attribute):
                continue
            dotted = _dotted(node)
            if dotted and dotted[0] in renamed and dotted[1].id in tops:
                covered.add(id(dotted[1]))
                edits.append(Edit(*code.span(node), renamed[dotted[0]], "import-use"))
        lost = [
            (node.lineno, f"{node.id} is used here, which the module does not import any more")
            for node in nodes_of(module)
            if isinstance(node, ast.Name) and node.id in tops and id(node) not in covered
        ]
        return edits, lost

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """What ``a.b`` is called now, for each that the module imported and whose ``a`` is gone."""
        before: set[str] = set()
        after: set[str] = set()
        called: dict[str, str] = {}
        for node in self._module.body:
            if not isinstance(node, ast.Import):
                continue
            for alias in node.names:
                if alias.asname is None and "." in alias.name:
                    before.add(alias.name)
            for statement in self._after(node):
                after |= top_level_names(ast.Module([statement], []))
                if isinstance(statement, ast.Import):
                    called.update({a.name: a.asname or a.name for a in statement.names})
        renamed = {}
        for old in before:
            new = self._new_name(old) if old.partition(".")[0] not in after else None
            if new in called:
                renamed[old] = called[new]
        return renamed

    def _after(self, node: ast.stmt) -> list[ast.stmt]:
        """Return what a statement became."""
        start, end = self._source.span(node)
        inside = [
            Edit(e.start - start, e.end - start, e.replacement, e.kind)
            for e in self._edits
            if start <= e.start and e.end <= end
        ]
        try:
            text = apply_edits(self._source.text[start:end], inside)
            return Source(text, "utf-8", False).parse().body
        except (NotPython, ValueError):
            return [node]


def _dotted(node: ast.Attribute) -> tuple[str, ast.Name] | None:
    """Return ``a.b`` as text and the name that it begins with; None for other expressions."""
    names = []
    value: ast.expr = node
    while isinstance(value, ast.Attribute):
        names.append(value.attr)
        value = value.value
    if not isinstance(value, ast.Name):
        return None
    return ".".join([value.id, *reversed(names)]), value
