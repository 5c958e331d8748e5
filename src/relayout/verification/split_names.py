"""Syntax trees in a form in which it makes no difference how modules that were split are called."""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Sequence

from relayout.planning.split import Split, stem_of
from relayout.source import nodes_in

_WORD = re.compile(r"[^\W\d]\w*")
_DOTTED = re.compile(r"[\w.:]+\Z")


class ModuleNames:
    """What the parts of split modules are called, each with the name of its module before."""

    def __init__(self, splits: Sequence[Split]) -> None:
        self._before = {
            stem_of(part.path): stem_of(split.path) for split in splits for part in split.parts
        }

    def form(self, statement: ast.stmt) -> str:
        """Return a statement as text that is equal for what means the same."""
        if any(self._is_named(node) for node in nodes_in(statement)):
            statement = copy.deepcopy(statement)
            for node in nodes_in(statement):
                self._rename(node)
        return ast.dump(statement)

    def imports(self, module: ast.Module) -> Counter[tuple[str, ...]]:
        """Return what a module imports, at any depth: module, name and local name of each."""
        found: Counter[tuple[str, ...]] = Counter()
        for node in nodes_in(module):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    found[self._dotted(alias.name), "", self._local(alias)] += 1
            elif isinstance(node, ast.ImportFrom):
                base = "." * node.level + self._dotted(node.module or "")
                for alias in node.names:
                    found[base, self._dotted(alias.name), self._local(alias)] += 1
        return found

    def _local(self, alias: ast.alias) -> str:
        return self._dotted(alias.asname or "")

    def _dotted(self, text: str) -> str:
        return _WORD.sub(lambda word: self._before.get(word.group(), word.group()), text)

    def _is_named(self, node: ast.AST) -> bool:
        named = (getattr(node, field, None) for field in ("id", "attr", "value", "name"))
        return any(isinstance(n, str) and self._dotted(n) != n for n in named)

    def _rename(self, node: ast.AST) -> None:
        if isinstance(node, ast.Name):
            node.id = self._dotted(node.id)
        elif isinstance(node, ast.Attribute):
            node.attr = self._dotted(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if _DOTTED.match(node.value):
                node.value = self._dotted(node.value)


def without_imports(statement: ast.stmt) -> ast.stmt:
    """Return a statement of which no part is an import any more."""
    copied = copy.deepcopy(statement)
    for node in nodes_in(copied):
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list):
                kept = [s for s in body if not isinstance(s, ast.Import | ast.ImportFrom)]
                setattr(node, field, kept)
    return copied
