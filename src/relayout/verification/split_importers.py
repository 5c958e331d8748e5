"""What names a split module says what it said, but for where it finds a name of that module."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from relayout.notebook import is_notebook
from relayout.planning.split import Split, stem_of
from relayout.source import NotPython, Source, nodes_in
from relayout.tree import Tree
from relayout.verification.split_names import ModuleNames, without_imports


def importer_problems(before: Tree, after: Tree, splits: Sequence[Split]) -> Iterator[str]:
    """Yield what differs in modules that are not split, between the trees before and after a split.

    Set aside are imports, docstrings (their examples follow as well), and how a split module and
    its parts are called. A list that named the module may name its parts.
    """
    divided = {path for split in splits for path in split.paths}
    names = ModuleNames(splits)
    stems = {stem_of(path): stem_of(split.path) for split in splits for path in split.paths}
    for path in before.modules:
        if path in divided or path not in after or is_notebook(path):
            continue
        if before[path].blob != after[path].blob:
            yield from _compared(path, before, after, names, stems)


def _compared(
    path: str, before: Tree, after: Tree, names: ModuleNames, stems: Mapping[str, str]
) -> Iterator[str]:
    try:
        said = list(_statements(Source.decode(before.read(path)).parse(), names, stems))
        says = list(_statements(Source.decode(after.read(path)).parse(), names, stems))
    except NotPython as error:
        yield f"{path}: {error}"
        return
    if len(said) != len(says):
        yield f"{path}: it had {len(said)} statements beside its imports, and has {len(says)}"
    for (old, line), (new, _) in zip(said, says, strict=False):
        if old != new:
            yield f"{path}: the statement of line {line} is another one"


def _statements(
    module: ast.Module, names: ModuleNames, stems: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    """Yield each top-level statement that is no import, in a form to compare, and its line."""
    called = dict(_called(module, stems))
    for node in module.body:
        if not isinstance(node, ast.Import | ast.ImportFrom):
            plain = _Plain(called).visit(without_imports(node))
            yield names.form(plain), node.lineno


def _called(module: ast.Module, stems: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the local names of split modules and their parts, with the name of the module."""
    for node in nodes_in(module):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                meant = alias.name.rpartition(".")[2]
                if meant in stems and (alias.asname or "." not in alias.name):
                    yield alias.asname or meant, stems[meant]


class _Plain(ast.NodeTransformer):
    """Gives split modules one name, lists no element twice, and leaves docstrings out."""

    def __init__(self, called: Mapping[str, str]) -> None:
        self._called = called

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self._called.get(node.id, node.id)
        return node

    def visit_List(self, node: ast.List) -> ast.AST:
        self.generic_visit(node)
        shown = {ast.dump(item): item for item in node.elts}
        node.elts = list(shown.values())
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            node.value.value = ""
        self.generic_visit(node)
        return node
