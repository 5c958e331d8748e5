"""Names that a file binds to modules of ``django.core.management``, and what it uses of them.

``import django.core.management.base`` binds ``django``; ``from django.core import management``
binds the module itself (https://docs.python.org/3/reference/simple_stmts.html#import).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from relayout.conversions.django.command_support_text import PROVIDED
from relayout.rewriting.scopes import Reference, Scope, Scopes, position

MANAGEMENT = "django.core.management"
_OF_TOP = frozenset({"django", "django.VERSION", "django.get_version", "django.setup"})
"""What ``import django`` is enough for."""


@dataclass(frozen=True, slots=True)
class Binding:
    """An import that binds ``name`` to the module ``means``; ``imported`` is what it imports.

    They differ in ``import django.core.management``, which binds ``django``.
    """

    alias: ast.alias
    name: str
    means: str
    imported: str

    @property
    def is_dotted(self) -> bool:
        """Whether only the top of what is imported is bound."""
        return self.means != self.imported


@dataclass(frozen=True, slots=True)
class Use:
    """A use of what a module of Django has: ``origin`` is its module, ``name`` its name there.

    It goes from the ``start`` of a bound name to the ``end`` of an attribute.
    """

    reference: Reference
    origin: str
    name: str
    depth: int

    @property
    def start(self) -> ast.expr:
        """The bound name."""
        return self.reference.node

    @property
    def end(self) -> ast.expr:
        """The attribute that names what is used."""
        return self.reference.attributes[self.depth - 1]


@dataclass(slots=True)
class ModuleGroup:
    """The imports that bind one variable to modules of Django, and its uses.

    ``provided`` are uses of what the support for commands has. ``others`` are all other uses, each
    with what it leads to. It ``is_rebound`` if something else binds the variable as well.
    """

    name: str
    bindings: list[Binding] = field(default_factory=list)
    provided: list[Use] = field(default_factory=list)
    others: list[tuple[int, str]] = field(default_factory=list)
    is_rebound: bool = False
    beside: tuple[str, ...] = ()
    """Other modules of Django that imports on lines of their own bind the variable to as well."""

    @property
    def needs_its_imports(self) -> bool:
        """Whether something else than what is provided needs the imports to stay."""
        return not self.is_dotted or not all(self._is_beside(what) for _, what in self.others)

    def _is_beside(self, what: str) -> bool:
        """Tell whether another import gives what is used of Django."""
        if what in _OF_TOP:
            return bool(self.beside)
        modules = (name for name in self.beside if "." in name)
        return any(f"{what}.".startswith(f"{name}.") for name in modules)

    @property
    def is_dotted(self) -> bool:
        """Whether one of the imports binds only the top of what it imports."""
        return any(binding.is_dotted for binding in self.bindings)

    @property
    def follows_simply(self) -> bool:
        """Whether all is said if the imports bind the variable to the support instead."""
        if self.is_dotted or self.others:
            return False
        return not self.is_rebound or all(use.depth == 1 for use in self.provided)


def is_of_management(dotted: str) -> bool:
    """Tell whether a dotted name is ``django.core.management`` or in it."""
    return f"{dotted}.".startswith(f"{MANAGEMENT}.")


def bindings_of(node: ast.Import | ast.ImportFrom) -> Iterator[Binding]:
    """Yield the names that a statement binds to modules that the support takes the place of."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            if alias.name in PROVIDED:
                bound = alias.asname or alias.name.partition(".")[0]
                means = alias.name if alias.asname else bound
                yield Binding(alias, bound, means, alias.name)
        else:
            module = f"{node.module}.{alias.name}"
            if not node.level and module in PROVIDED:
                yield Binding(alias, alias.asname or alias.name, module, module)


def module_groups(
    statements: Iterable[ast.Import | ast.ImportFrom], scopes: Scopes
) -> list[ModuleGroup]:
    """Return the variables that statements bind to modules of Django, with their uses."""
    groups: dict[tuple[int, str], tuple[Scope, ModuleGroup]] = {}
    for binding in (b for statement in statements for b in bindings_of(statement)):
        scope = scopes.scope_of[position(binding.alias)]
        home = scopes.home(binding.name, scope) or scope
        group = groups.setdefault((id(home), binding.name), (home, ModuleGroup(binding.name)))[1]
        group.bindings.append(binding)
    for home, group in groups.values():
        _read_uses(home, group, scopes)
    return [group for _, group in groups.values()]


def _read_uses(home: Scope, group: ModuleGroup, scopes: Scopes) -> None:
    aliases = {position(binding.alias) for binding in group.bindings}
    others = [
        binder
        for binder in home.bound.get(group.name, ())
        if not isinstance(binder, ast.alias) or position(binder) not in aliases
    ]
    meanings = {binding.means for binding in group.bindings}
    group.is_rebound = len(meanings) > 1 or not all(
        group.is_dotted and _binds_django(binder) for binder in others
    )
    lines = {binding.alias.lineno for binding in group.bindings}
    beside = [b for b in others if isinstance(b, ast.alias) and _binds_django(b)]
    group.beside = tuple(alias.name for alias in beside if alias.lineno not in lines)
    means = min(meanings)
    for reference in scopes.references(group.name):
        if scopes.home(group.name, reference.scope) is not home:
            continue
        use = _use(means, reference)
        if use is not None and reference.within is None:
            group.provided.append(use)
        else:
            parts = [means, *(attribute.attr for attribute in reference.attributes)]
            group.others.append((reference.node.lineno, ".".join(parts)))
    group.provided.sort(key=lambda use: (use.reference.node.lineno, use.reference.node.col_offset))


def _binds_django(binder: ast.AST) -> bool:
    """Tell whether what binds a name is an ``import`` of Django, or of a module of it."""
    if not isinstance(binder, ast.alias) or binder.asname is not None:
        return False
    return binder.name.partition(".")[0] == "django"


def _use(means: str, reference: Reference) -> Use | None:
    """Return what a reference uses, if the support provides it."""
    module = means
    for depth, attribute in enumerate(reference.attributes, 1):
        if attribute.attr in PROVIDED.get(module, ()):
            return Use(reference, module, attribute.attr, depth)
        module = f"{module}.{attribute.attr}"
    return None
