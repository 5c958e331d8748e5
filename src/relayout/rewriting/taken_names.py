"""Whether a name that an import would bind means something else where it would be used."""

from __future__ import annotations

import ast
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from itertools import chain, count

from relayout.rewriting.package_uses import Binding, Group
from relayout.rewriting.scopes import Scope, Scopes, position


class TakenNames:
    """The names of one file, and those that were written into it."""

    def __init__(
        self,
        scopes: Scopes,
        bindings: Mapping[tuple[int, int], Binding],
        needed: Collection[str],
    ) -> None:
        self._scopes = scopes
        self._bindings = bindings
        self._identifiers = set(scopes.identifiers()) | set(needed)
        self._written: list[tuple[str, Scope, Scope]] = []

    def note(self, module: str, where: Scope, home: Scope) -> None:
        """Remember that a module's dotted name was written, and which scope imports it."""
        self._written.append((module.partition(".")[0], where, home))

    def collide(self, group: Group, modules: Iterable[str]) -> bool:
        """Tell whether the names of modules cannot be used: a top means something else here."""
        tops = {module.partition(".")[0] for module in modules} - {""}
        scopes = {self._scopes.scope_of[position(b.alias)] for b in group.members}
        uses = [use.reference.scope for use in group.uses]
        return any(self._is_taken(top, scope, uses) for top in tops for scope in scopes)

    def _is_taken(self, top: str, scope: Scope, uses: Sequence[Scope]) -> bool:
        if any(not self._binds_package(node, top) for node in scope.bound.get(top, ())):
            return True
        if top in scope.outside:
            return True
        if any(_hides(top, use, scope) for use in uses):
            return True
        if top not in scope.bound:
            for reference in self._scopes.references(top):
                if _is_seen_from(scope, reference.scope, self._scopes.home(top, reference.scope)):
                    return True
        return any(
            top == written and home is not scope and _is_seen_from(scope, where, home)
            for written, where, home in self._written
        )

    def _binds_package(self, node: ast.AST, top: str) -> bool:
        """Tell whether what binds a name is an import of the package of that name, still then."""
        if not isinstance(node, ast.alias):
            return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del)
        binding = self._bindings.get(position(node))
        if binding is None:
            return False
        if binding.dotted:
            return (binding.new or binding.module).partition(".")[0] == top
        return binding.new is None and binding.module == top == node.name

    def fresh(self, module: str) -> str:
        """Return a name for a module that nothing in the file has."""
        name = free_name(module.replace(".", "_"), self._identifiers)
        self._identifiers.add(name)
        return name


def free_name(wanted: str, taken: Container[str]) -> str:
    """Return a name that is not taken: the wanted one, else the first that is with a number."""
    numbered = (f"{wanted}_{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name not in taken)


def _hides(name: str, inner: Scope, outer: Scope) -> bool:
    """Tell whether a name that ``outer`` binds is another one, seen from a scope within."""
    scope: Scope | None = inner
    while scope is not None and scope is not outer:
        if name in scope.outside or (
            name in scope.bound and (scope is inner or not scope.is_class)
        ):
            return True
        scope = scope.parent
    return False


def _is_seen_from(scope: Scope, inner: Scope, home: Scope | None) -> bool:
    """Tell whether a name would be that of ``scope``, if it bound it, and not that of ``home``."""
    current: Scope | None = inner
    while current is not None and current is not home:
        if current is scope and (current is inner or not current.is_class):
            return True
        current = current.parent
    return False
