"""What a file does with the packages that it imports: every use of ``a`` after ``import a.b``.

``import a.b`` binds ``a`` (https://docs.python.org/3/reference/simple_stmts.html#import), and
``a.b`` is an attribute of ``a`` once it was imported, here or anywhere.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from relayout.inventory.search_paths import Located
from relayout.rewriting.module_names import ModuleNames
from relayout.rewriting.scopes import Reference, Scope, Scopes, position


@dataclass(frozen=True, slots=True)
class Binding:
    """An import that binds a name to a package.

    ``module`` is what it names, at ``level``; ``import a.b`` is ``dotted``: it binds only ``a``.
    ``new`` is the name of the module after the moves, None if the statement stays as it is.
    ``broken`` imports raise, and so bind nothing.
    """

    alias: ast.alias
    name: str
    module: str
    level: int
    dotted: bool
    located: Located | None
    new: str | None
    broken: bool = False

    @property
    def root(self) -> str:
        """The module that the bound name means."""
        return self.module.partition(".")[0] if self.dotted else self.module

    @property
    def new_dotted(self) -> str | None:
        """The dotted name that the statement binds the top of, if it changes."""
        return self.new if self.dotted else None


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a package or of a module in it, ``depth`` attributes behind the bound name.

    ``new`` is the module's name after the moves; ``kept`` is how the use reads then if the bound
    name stays bound to its package.
    """

    reference: Reference
    depth: int
    module: str
    new: str | None
    kept: str | None

    @property
    def place(self) -> tuple[int, int]:
        """The line and column of the use, or of the string that it stands in."""
        node = self.reference.within or self.reference.node
        return node.lineno, node.col_offset

    @property
    def is_whole(self) -> bool:
        """Whether a module itself is used, without an attribute."""
        return len(self.reference.attributes) == self.depth


@dataclass(slots=True)
class Group:
    """All imports that bind one variable, and its uses."""

    scope: Scope
    name: str
    members: list[Binding]
    uses: list[Use] = field(default_factory=list)
    deleted: list[Reference] = field(default_factory=list)
    new_roots: dict[str, str | None] = field(default_factory=dict)
    """The names after the moves of what the imports bind the name to."""
    keep: bool = False
    aliased: bool = False
    rebound: bool = False
    """Whether other statements bind the name as well."""
    unsure: list[Use] = field(default_factory=list)
    """The uses of which it is not known whether they mean the package."""

    @property
    def changed(self) -> list[Binding]:
        """The imports that no longer bind the name."""
        return [b for b in self.members if b.new_dotted]


class UseReader:
    """Finds what imports bind, and what is done with it."""

    def __init__(self, scopes: Scopes, names: ModuleNames, bindings: Iterable[Binding]) -> None:
        self._scopes = scopes
        self._names = names
        self._bindings = bindings

    def read(self) -> list[Group]:
        """Return the variables that imports bind, those of outer scopes first."""
        groups = self._groups()
        for group in groups:
            self._read_uses(group)
        return sorted(groups, key=lambda group: len(list(group.scope.enclosing())))

    def _groups(self) -> list[Group]:
        groups: dict[tuple[int, str], Group] = {}
        for binding in sorted(self._bindings, key=lambda b: position(b.alias)):
            place = position(binding.alias)
            if binding.name == "*" or place not in self._scopes.scope_of:
                continue
            scope = self._scopes.home(binding.name, self._scopes.scope_of[place])
            assert scope is not None
            group = groups.setdefault((id(scope), binding.name), Group(scope, binding.name, []))
            group.members.append(binding)
        return list(groups.values())

    def _read_uses(self, group: Group) -> None:
        """Read the uses of a variable, once for every module that its imports bind it to."""
        known = {b.module: b.located for b in group.members}
        references = [
            reference
            for reference in self._scopes.references(group.name)
            if self._scopes.home(group.name, reference.scope) is group.scope
        ]
        group.deleted = [r for r in references if isinstance(r.node.ctx, ast.Del)]
        for binding in {(b.root, b.level): b for b in group.members}.values():
            root = known.get(binding.root) or self._root(binding)
            new_root = self._new_root(group, binding, root)
            group.new_roots[binding.root] = new_root
            for reference in references:
                if isinstance(reference.node.ctx, ast.Del):
                    continue
                depth, module, located = self._meant(binding, reference, root, known)
                new = self._names.new_name(located) if depth else new_root
                kept = None if new_root is None else new_root + module[len(binding.root) :]
                group.uses.append(Use(reference, depth, module, new, kept))

    def _root(self, binding: Binding) -> Located | None:
        line = binding.alias.lineno
        return self._names.resolve(binding.root, binding.level, None, line, binding.name).module

    def _new_root(self, group: Group, binding: Binding, root: Located | None) -> str | None:
        name = self._names.new_name(root)
        for other in group.changed if name is None else ():
            rest = other.module[len(binding.root) :]
            if other.new_dotted and other.new_dotted.endswith(f".{binding.root}{rest}"):
                return other.new_dotted[: -len(rest)]
        return name

    def _meant(
        self,
        binding: Binding,
        reference: Reference,
        root: Located | None,
        known: Mapping[str, Located | None],
    ) -> tuple[int, str, Located | None]:
        """Return how many attributes of a use lead to a module, its name before, and the module."""
        level, line = binding.level, reference.node.lineno
        found = (0, binding.root, root)
        module = binding.root
        for depth, attribute in enumerate(reference.attributes, 1):
            if not isinstance(attribute.ctx, ast.Load):
                break
            parent, module = module, f"{module}.{attribute.attr}"
            located = known.get(module) or self._names.submodule(
                parent, level, attribute.attr, line
            )
            if located is not None:
                found = (depth, module, located)
            elif not any(name.startswith(f"{module}.") for name in known):
                break
        return found


def blocks_of(module: ast.Module) -> dict[tuple[int, int], int]:
    """Return, for each import alias, a number for the block of statements that it stands in."""
    blocks: dict[tuple[int, int], int] = {}
    pending: list[ast.AST] = [module]
    number = 0
    while pending:
        node = pending.pop()
        for value in node.__dict__.values():
            if not isinstance(value, list):
                continue
            number += 1
            for item in value:
                if isinstance(item, ast.Import | ast.ImportFrom):
                    blocks.update((position(alias), number) for alias in item.names)
                elif isinstance(item, ast.stmt | ast.ExceptHandler | ast.match_case):
                    pending.append(item)
    return blocks
