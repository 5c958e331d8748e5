"""What the class of a command descends from, outside of the repository.

A command runs without Django if all that its class descends from is in the repository, or is a
base class that the package's support provides. Bases are followed through modules of the
repository by name, without running anything.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from relayout.conversions.django.command_support_text import PROVIDED
from relayout.inventory import Inventory
from relayout.inventory.python import ImportedName
from relayout.inventory.statements import bodies
from relayout.source import NotPython, Source

BASES = frozenset({"BaseCommand", "LabelCommand", "AppCommand"})
_PROVIDED_BASES = frozenset(
    f"{module}.{name}" for module, names in PROVIDED.items() for name in names & BASES
)
APP_COMMAND = "AppCommand"
_LONGEST_CHAIN = 100


@dataclass(frozen=True, slots=True)
class _Names:
    """What a module's names stand for, as far as classes go: each with expressions or an import."""

    classes: Mapping[str, ast.ClassDef]
    aliases: Mapping[str, ast.expr]
    imports: Mapping[str, ImportedName]
    stars: tuple[ImportedName, ...]


@dataclass(frozen=True, slots=True)
class OutsideBase:
    """A base class from outside of the repository: its dotted name, and the class it is a base of.

    ``path`` and ``line`` say where that class names it.
    """

    name: str
    path: str
    line: int

    @property
    def is_provided(self) -> bool:
        """Whether the support for commands provides it."""
        return self.name in _PROVIDED_BASES

    @property
    def is_foreign_command(self) -> bool:
        """Whether it is a command, as its name says, that needs Django."""
        last = self.name.rpartition(".")[2]
        return not self.is_provided and last.endswith("Command")


@dataclass(slots=True)
class CommandBases:
    """Follows the bases of classes through the modules of one repository."""

    inventory: Inventory
    _known: dict[str, _Names | None] = field(default_factory=dict)

    def of(self, path: str, name: str = "Command") -> tuple[OutsideBase, ...]:
        """Return the bases from outside of what a module calls by a name, in order, each once."""
        found: dict[OutsideBase, None] = {}
        seen: set[tuple[str, str]] = set()
        pending = [(path, name)]
        while pending and len(seen) < _LONGEST_CHAIN:
            place = pending.pop(0)
            if place in seen:
                continue
            seen.add(place)
            for base in self._step(*place):
                if isinstance(base, OutsideBase):
                    found[base] = None
                else:
                    pending.append(base)
        return tuple(found)

    def classes_of(self, path: str) -> dict[str, int]:
        """Return the names of the classes at the top level of a module, each with its line."""
        names = self._names(path)
        return {} if names is None else {n: c.lineno for n, c in names.classes.items()}

    def _step(self, path: str, name: str) -> list[OutsideBase | tuple[str, str]]:
        """Return what a name of a module leads to: names of modules, or bases from outside."""
        names = self._names(path)
        if names is None:
            return []
        if name in names.classes:
            return [
                target
                for base in names.classes[name].bases
                for target in self._meant(base, path, names)
            ]
        if name in names.aliases:
            return self._meant(names.aliases[name], path, names)
        if name in names.imports:
            target = self._imported(path, names.imports[name], (name,))
            return [] if target is None else [target]
        for star in names.stars:
            module = self._module(path, star)
            if module is not None and self._has(module, name):
                return [(module, name)]
        return []

    def _has(self, path: str, name: str) -> bool:
        names = self._names(path)
        return names is not None and (
            name in names.classes or name in names.aliases or name in names.imports
        )

    def _meant(
        self, node: ast.expr, path: str, names: _Names
    ) -> list[OutsideBase | tuple[str, str]]:
        """Return what an expression leads to, if it is a dotted name."""
        parts: list[str] = []
        line = node.lineno
        while isinstance(node, ast.Subscript):
            node = node.value
        while isinstance(node, ast.Attribute):
            parts.insert(0, node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return []
        parts.insert(0, node.id)
        if node.id not in names.imports:
            return [(path, node.id)] if len(parts) == 1 else []
        target = self._imported(path, names.imports[node.id], tuple(parts), line)
        return [] if target is None else [target]

    def _imported(
        self, path: str, name: ImportedName, parts: tuple[str, ...], line: int = 0
    ) -> OutsideBase | tuple[str, str] | None:
        """Return what an imported name leads to, with the attributes that follow it."""
        resolution = self.inventory.resolver.resolve(path, name)
        outside = _origin(name, parts)
        if not resolution.files:
            return OutsideBase(outside, path, line or name.line)
        if name.name is None:
            return self._in_package(path, name, parts)
        if resolution.submodule is not None:
            file = resolution.submodule.file
            return (file, parts[1]) if file is not None and len(parts) > 1 else None
        file = resolution.module.file if resolution.module is not None else None
        return (file, name.name) if file is not None and len(parts) == 1 else None

    def _in_package(
        self, path: str, name: ImportedName, parts: tuple[str, ...]
    ) -> tuple[str, str] | None:
        """Return what ``a.b.C`` leads to after ``import a.b``."""
        tail = parts[1:] if name.bound != name.module.partition(".")[0] else None
        dotted = f"{name.module}.{'.'.join(tail)}" if tail else ".".join(parts)
        module, _, last = dotted.rpartition(".")
        found = self.inventory.resolver.resolve(path, ImportedName(module, 0, None, name.line))
        file = found.module.file if found.module is not None else None
        return (file, last) if file is not None else None

    def _module(self, path: str, name: ImportedName) -> str | None:
        resolution = self.inventory.resolver.resolve(path, name)
        return resolution.module.file if resolution.module is not None else None

    def _names(self, path: str) -> _Names | None:
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> _Names | None:
        file = self.inventory.python.get(path)
        if file is None or file.error is not None:
            return None
        try:
            module = Source.decode(self.inventory.tree.read(path)).parse()
        except NotPython:
            return None
        statements = _top_level(module)
        classes = {node.name: node for node in statements if isinstance(node, ast.ClassDef)}
        aliases = {
            target.id: node.value
            for node in statements
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        imported = [name for s in file.statements for name in s.imported_names()]
        imports = {name.bound: name for name in imported if name.name != "*"}
        stars = tuple(name for name in imported if name.name == "*")
        return _Names(classes, aliases, imports, stars)


def _top_level(module: ast.Module) -> list[ast.stmt]:
    """Return the statements of a module that run when it is imported, those in ``if`` as well."""
    found: list[ast.stmt] = list(module.body)
    for node in found:
        if isinstance(node, ast.If | ast.Try | ast.With):
            found.extend(statement for body in bodies(node) for statement in body)
    return found


def _origin(name: ImportedName, parts: tuple[str, ...]) -> str:
    """Return the dotted name of what an import from outside binds, with attributes behind it."""
    if name.name is not None:
        return ".".join([name.module, name.name, *parts[1:]])
    is_top = name.bound == name.module.partition(".")[0]
    return ".".join(parts if is_top else [name.module, *parts[1:]])
