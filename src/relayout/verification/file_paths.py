"""Edits of paths that code computes from its place: each leads to the same file as before.

Both expressions are evaluated, in the trees that they stand in, and compared by the plan's moves.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from relayout.inventory.assignments import own_expressions
from relayout.inventory.expressions import Environment
from relayout.inventory.path_hacks import PathAnalysis
from relayout.inventory.path_values import Unknown, repository_path
from relayout.rewriting.file_paths import KIND
from relayout.source import Edit, line_at, nodes_of, starts_after
from relayout.verification.module_strings import Side
from relayout.verification.moved_places import place_of_own_folder

_Span = tuple[int, int]


def wrong_file_paths(
    before: Side, after: Side, edits: Sequence[Edit], targets: Mapping[str, str]
) -> str:
    """Return which edited expression leads elsewhere than it did, or an empty string."""
    pairs = {
        (edit.start, edit.end): _without_parentheses(edit, start)
        for edit, start in starts_after(edits)
        if edit.kind == KIND
    }
    if not pairs:
        return ""
    was = _values_at(before, set(pairs))
    now = _values_at(after, set(pairs.values()))
    tree = before.inventory.tree
    for old, new in pairs.items():
        paths = was.get(old, set())
        wanted = {place_of_own_folder(tree, targets, before.path, path) for path in paths}
        if not wanted or wanted - now.get(new, set()) or len(wanted) != len(now[new]):
            line = line_at(before.source.text, old[0])
            return f"line {line} before: a computed path leads elsewhere than it did"
    return ""


def _without_parentheses(edit: Edit, start: int) -> _Span:
    """Return the span, after the edits, of the expression that a replacement holds."""
    text = edit.replacement
    expression = ast.parse(f"({text}\n)", mode="eval").body
    opening = len(text) - len(text.lstrip("("))
    closing = len(text) - len(text.rstrip(")"))
    outer = 0
    while outer < min(opening, closing) and _is_whole(text[outer + 1 : -outer - 1], expression):
        outer += 1
    return start + outer, start + len(text) - outer


def _is_whole(text: str, expression: ast.expr) -> bool:
    try:
        inner = ast.parse(f"({text}\n)", mode="eval").body
    except SyntaxError:
        return False
    return ast.dump(inner) == ast.dump(expression)


def _values_at(side: Side, spans: set[_Span]) -> dict[_Span, set[str]]:
    """Return the repository paths that expressions at some spans lead to."""
    wanted: dict[int, _Span] = {}
    for node in nodes_of(side.module):
        if isinstance(node, ast.expr) and not isinstance(node, ast.FormattedValue):
            span = side.source.span(node)
            if span in spans:
                wanted.setdefault(id(node), span)
    analysis = PathAnalysis(side.module, side.path, side.inventory.tree)
    found: dict[_Span, set[str]] = {}

    def observe(statement: ast.stmt, env: Environment) -> None:
        for expression in own_expressions(statement):
            for node in ast.walk(expression):
                if id(node) in wanted and isinstance(node, ast.expr):
                    path = _path_of(analysis, node, env)
                    if path is not None:
                        found.setdefault(wanted[id(node)], set()).add(path)

    analysis.follow(observe)
    return found


def _path_of(analysis: PathAnalysis, node: ast.expr, env: Environment) -> str | None:
    try:
        value = analysis.evaluator.value(node, Environment(env))
    except Unknown:
        return None
    return repository_path(value) if str(value).startswith("/") else None
