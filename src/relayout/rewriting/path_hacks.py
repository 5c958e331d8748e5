"""Path hacks: removed, with what served only them.

With a hack go the guard around it, the helper function and the variables that only it used, and
imports of ``sys``, ``os`` and ``pathlib`` that nothing else in the file needs. A statement that
does anything else stays.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from relayout.inventory.path_hacks import PathAnalysis
from relayout.source import Edit, Source, nodes_of

KIND = "path-hack"
_REMOVABLE_MODULES = frozenset({"sys", "os", "os.path", "pathlib", "site", "inspect"})
_SOMETHING = re.compile(r"\S")
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_ABOUT_PATHS = re.compile(r"\bpaths?\b|sys\.path|pythonpath|\broot\b", re.IGNORECASE)


class HackRemover:
    """Removes path hacks from one file.

    ``needed`` are names that must stay: other files, or what another rewriter writes into this
    one, use them. ``replaced`` are expressions that another rewriter replaces.
    """

    def __init__(
        self,
        source: Source,
        analysis: PathAnalysis,
        needed: Collection[str] = (),
        replaced: Sequence[ast.expr] = (),
    ) -> None:
        self.source = source
        self.module = analysis.module
        self.analysis = analysis
        self.needed = frozenset(needed) | _exported(analysis.module) | _annotated(analysis.module)
        self.gone: set[int] = set()
        self._removed: list[ast.AST] = []
        self._served: set[str] = set()
        self._nodes = nodes_of(analysis.module)
        self._loads, self._stores, self._bindings = _index(self._nodes)
        for node in replaced:
            self._forget(node)

    def decide(self, statements: Sequence[ast.stmt]) -> list[ast.AST]:
        """Return the nodes that go: these statements, and what served only them."""
        for statement in statements:
            self._drop(statement)
        while self._served and (self._drop_emptied() or self._drop_unused()):
            pass
        return self._removed

    def remove(self, statements: Sequence[ast.stmt]) -> list[Edit]:
        """Return the edits that remove these statements and what served only them."""
        return self._edits() if self.decide(statements) else []

    # -- deciding

    def _drop(self, node: ast.AST) -> None:
        self._removed.append(node)
        self._forget(node)

    def _forget(self, node: ast.AST) -> None:
        """Take a node and all in it out of the file; the names it used were in its service."""
        for inner in ast.walk(node):
            self.gone.add(id(inner))
            if isinstance(inner, ast.Name):
                self._served.add(inner.id)

    def _drop_emptied(self) -> bool:
        """Drop blocks that had nothing but removed statements in them.

        The handlers of an emptied ``try`` go with it: nothing is left that could raise.
        """
        changed = False
        for node in self._nodes:
            if id(node) in self.gone or not isinstance(node, ast.If | ast.For | ast.Try):
                continue
            if node.orelse or not all(id(s) in self.gone for s in node.body):
                continue
            if isinstance(node, ast.Try):
                if not node.finalbody:
                    self._drop(node)
                    changed = True
                continue
            head = node.test if isinstance(node, ast.If) else node.iter
            if id(node) not in self._elifs and self._is_harmless(head):
                self._drop(node)
                changed = True
        return changed

    @cached_property
    def _elifs(self) -> set[int]:
        return {
            id(node.orelse[0])
            for node in self._nodes
            if isinstance(node, ast.If) and len(node.orelse) == 1
        }

    def _is_harmless(self, expression: ast.expr) -> bool:
        """Tell whether evaluating an expression can do nothing but compute a path or a test."""
        for node in ast.walk(expression):
            if isinstance(node, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr):
                return False
            if isinstance(node, ast.Call) and not self.analysis.evaluator.understands(node):
                return False
        return True

    def _drop_unused(self) -> bool:
        changed = False
        for name in sorted(self._served - self.needed):
            if any(id(node) not in self.gone for node in self._loads.get(name, ())):
                continue
            for node in self._removable_bindings(name):
                self._drop(node)
                changed = True
        return changed

    def _removable_bindings(self, name: str) -> list[ast.AST]:
        """Return what binds a name, if every binding of it can go; else nothing."""
        bindings = [n for n in self._bindings.get(name, ()) if id(n) not in self.gone]
        stores = [n for n in self._stores.get(name, ()) if id(n) not in self.gone]
        assigned = [n for n in bindings if isinstance(n, ast.Assign | ast.AnnAssign)]
        if len(stores) != len(assigned) or not all(map(self._is_removable, bindings)):
            return []
        return bindings

    def _is_removable(self, node: ast.AST) -> bool:
        if isinstance(node, ast.alias):
            return self._imported_from[id(node)] in _REMOVABLE_MODULES
        if isinstance(node, ast.FunctionDef):
            return not node.decorator_list and node in self.module.body
        if isinstance(node, ast.Assign | ast.AnnAssign):
            return id(node) in self.analysis.understood and len(_targets(node)) == 1
        return False

    @cached_property
    def _imported_from(self) -> dict[int, str]:
        return {
            id(alias): alias.name if isinstance(node, ast.Import) else node.module or ""
            for node in self._nodes
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }

    # -- text

    def _edits(self) -> list[Edit]:
        edits: list[Edit] = []
        for node in self._nodes:
            if id(node) in self.gone:
                continue
            for body in _bodies(node):
                edits += self._body_edits(body)
            if isinstance(node, ast.Import | ast.ImportFrom):
                edits += self._alias_edits(node)
        return self._without_extra_blank_lines(edits)

    def _body_edits(self, body: list[ast.stmt]) -> list[Edit]:
        gone = [s for s in body if id(s) in self.gone or self._all_aliases_gone(s)]
        if not gone:
            return []
        if len(gone) == len(body) and body is not self.module.body:
            start, _ = self.source.span(gone[0])
            _, end = self.source.span(gone[-1])
            if self._has_comments(gone):
                first_end = self.source.span(gone[0])[1]
                rest = [
                    edit for line in _by_line(body)[1:] for edit in self._line_edits(line, gone)
                ]
                return [Edit(start, first_end, "pass", KIND), *rest]
            return [Edit(start, end, "pass", KIND)]
        return [edit for line in _by_line(body) for edit in self._line_edits(line, gone)]

    def _has_comments(self, statements: list[ast.stmt]) -> bool:
        """Tell whether comments stand between statements, each on a line of its own."""
        spans = [self.source.span(statement) for statement in statements]
        between = [self.source.text[a[1] : b[0]] for a, b in pairwise(spans)]
        return any("#" in text for text in between)

    def _all_aliases_gone(self, statement: ast.stmt) -> bool:
        return isinstance(statement, ast.Import | ast.ImportFrom) and all(
            id(alias) in self.gone for alias in statement.names
        )

    def _line_edits(self, line: list[ast.stmt], gone: list[ast.stmt]) -> list[Edit]:
        """Return the edits that take statements away which share their line with others."""
        if not any(statement in gone for statement in line):
            return []
        spans = [self.source.span(statement) for statement in line]
        text = self.source.text
        if all(statement in gone for statement in line):
            start, end = self.source.line_bounds(spans[0][0], spans[-1][1])
            indent = text[start : spans[0][0]]
            if not indent.strip():
                return [Edit(self._with_comment_above(start, indent), end, "", KIND)]
            return [Edit(spans[0][0], spans[-1][1], "pass", KIND)]
        edits: list[Edit] = []
        last_kept = -1
        for position, statement in enumerate(line):
            if statement not in gone:
                last_kept = position
            elif any(later not in gone for later in line[position + 1 :]):
                edits.append(Edit(spans[position][0], spans[position + 1][0], "", KIND))
            else:
                edits.append(Edit(spans[last_kept][1], spans[-1][1], "", KIND))
                break
        return edits

    def _with_comment_above(self, line_start: int, indent: str) -> int:
        """Return the start of the comment that stands right above and is about paths."""
        start = line_start
        while start:
            above, _ = self.source.line_bounds(start - 1, start - 1)
            line = self.source.text[above:start]
            if not line.startswith(f"{indent}#") or not _ABOUT_PATHS.search(line):
                break
            if line.startswith(("#!", "# -*-", "#%%", "# %%")) or "coding:" in line:
                break
            start = above
        return start

    def _alias_edits(self, node: ast.Import | ast.ImportFrom) -> list[Edit]:
        gone = [alias for alias in node.names if id(alias) in self.gone]
        if not gone or len(gone) == len(node.names):
            return []
        edits = []
        for position, alias in enumerate(node.names):
            if alias not in gone:
                continue
            start, end = self.source.span(alias)
            if any(later not in gone for later in node.names[position + 1 :]):
                end = self.source.span(node.names[position + 1])[0]
            else:
                start = self.source.span(node.names[position - 1])[1]
            edits.append(Edit(start, end, "", KIND))
        return edits

    def _without_extra_blank_lines(self, edits: list[Edit]) -> list[Edit]:
        """Widen removals of whole lines so that they leave no doubled gap behind."""
        text = self.source.text
        merged: list[Edit] = []
        for edit in sorted(edits, key=lambda e: e.start):
            last = merged[-1] if merged else None
            whole = last is not None and not last.replacement and not edit.replacement
            if last is not None and whole and not text[last.end : edit.start].strip():
                if _ends_line(text, last.end):
                    merged[-1] = Edit(last.start, edit.end, "", KIND)
                    continue
            merged.append(edit)
        return [self._swallow_blank_lines(edit) for edit in merged]

    def _swallow_blank_lines(self, edit: Edit) -> Edit:
        text = self.source.text
        if edit.replacement or not _ends_line(text, edit.end):
            return edit
        is_first = _SOMETHING.search(text, 0, edit.start) is None
        most = len(text) if is_first else self._blank_lines_before(edit.start)
        end = edit.end
        for _ in range(most):
            blank = _BLANK_LINE.match(text, end)
            if blank is None:
                break
            end = blank.end()
        return Edit(edit.start, end, "", KIND)

    def _blank_lines_before(self, offset: int) -> int:
        text = self.source.text
        end, count = offset, 0
        while end:
            start, end_of_line = self.source.line_bounds(end - 1, end - 1)
            if text[start:end].strip(" \t\r\n"):
                break
            count += end_of_line == end
            end = start
        return count


def _ends_line(text: str, offset: int) -> bool:
    return offset == 0 or text[offset - 1] in "\r\n" or offset == len(text)


_Index = dict[str, list[ast.AST]]


def _index(nodes: Sequence[ast.AST]) -> tuple[_Index, _Index, _Index]:
    """Return, by name: the nodes that load it, that store it, and the statements that bind it."""
    loads: _Index = {}
    stores: _Index = {}
    bindings: _Index = {}
    for node in nodes:
        if isinstance(node, ast.Name):
            kind = loads if isinstance(node.ctx, ast.Load) else stores
            kind.setdefault(node.id, []).append(node)
        elif isinstance(node, ast.alias):
            bindings.setdefault((node.asname or node.name).partition(".")[0], []).append(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bindings.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.arg):
            bindings.setdefault(node.arg, []).append(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for name in _targets(node):
                bindings.setdefault(name, []).append(node)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            for name in node.names:
                loads.setdefault(name, []).append(node)
    return loads, stores, bindings


def _names(node: ast.AST) -> list[ast.Name]:
    return [n for n in ast.walk(node) if isinstance(n, ast.Name)]


def _targets(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)]


def _bodies(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        body = getattr(node, field, None)
        if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
            yield body


def _by_line(body: Sequence[ast.stmt]) -> list[list[ast.stmt]]:
    """Group neighbouring statements that share a line."""
    lines: list[list[ast.stmt]] = []
    for statement in body:
        if lines and lines[-1][-1].end_lineno == statement.lineno:
            lines[-1].append(statement)
        else:
            lines.append([statement])
    return lines


def _annotated(module: ast.Module) -> frozenset[str]:
    """Return the names in annotations that are written as strings (PEP 484)."""
    annotations = [
        annotation
        for node in nodes_of(module)
        for field in ("annotation", "returns")
        if (annotation := getattr(node, field, None)) is not None
    ]
    texts = [
        n.value
        for annotation in annotations
        for n in ast.walk(annotation)
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    return frozenset(word for text in texts for word in re.findall(r"[A-Za-z_]\w*", text))


def _exported(module: ast.Module) -> frozenset[str]:
    """Return the names in ``__all__``."""
    found: set[str] = set()
    for node in nodes_of(module):
        if isinstance(node, ast.Assign | ast.AugAssign) and any(
            name.id == "__all__" for name in _names(node)
        ):
            constants = [n for n in ast.walk(node.value) if isinstance(n, ast.Constant)]
            found.update(n.value for n in constants if isinstance(n.value, str))
    return frozenset(found)
