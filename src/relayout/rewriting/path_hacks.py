"""Path hacks: removed, with what served only them.

With a hack go the guard around it, the helper function with its calls and the variables that only
it used, and imports of ``sys``, ``os``, ``pathlib`` and the like that nothing else in the file
needs. A statement that does anything else stays.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from relayout.inventory.assignments import changed_list
from relayout.inventory.path_hacks import PathAnalysis
from relayout.rewriting.name_uses import (
    bound_anew,
    names_in,
    names_in_type_comments,
    targets_of,
    uses_of,
)
from relayout.rewriting.removals import Removal
from relayout.source import Edit, Source, nodes_of

_REMOVABLE_MODULES = frozenset(
    {"contextlib", "importlib", "inspect", "os", "os.path", "pathlib", "site", "sys"}
    | {"typing", "typing_extensions"}
)
_HARMLESS_CONTEXTS = frozenset({"contextlib.suppress", "warnings.catch_warnings"})

_Block = ast.If | ast.For | ast.While | ast.Try | ast.With
_Assignment = ast.Assign | ast.AnnAssign | ast.AugAssign


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
        self._uses = uses_of(analysis.module)
        self.needed = frozenset(needed) | self._uses.exported | names_in_type_comments(source.text)
        self.gone: set[int] = set()
        self._removed: list[ast.AST] = []
        self._served: set[str] = set()
        for node in replaced:
            self._forget(node)

    def decide(self, statements: Sequence[ast.stmt]) -> list[ast.AST]:
        """Return the nodes that go: these statements, and what served only them."""
        self._hacks = {id(statement) for statement in statements}
        for statement in statements:
            self._drop(statement)
        while self._served and (
            self._drop_emptied() or self._drop_helpers() or self._drop_unused()
        ):
            pass
        return self._removed

    def remove(self, statements: Sequence[ast.stmt]) -> list[Edit]:
        """Return the edits that remove these statements and what served only them."""
        if not self.decide(statements):
            return []
        return Removal(self.source, self.module, self.gone).edits()

    def _drop(self, node: ast.AST) -> None:
        self._removed.append(node)
        self._forget(node)

    def _forget(self, node: ast.AST) -> None:
        """Take a node and all in it out of the file; the names it used were in its service."""
        for inner in ast.walk(node):
            self.gone.add(id(inner))
            if isinstance(inner, ast.Name):
                self._served.add(inner.id)

    # -- blocks

    @cached_property
    def _blocks(self) -> list[_Block]:
        return [node for node in nodes_of(self.module) if isinstance(node, _Block)]

    def _drop_emptied(self) -> bool:
        """Drop blocks that had nothing but removed statements in them.

        With an emptied ``try`` go its handlers, if they do nothing, or do nothing any more.
        """
        changed = False
        for node in self._blocks:
            if id(node) in self.gone or id(node) in self._elifs:
                continue
            inside = [*node.body, *getattr(node, "orelse", ()), *getattr(node, "finalbody", ())]
            if all(id(s) in self.gone for s in inside) and self._is_pointless(node):
                self._drop(node)
                self._drop_deletions(node)
                changed = True
        return changed

    def _is_pointless(self, node: _Block) -> bool:
        """Tell whether an emptied block does nothing, and binds nothing that is used elsewhere."""
        if isinstance(node, ast.Try):
            handled = (s for handler in node.handlers for s in handler.body)
            return all(id(s) in self.gone or _does_nothing(s) for s in handled)
        if isinstance(node, ast.With):
            return all(
                isinstance(item.context_expr, ast.Call)
                and self.analysis.evaluator.qualified(item.context_expr.func) in _HARMLESS_CONTEXTS
                and item.optional_vars is None
                for item in node.items
            )
        if isinstance(node, ast.While):
            return False
        head = node.iter if isinstance(node, ast.For) else node.test
        bound = {n.id for n in names_in(node) if not isinstance(n.ctx, ast.Load)}
        return self._is_harmless(head) and self._are_unneeded(bound, outside=node)

    def _are_unneeded(self, names: Collection[str], outside: ast.AST) -> bool:
        """Tell whether nothing outside of a node uses or deletes these names."""
        if not self.needed.isdisjoint(names):
            return False
        inside = {id(inner) for inner in ast.walk(outside)} | self.gone
        for name in names:
            loads = [n for n in self._uses.loads.get(name, ()) if id(n) not in inside]
            if loads and not bound_anew(self.module, name, outside).issuperset(map(id, loads)):
                return False
        return True

    def _drop_deletions(self, node: ast.AST) -> None:
        """Drop ``del`` statements of names that an emptied block bound."""
        bound = {n.id for n in names_in(node) if isinstance(n.ctx, ast.Store)}
        for name in bound:
            for deletion in self._deletions.get(name, ()):
                if id(deletion) not in self.gone and set(map(_name_of, deletion.targets)) <= bound:
                    self._drop(deletion)

    @cached_property
    def _deletions(self) -> dict[str, list[ast.Delete]]:
        found: dict[str, list[ast.Delete]] = {}
        for node in nodes_of(self.module):
            if isinstance(node, ast.Delete):
                for name in map(_name_of, node.targets):
                    found.setdefault(name, []).append(node)
        return found

    @cached_property
    def _elifs(self) -> set[int]:
        return {
            id(node.orelse[0])
            for node in self._blocks
            if isinstance(node, ast.If)
            and len(node.orelse) == 1
            and isinstance(node.orelse[0], ast.If)
            and self.source.text.startswith("elif", self.source.span(node.orelse[0])[0])
        }

    def _is_harmless(self, expression: ast.expr) -> bool:
        """Tell whether evaluating an expression can do nothing but compute a path or a test."""
        for node in ast.walk(expression):
            if isinstance(node, ast.Await | ast.Yield | ast.YieldFrom):
                return False
            if isinstance(node, ast.Call) and not self.analysis.evaluator.understands(node):
                return False
        return True

    # -- helper functions

    def _drop_helpers(self) -> bool:
        """Drop functions of the file that only held a hack, and the statements that call them."""
        changed = False
        for node in self.module.body:
            if not isinstance(node, ast.FunctionDef) or id(node) in self.gone:
                continue
            calls = self._calls_of_emptied(node)
            if calls is not None:
                for dropped in (node, *calls):
                    self._drop(dropped)
                changed = True
        return changed

    def _calls_of_emptied(self, function: ast.FunctionDef) -> list[ast.stmt] | None:
        """Return the statements that call a function in which nothing is left; None if it stays."""
        inside = list(_statements_in(function))
        if self._hacks.isdisjoint(map(id, inside)) or function.decorator_list:
            return None
        if function.name == "main" or function.name in self.needed:
            return None
        if not all(id(node) in self.gone or _does_nothing(node) for node in function.body):
            return None
        uses = [n for n in self._uses.loads.get(function.name, ()) if id(n) not in self.gone]
        calls = [call for use in uses if (call := self._calls_by_name.get(id(use))) is not None]
        arguments = [
            argument
            for call in calls
            if isinstance(call.value, ast.Call)
            for argument in (*call.value.args, *(k.value for k in call.value.keywords))
        ]
        if len(calls) < len(uses) or not all(map(self._is_harmless, arguments)):
            return None
        return list(calls)

    @cached_property
    def _calls_by_name(self) -> dict[int, ast.Expr]:
        """The statements that only call a plain name, by the id of that name."""
        return {
            id(node.value.func): node
            for node in nodes_of(self.module)
            if isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
        }

    # -- names

    def _drop_unused(self) -> bool:
        changed = False
        for name in sorted(self._served - self.needed):
            for node in self._removable_bindings(name):
                if id(node) not in self.gone:
                    self._drop(node)
                    changed = True
        return changed

    def _removable_bindings(self, name: str) -> list[ast.AST]:
        """Return what binds a name, if nothing uses it and every binding of it can go.

        What only the bindings themselves use is not used; with them go the loops that only look
        for the name's value, and statements that delete the name, with what else they delete.
        """
        if all(id(node) in self.gone for node in self._uses.bindings.get(name, ())):
            return []
        deletions = [d for d in self._deletions.get(name, ()) if id(d) not in self.gone]
        names = {name, *(_name_of(target) for d in deletions for target in d.targets)}
        nodes: list[ast.AST] = list(deletions)
        for each in sorted(names):
            bindings = [n for n in self._uses.bindings.get(each, ()) if id(n) not in self.gone]
            if not each or each in self.needed or not all(map(self._is_removable, bindings)):
                return []
            nodes += [self._search_around(node, bindings) for node in bindings]
            changes = self._list_changes.get(each, ())
            nodes += [change for change in changes if self._is_harmless_change(change)]
        nodes = list(dict.fromkeys(nodes))
        inside = {id(inner) for node in nodes for inner in ast.walk(node)}
        uses = [
            use
            for each in names
            for use in (*self._uses.loads.get(each, ()), *self._uses.stores.get(each, ()))
        ]
        return nodes if all(id(use) in self.gone or id(use) in inside for use in uses) else []

    @cached_property
    def _list_changes(self) -> dict[str, list[ast.Expr]]:
        """By name: the statements such as ``names.append(x)``, which change a list."""
        found: dict[str, list[ast.Expr]] = {}
        for node in nodes_of(self.module):
            name = changed_list(node)
            if name is not None and isinstance(node, ast.Expr):
                found.setdefault(name, []).append(node)
        return found

    def _is_harmless_change(self, node: ast.Expr) -> bool:
        call = node.value
        return isinstance(call, ast.Call) and all(map(self._is_harmless, call.args))

    def _search_around(self, binding: ast.AST, bindings: Sequence[ast.AST]) -> ast.AST:
        """Return the outermost block around a binding that is there for it alone, or itself."""
        found = binding
        known = {id(node) for node in bindings}
        around = self._around.get(id(binding))
        while isinstance(around, ast.If | ast.For | ast.While):
            if not self._only_searches(around, known):
                break
            found = around
            around = self._around.get(id(around))
        is_loop = any(isinstance(n, ast.Break | ast.Continue) for n in ast.walk(found))
        return binding if is_loop and isinstance(found, ast.If) else found

    def _only_searches(self, node: ast.If | ast.For | ast.While, bindings: Collection[int]) -> bool:
        head = node.iter if isinstance(node, ast.For) else node.test
        others = {n.id for n in names_in(node.target)} if isinstance(node, ast.For) else set()
        return (
            self._is_harmless(head)
            and id(node) not in self._elifs
            and self._are_unneeded(others, outside=node)
            and all(
                id(inner) in bindings
                or id(inner) in self.gone
                or isinstance(inner, ast.Pass | ast.Break | ast.Continue)
                or (isinstance(inner, ast.If) and self._is_harmless(inner.test))
                for inner in _statements_in(node)
            )
        )

    @cached_property
    def _around(self) -> dict[int, ast.AST]:
        """By statement: the statement whose block it stands in."""
        records = self.analysis.outline.records
        return {id(r.node): records[r.outer].node for r in records if r.outer >= 0}

    def _is_removable(self, node: ast.AST) -> bool:
        if isinstance(node, ast.alias):
            return self._imported_from[id(node)] in _REMOVABLE_MODULES
        if isinstance(node, ast.FunctionDef):
            return not node.decorator_list and node in self.module.body
        if isinstance(node, _Assignment):
            others = targets_of(node)
            return id(node) in self.analysis.understood and (
                len(others) == 1 or self._are_unneeded(others, outside=node)
            )
        return False

    @cached_property
    def _imported_from(self) -> dict[int, str]:
        return {
            id(alias): alias.name if isinstance(node, ast.Import) else node.module or ""
            for node in nodes_of(self.module)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _statements_in(node: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the statements in the blocks of a statement, at every depth."""
    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(node, field, ()):
            if isinstance(inner, ast.stmt):
                yield inner
            yield from _statements_in(inner)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _does_nothing(node: ast.stmt) -> bool:
    """Tell whether a statement in a helper is nothing without the others."""
    if isinstance(node, ast.Return):
        return node.value is None or isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Pass | ast.Global) or _is_docstring(node)
