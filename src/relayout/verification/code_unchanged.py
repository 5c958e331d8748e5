"""``code-unchanged``: the syntax trees before and after are equal, recorded edits set aside.

Set aside are import statements, and the spans of the plan's edits on both sides. What an edit for a
path hack removes must be a path hack, or bind only names that nothing in the file uses any more.
What an edit for a path, a module's name in a string, an example or a command says must mean what it
meant.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relayout.inventory import Inventory
from relayout.inventory.assignments import changed_list
from relayout.inventory.library_names import library_names
from relayout.inventory.references.documents.notebook import KIND as NOTEBOOK
from relayout.inventory.search_path_changes import search_path_change
from relayout.notebook import Notebook, read_source
from relayout.source import Edit, NotPython, Source, code_of, nodes_of, starts_after
from relayout.verification.annotations import unexplained_annotation
from relayout.verification.django_commands import unexplained_command_edits
from relayout.verification.django_settings import wrong_settings
from relayout.verification.django_uses import unexplained_use_edits
from relayout.verification.evidence import Check, Evidence, outcome
from relayout.verification.examples import is_edited_docstring, unexplained_examples
from relayout.verification.file_paths import wrong_file_paths
from relayout.verification.import_edits import unexplained_import_edit
from relayout.verification.manager_calls import changed_calls, unexplained_calls
from relayout.verification.module_strings import Side, changed_strings, wrong_names
from relayout.verification.working_paths import changed_path_literals, wrong_working_paths

_EXPRESSION_KINDS = frozenset(
    {"file-path", "import-use", "annotation", "django-command", "django-setting"}
)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    kind: str


def check_code_unchanged(evidence: Evidence) -> Check | None:
    """Count the files whose code differs by more than the recorded edits."""
    if evidence.before is None or evidence.plan is None:
        return None
    edits: dict[str, tuple[Edit, ...]] = {}
    for edited in evidence.plan.edits:
        edits[edited.path] = (*edits.get(edited.path, ()), *edited.edits)
    targets = evidence.plan.targets
    states: dict[str, str] = {}
    problems: list[str] = []
    before, after = evidence.before, evidence.after

    def compare(path: str) -> tuple[str, str]:
        new_path = targets.get(path, path)
        if new_path not in after.tree:
            return "gone", "it is gone"
        return _compare(before, path, after, new_path, edits.get(new_path, ()), targets)

    paths = list(before.python)
    compared = evidence.per_file("Comparing", compare, paths)
    for path, (state, problem) in zip(paths, compared, strict=True):
        new_path = targets.get(path, path)
        states[new_path] = state
        if problem:
            problems.append(f"{new_path}: {problem}")
    figures = {"states": dict(Counter(states.values())), "files": states}
    return outcome("code-unchanged", problems, figures)


def _compare(
    before: Inventory,
    path: str,
    after: Inventory,
    new_path: str,
    edits: Sequence[Edit],
    targets: Mapping[str, str],
) -> tuple[str, str]:
    """Return (what happened to a file, what is wrong or an empty string)."""
    if before.tree[path].blob == after.tree[new_path].blob:
        return ("identical" if path == new_path else "moved only"), ""
    followed = [edit for edit in edits if edit.kind == NOTEBOOK]
    edits = [edit for edit in edits if edit.kind != NOTEBOOK]
    kinds = {edit.kind for edit in edits}
    try:
        old = read_source(path, before.tree.read(path))
        new = read_source(new_path, after.tree.read(new_path))
        if isinstance(old, Notebook) and isinstance(new, Notebook):
            if old.with_document_edits(followed).outside != new.outside:
                return "changed", "it differs outside of the code that was edited"
        if kinds == {"import"} and after.python[new_path].error is None:
            facts = before.python[path], after.python[new_path]
            problem = unexplained_import_edit(old, facts[0], new, facts[1], edits)
            return ("changed" if problem else "imports only"), problem
        was = Side(before, path, old, old.parse())
        now = Side(after, new_path, new, new.parse())
    except NotPython as error:
        return "changed", f"it changed and cannot be compared: {error}"
    problem = _unexplained_difference(was, now, edits, targets)
    if problem:
        return "changed", problem
    if followed:
        kinds.add(NOTEBOOK)
    if kinds <= {"import", "import-use", "annotation"}:
        return "imports only", ""
    return f"edited: {', '.join(sorted(kinds))}", ""


def _unexplained_difference(
    before: Side, after: Side, edits: Sequence[Edit], targets: Mapping[str, str]
) -> str:
    """Return how two syntax trees differ by more than edits may do, or an empty string."""
    old, new = before.source, after.source
    spans = _Spans([_Span(e.start, e.end, e.kind) for e in edits])
    strings = changed_strings(old, before.module, edits)
    paths = changed_path_literals(old, before.module, edits)
    calls = changed_calls(old, before.module, edits)
    if strings.problem or paths.problem or calls.problem:
        return strings.problem or paths.problem or calls.problem
    values = {**strings.values, **paths.values, **calls.values}
    was = _Canonical(old, _with_magics(old, spans), values).write(before.module)
    now = _with_magics(new, _Spans(_spans_after(edits)))
    if was != _Canonical(new, now).write(after.module):
        return "its code differs by more than the recorded edits"
    return (
        _unexplained_removal(old, before.module, spans, after.module)
        or unexplained_annotation(old, before.module, edits)
        or unexplained_examples(old, before.module, new, after.module, edits)
        or unexplained_command_edits(before, after, edits, targets)
        or unexplained_calls(old, edits, after.inventory.tree, targets)
        or unexplained_use_edits(before, after, edits)
        or wrong_names(before, after, edits, targets)
        or wrong_file_paths(before, after, edits, targets)
        or wrong_working_paths(before, after, edits, targets)
        or wrong_settings(before, after, edits)
    )


class _Spans:
    """Spans that do not overlap, in order, so that the one around a node is found at once."""

    def __init__(self, spans: Sequence[_Span]) -> None:
        self.all = sorted(spans, key=lambda span: (span.start, span.end))
        self._starts = [span.start for span in self.all]

    def of_kinds(self, *kinds: str) -> _Spans:
        """Return the spans of some kinds of edit."""
        return _Spans([span for span in self.all if span.kind in kinds])

    def around(self, start: int, end: int) -> _Span | None:
        """Return the span in which all from ``start`` to ``end`` lies, or None."""
        position = bisect_right(self._starts, start)
        while position and self.all[position - 1].end >= start:
            position -= 1
            if end <= self.all[position].end:
                return self.all[position]
        return None


def _with_magics(source: Source, spans: _Spans) -> _Spans:
    """Return spans with those of a notebook's magics, which are compared as what they are."""
    if not isinstance(source, Notebook):
        return spans
    return _Spans([*spans.all, *(_Span(*span, NOTEBOOK) for span in source.magic_spans)])


def _spans_after(edits: Sequence[Edit]) -> list[_Span]:
    return [
        _Span(start, start + len(edit.replacement), edit.kind)
        for edit, start in starts_after(edits)
    ]


def _within(source: Source, node: ast.stmt | ast.expr, spans: _Spans) -> _Span | None:
    return spans.around(*source.span(node)) if spans.all else None


class _Canonical:
    """Writes a syntax tree down without import statements, ``pass`` and what lies in edits."""

    def __init__(
        self, source: Source, spans: _Spans, strings: Mapping[int, str] | None = None
    ) -> None:
        self._source = source
        self._spans = spans
        self._strings = strings or {}
        self._expressions = spans.of_kinds(*_EXPRESSION_KINDS)
        self._examples = [(s.start, s.end) for s in spans.of_kinds("example").all]
        self.written: list[object] = []

    def write(self, module: ast.Module) -> list[object]:
        """Return what is written of a module."""
        pending: list[object] = [module]
        while pending:
            item = pending.pop()
            if isinstance(item, list):
                self.written.append(None)
                pending.extend(reversed(item))
            elif isinstance(item, ast.AST):
                pending.extend(self._parts(item))
            else:
                self.written.append((type(item), item))
        return self.written

    def _parts(self, node: ast.AST) -> list[object]:
        """Return what is to be written of a node; its name is written at once."""
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Pass):
            return []
        if isinstance(node, ast.stmt):
            if _within(self._source, node, self._spans):
                return []
        elif isinstance(node, ast.expr):
            if _within(self._source, node, self._expressions):
                return ["an edit"]
        if self._examples and is_edited_docstring(self._source, node, self._examples):
            return ["examples"]
        self.written.append(type(node))
        if id(node) in self._strings:
            self.written.append((str, self._strings[id(node)]))
            return [getattr(node, "kind", None)]
        return [getattr(node, name, None) for name in reversed(node._fields)]


def _unexplained_removal(
    source: Source, module: ast.Module, spans: _Spans, after: ast.Module
) -> str:
    """Return what an edit took away that it had no right to, or an empty string."""
    names = library_names(module)
    loads = (ast.Load, ast.Del)
    used = {n.id for n in nodes_of(after) if isinstance(n, ast.Name) and isinstance(n.ctx, loads)}
    uses = spans.of_kinds("import-use")
    paths = {(span.start, span.end) for span in spans.all if span.kind == "file-path"}
    in_text = {
        id(part) for n in nodes_of(module) if isinstance(n, ast.JoinedStr) for part in n.values
    }
    explained: set[int] = set()
    for node in nodes_of(module):
        if isinstance(node, ast.expr):
            if not isinstance(node, ast.Name | ast.Attribute) and _within(source, node, uses):
                return f"line {node.lineno} before: an edit for a module's name covers more"
            is_plain = isinstance(node, ast.Constant) and id(node) not in in_text
            if is_plain and source.span(node) in paths:
                return f"line {node.lineno} before: an edit for a path covers a plain value"
        elif isinstance(node, ast.stmt) and id(node) not in explained:
            span = _within(source, node, spans)
            if span is None or isinstance(node, ast.Import | ast.ImportFrom | ast.Pass):
                continue
            if span.kind in ("import-use", "django-command") and isinstance(node, ast.Expr):
                continue
            if span.kind != "path-hack":
                return f"line {node.lineno} before: an edit for {span.kind} covers a statement"
            if search_path_change(names, node) is None:
                problem = _why_not_gone(node, module, used)
                if problem:
                    return f"line {node.lineno} before: {problem}"
            if isinstance(node, ast.FunctionDef):
                explained.update(id(inner) for inner in ast.walk(node))
    return ""


def _why_not_gone(node: ast.stmt, module: ast.Module, used: set[str]) -> str:
    """Return why a statement may not go with a path hack; ``used`` are names that are needed."""
    if isinstance(node, ast.FunctionDef):
        return f"{node.name} was removed and is still used" if node.name in used else ""
    if isinstance(node, _ASSIGNMENTS) and not _inside_function(node, module):
        names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
        needed = {n.id for n in names if isinstance(n.ctx, ast.Store)} & used
        return f"{', '.join(sorted(needed))} is still used" if needed else ""
    if changed_list(node) not in {None, *used}:
        return ""
    helpers = {n.name for n in nodes_of(module) if isinstance(n, ast.FunctionDef)} - used
    if isinstance(node, _MAY_GO) or _asks_nothing(node, helpers):
        return ""
    return f"{code_of(node) or 'a statement'} was removed"


_ASSIGNMENTS = ast.Assign | ast.AnnAssign | ast.AugAssign

_MAY_GO = (
    (_ASSIGNMENTS | ast.Delete)
    | (ast.If | ast.For | ast.While | ast.Try | ast.With)
    | (ast.Break | ast.Continue)
)
"""Statements that may go with a path hack, if all that is in them may."""


def _asks_nothing(node: ast.stmt, helpers: set[str]) -> bool:
    """Tell whether a statement is a docstring, or calls a helper that went as well."""
    if not isinstance(node, ast.Expr):
        return False
    if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name):
        return node.value.func.id in helpers
    return isinstance(node.value, ast.Constant)


def _inside_function(node: ast.stmt, module: ast.Module) -> bool:
    return any(
        isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        and outer.lineno < node.lineno
        and (node.end_lineno or 0) <= (outer.end_lineno or 0)
        for outer in nodes_of(module)
    )
