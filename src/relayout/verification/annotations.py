"""Strings that hold a type may change by the names of modules in them, and by nothing else."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from relayout.rewriting.annotations import KIND
from relayout.source import Edit, Source, nodes_of


def unexplained_annotation(source: Source, module: ast.Module, edits: Sequence[Edit]) -> str:
    """Return what is wrong with the edits of annotations in strings, or an empty string.

    ``source`` and ``module`` are the file before. Such an edit covers a whole string literal, and
    both texts are expressions that differ by dotted names alone.
    """
    about_types = [edit for edit in edits if edit.kind == KIND]
    if not about_types:
        return ""
    literals = {
        source.span(node): node
        for node in nodes_of(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for edit in about_types:
        literal = literals.get((edit.start, edit.end))
        if literal is None:
            return "an edit for an annotation covers something else"
        if not _differ_by_names(source.text[edit.start : edit.end], edit.replacement):
            return f"line {literal.lineno} before: an edit for an annotation changes its meaning"
    return ""


def _differ_by_names(before: str, after: str) -> bool:
    shapes = [_shape(before), _shape(after)]
    return shapes[0] is not None and shapes[0] == shapes[1]


def _shape(literal: str) -> str | None:
    """Return the expression in a string literal without its dotted names, or None."""
    try:
        value = ast.literal_eval(literal)
        tree = ast.parse(value.strip(), mode="eval") if isinstance(value, str) else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return None if tree is None else ast.dump(_Nameless().visit(tree))


class _Nameless(ast.NodeTransformer):
    """Puts the same name for every dotted one, its last part excepted."""

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        value: ast.expr = node
        while isinstance(value, ast.Attribute):
            value = value.value
        if not isinstance(value, ast.Name):
            return self.generic_visit(node)
        return ast.Attribute(ast.Name("_", ast.Load()), node.attr, ast.Load())
