"""What a file does with a split module that it has in a variable, or reaches through a package.

``import a.b``, ``import a.b as c`` and ``from a import b`` bind a module or a package
(https://docs.python.org/3/reference/simple_stmts.html#the-import-statement); modules are attributes
of their packages. Each use is read off the syntax tree, in the scope of the variable.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from relayout.inventory import Inventory
from relayout.inventory.meaning import Resolution, Status
from relayout.inventory.python import ImportedName
from relayout.inventory.search_paths import Located
from relayout.rewriting.package_uses import Binding as PackageBinding
from relayout.rewriting.package_uses import Group, Use
from relayout.rewriting.rebinding import Meaning, meanings
from relayout.rewriting.scopes import Reference, Scope, Scopes, position


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """A part of an import that binds a split module, or a package around one.

    ``module`` is the name of what it binds, at ``level``; of ``import a.b``, which is ``dotted``,
    that is ``a``, and ``imported`` is ``a.b``. ``located`` is what the bound name means.
    """

    node: ast.Import | ast.ImportFrom
    alias: ast.alias
    name: str
    module: str
    level: int
    dotted: bool
    located: Located
    imported: str


@dataclass(frozen=True, slots=True, eq=False)
class ModuleUse:
    """A use of the module at ``split``, ``depth`` attributes behind a variable."""

    reference: Reference
    depth: int
    split: str

    @property
    def path(self) -> tuple[str, ...]:
        """The attributes that lead from the variable to the module."""
        return tuple(attribute.attr for attribute in self.reference.attributes[: self.depth])

    @property
    def text(self) -> str:
        """The dotted name by which the module is used."""
        return ".".join([self.reference.node.id, *self.path])

    @property
    def node(self) -> ast.Name | ast.Attribute:
        """The expression that is the module."""
        return self.reference.attributes[self.depth - 1] if self.depth else self.reference.node

    @property
    def attribute(self) -> ast.Attribute | None:
        """The expression that asks something of the module, None if it is used as a whole."""
        later = self.reference.attributes[self.depth :]
        return later[0] if later else None

    @property
    def line(self) -> int:
        """The line that it stands on."""
        return (self.reference.within or self.reference.node).lineno


@dataclass(slots=True, eq=False)
class Variable:
    """A variable that imports bind to one module or package, and what is done through it.

    ``problem`` says why it cannot be told what uses of it mean; empty if it can.
    """

    scope: Scope
    name: str
    bindings: list[Binding] = field(default_factory=list)
    uses: list[ModuleUse] = field(default_factory=list)
    is_deleted: bool = False
    is_rebound: bool = False
    problem: str = ""

    @property
    def line(self) -> int:
        """The line of the first import."""
        return self.bindings[0].node.lineno


class ModuleReader:
    """Reads which split modules one file has in variables. ``paths`` are the modules' paths."""

    def __init__(
        self, inventory: Inventory, path: str, scopes: Scopes, paths: Collection[str]
    ) -> None:
        self._inventory = inventory
        self._path = path
        self._scopes = scopes
        self._paths = frozenset(paths)
        self._around = around(self._paths)
        self._by_scope: dict[str, dict[int, list[Reference]]] = {}

    def meaning(self, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> Resolution:
        """Return what a part of an import means."""
        line = node.lineno
        if isinstance(node, ast.Import):
            bound = alias.asname or alias.name.partition(".")[0]
            return self._resolve(ImportedName(alias.name, 0, None, line, bound))
        bound = alias.asname or alias.name
        return self._resolve(ImportedName(node.module or "", node.level, alias.name, line, bound))

    def variables(self, statements: Sequence[ast.Import | ast.ImportFrom]) -> list[Variable]:
        """Return the variables that import statements bind to split modules or their packages."""
        found: dict[tuple[int, str], Variable] = {}
        for node in statements:
            for alias in node.names:
                binding = self._binding(node, alias)
                scope = self._scopes.scope_of.get(position(alias))
                if binding is None or scope is None:
                    continue
                home = self._scopes.home(binding.name, scope) or scope
                variable = found.setdefault((id(home), binding.name), Variable(home, binding.name))
                variable.bindings.append(binding)
        for variable in found.values():
            self._read(variable)
        return [v for v in found.values() if v.uses or self._is_direct(v)]

    def _is_direct(self, variable: Variable) -> bool:
        """Tell whether an import binds a split module itself, used or not."""
        return any(binding.located.file in self._paths for binding in variable.bindings)

    # -- imports

    def _resolve(self, name: ImportedName) -> Resolution:
        return self._inventory.resolver.resolve(self._path, name)

    def _binding(self, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> Binding | None:
        meaning = self.meaning(node, alias)
        if not meaning.works:
            return None
        if isinstance(node, ast.ImportFrom):
            if meaning.submodule is None:
                return None
            module = f"{node.module}.{alias.name}" if node.module else alias.name
            bound = alias.asname or alias.name
            located = meaning.submodule
            binding = Binding(node, alias, bound, module, node.level, False, located, module)
        elif alias.asname is None:
            top = alias.name.partition(".")[0]
            package = self._resolve(ImportedName(top, 0, None, node.lineno, top)).module
            if package is None:
                return None
            binding = Binding(node, alias, top, top, 0, True, package, alias.name)
        else:
            if meaning.module is None:
                return None
            bound = alias.asname
            name = alias.name
            binding = Binding(node, alias, bound, name, 0, False, meaning.module, name)
        return binding if self._leads_to_split(binding.located) else None

    def _leads_to_split(self, located: Located) -> bool:
        if located.file in self._paths:
            return True
        return any(folder in self._around for folder in located.package_folders)

    # -- uses

    def _read(self, variable: Variable) -> None:
        references = self._references(variable.name).get(id(variable.scope), [])
        variable.is_deleted = any(isinstance(r.node.ctx, ast.Del) for r in references)
        first = variable.bindings[0]
        for reference in references:
            use = None if isinstance(reference.node.ctx, ast.Del) else self._use(first, reference)
            if use is not None:
                variable.uses.append(use)
        variable.problem = self._problem(variable) or self._set_others_aside(variable)

    def _references(self, name: str) -> dict[int, list[Reference]]:
        """Return the uses of a name by the scope whose variable it is."""
        if name not in self._by_scope:
            found: dict[int, list[Reference]] = {}
            for reference in self._scopes.references(name):
                home = self._scopes.home(name, reference.scope)
                found.setdefault(id(home), []).append(reference)
            self._by_scope[name] = found
        return self._by_scope[name]

    def _use(self, binding: Binding, reference: Reference) -> ModuleUse | None:
        located, dotted = binding.located, binding.module
        for depth in range(len(reference.attributes) + 1):
            if located.file in self._paths:
                assert located.file is not None
                return ModuleUse(reference, depth, located.file)
            if depth == len(reference.attributes):
                break
            attribute = reference.attributes[depth]
            if not located.package_folders or not isinstance(attribute.ctx, ast.Load):
                break
            asked = ImportedName(dotted, binding.level, attribute.attr, attribute.lineno)
            found = self._resolve(asked._replace(bound=attribute.attr))
            if not found.works or found.submodule is None:
                break
            located, dotted = found.submodule, f"{dotted}.{attribute.attr}"
        return None

    def _problem(self, variable: Variable) -> str:
        """Return why uses of a variable cannot be followed, or an empty string."""
        scope, bindings = variable.scope, variable.bindings
        if len({(binding.located, binding.dotted) for binding in bindings}) > 1:
            return f"{variable.name} is bound to several modules"
        if any(self._scopes.scope_of[position(b.alias)] is not scope for b in bindings):
            return f"{variable.name} is bound from another scope"
        if scope.is_class:
            return f"{variable.name} becomes an attribute of a class"
        return ""

    def _set_others_aside(self, variable: Variable) -> str:
        """Leave out the uses of what else the variable is bound to; return why that cannot be."""
        places = {position(binding.alias) for binding in variable.bindings}
        others = [
            node
            for node in variable.scope.bound.get(variable.name, ())
            if not (isinstance(node, ast.alias) and position(node) in places)
            and not isinstance(getattr(node, "ctx", None), ast.Del)
        ]
        variable.is_rebound = bool(others)
        if not others:
            return ""
        group = Group(variable.scope, variable.name, [_for_group(b) for b in variable.bindings])
        group.uses = [_use_for_group(use) for use in variable.uses]
        meant = list(zip(variable.uses, meanings(group), strict=True))
        variable.uses = [use for use, meaning in meant if meaning is not Meaning.OTHER]
        if any(meaning is Meaning.UNSURE for _, meaning in meant):
            return f"{variable.name} is bound to something else as well"
        return ""


def _for_group(b: Binding) -> PackageBinding:
    return PackageBinding(b.alias, b.name, b.module, b.level, b.dotted, b.located, None)


def _use_for_group(use: ModuleUse) -> Use:
    """Return a use as one of which it can be told whether it means what was imported."""
    reference = use.reference
    return Use(reference, depth=bool(reference.attributes), module="", new=None, kept=None)


def around(paths: Collection[str]) -> frozenset[str]:
    """Return the folders that hold some paths, at any depth."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)


def doubtful(inventory: Inventory, path: str, paths: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield (line, path of a split module) of imports of which it is not known what they mean."""
    for name, resolution in inventory.resolutions(path):
        if resolution.status is Status.AMBIGUOUS:
            for candidate in resolution.candidates:
                if candidate in paths:
                    yield name.line, candidate
