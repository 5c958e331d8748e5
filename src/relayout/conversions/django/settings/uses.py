"""Where code uses ``django.conf.settings``, and which settings it asks for there."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from relayout.inventory import Inventory
from relayout.notebook import is_notebook, read_source
from relayout.rewriting.scopes import Reference, Scope, Scopes, position
from relayout.source import NotPython, Source, nodes_of

SETTINGS = "django.conf.settings"


class Manner(Enum):
    """How code uses settings."""

    READ = "read"
    OPTIONAL = "optional"
    """With a default, or it only asks whether the setting is there."""
    CHANGED = "changed"
    """It sets settings, which a module of constants does not know as settings."""
    OBJECT = "object"
    """It uses the object itself, or a name that is computed: any setting may be meant."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use: the setting's name, if it has one, and the expression that stands for settings."""

    manner: Manner
    name: str
    node: ast.expr
    line: int
    whole: ast.expr
    """The expression that gives the setting's value."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that settings are reached by: its statement, the name in it, what it binds.

    ``steps`` are the attributes between what is bound and settings; ``scope`` is where it is bound.
    """

    node: ast.Import | ast.ImportFrom
    alias: ast.alias
    bound: str
    steps: tuple[str, ...]
    scope: Scope


@dataclass
class FileUses:
    """One file's imports and uses of settings."""

    path: str
    source: Source
    module: ast.Module
    scopes: Scopes
    imports: list[Imported] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    starred: list[int] = field(default_factory=list)
    """Lines of ``from django.conf import *``."""
    others: dict[str, int] = field(default_factory=dict)
    """How often a name that an import binds is used for anything but settings."""

    @cached_property
    def parents(self) -> dict[int, ast.AST]:
        """By id of a node: the node that it stands in."""
        return {id(c): n for n in nodes_of(self.module) for c in ast.iter_child_nodes(n)}


def settings_uses(inventory: Inventory, paths: Iterable[str]) -> list[FileUses]:
    """Return the uses in those of the files that have any, in order of their paths.

    A name that one module takes from another, ``from shop.conf import settings``, is followed.
    """
    files = {path: found for path in sorted(paths) if (found := _open(path, inventory))}
    given: dict[str, set[str]] = {}
    for _ in range(5):
        known = sum(map(len, given.values()))
        for path, file in files.items():
            given[path] = _names_given(file, _passed_on(path, inventory, given))
        if known == sum(map(len, given.values())):
            break
    result = []
    for path, file in files.items():
        _Finder(file, _passed_on(path, inventory, given)).find()
        if file.imports or file.uses or file.starred:
            result.append(file)
    return result


def _open(path: str, inventory: Inventory) -> FileUses | None:
    facts = inventory.python.get(path)
    if facts is None or facts.error is not None:
        return None
    content = inventory.tree.read(path)
    if b"settings" not in content and b"conf" not in content:
        return None
    try:
        source = read_source(path, content)
        module = source.parse()
    except NotPython:
        return None
    if is_notebook(path):
        return None
    return FileUses(path, source, module, Scopes(module))


def _passed_on(
    path: str, inventory: Inventory, given: Mapping[str, set[str]]
) -> frozenset[tuple[int, str]]:
    """Return the line and name of each import of settings from another module of the repository."""
    found = set()
    for name, resolution in inventory.resolutions(path):
        if name.name is not None and name.name != "*" and resolution.submodule is None:
            if resolution.files and name.name in given.get(resolution.files[0], ()):
                found.add((name.line, name.name))
    return frozenset(found)


def _imports(file: FileUses, passed_on: frozenset[tuple[int, str]]) -> list[Imported]:
    """Return the imports of a file that settings are reached by."""
    found = []
    for node in nodes_of(file.module):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for alias in node.names:
            steps = _steps(node, alias, passed_on)
            scope = file.scopes.scope_of.get(position(alias))
            if steps is None or scope is None:
                continue
            bound = alias.asname or alias.name.partition(".")[0]
            found.append(Imported(node, alias, bound, steps, scope))
    return found


def _steps(
    node: ast.Import | ast.ImportFrom, alias: ast.alias, passed_on: frozenset[tuple[int, str]]
) -> tuple[str, ...] | None:
    if isinstance(node, ast.Import):
        if alias.name == "django.conf":
            return ("settings",) if alias.asname else ("conf", "settings")
        return None
    if node.level == 0 and node.module == "django.conf":
        return () if alias.name == "settings" else None
    if node.level == 0 and node.module == "django":
        return ("settings",) if alias.name == "conf" else None
    return () if (node.lineno, alias.name) in passed_on else None


def _names_given(file: FileUses, passed_on: frozenset[tuple[int, str]]) -> set[str]:
    """Return the names by which other modules can take settings from a file."""
    imports = _imports(file, passed_on)
    return {i.bound for i in imports if not i.steps and i.scope.is_module}


class _Finder:
    """Finds the uses of settings in one file."""

    def __init__(self, file: FileUses, passed_on: frozenset[tuple[int, str]]) -> None:
        self._file = file
        self._passed_on = passed_on

    def find(self) -> None:
        """Fill in the imports and uses of the file."""
        file = self._file
        file.imports = _imports(file, self._passed_on)
        for node in nodes_of(file.module):
            if isinstance(node, ast.ImportFrom) and node.module == "django.conf":
                if node.names[0].name == "*" and not node.level:
                    file.starred.append(node.lineno)
        seen: set[int] = set()
        for imported in file.imports:
            for reference in file.scopes.references(imported.bound):
                home = file.scopes.home(imported.bound, reference.scope)
                if home is imported.scope and id(reference.node) not in seen:
                    if self._use(imported, reference):
                        seen.add(id(reference.node))
        for imported in file.imports:
            if imported.steps:
                references = file.scopes.references(imported.bound)
                file.others[imported.bound] = sum(id(r.node) not in seen for r in references)

    def _use(self, imported: Imported, reference: Reference) -> bool:
        """Note a use; tell whether the reference is one of settings."""
        steps = imported.steps
        attributes = reference.attributes
        if tuple(a.attr for a in attributes[: len(steps)]) != steps:
            return False
        node = attributes[len(steps) - 1] if steps else reference.node
        rest = attributes[len(steps) :]
        if reference.within is not None:
            node = reference.node
            self._note(Manner.OBJECT, "", node, node)
        elif not rest:
            self._whole_object(node)
        elif not rest[0].attr.isupper():
            manner = Manner.CHANGED if rest[0].attr == "configure" else Manner.OBJECT
            self._note(manner, "", node, rest[0])
        elif not isinstance(rest[0].ctx, ast.Load):
            self._note(Manner.CHANGED, rest[0].attr, node, rest[0])
        else:
            self._note(Manner.READ, rest[0].attr, node, rest[0])
        return True

    def _whole_object(self, node: ast.expr) -> None:
        call = self._file.parents.get(id(node))
        if not isinstance(call, ast.Call) or not call.args or call.args[0] is not node:
            self._note(Manner.OBJECT, "", node, node)
            return
        function = call.func
        asked = function.id if isinstance(function, ast.Name) else ""
        second = call.args[1] if len(call.args) > 1 else None
        name = second.value if isinstance(second, ast.Constant) else None
        if asked in ("setattr", "delattr") or _patches(function):
            self._note(Manner.CHANGED, name if isinstance(name, str) else "", node, call)
        elif asked in ("getattr", "hasattr") and isinstance(name, str):
            has_default = asked == "hasattr" or len(call.args) > 2
            self._note(Manner.OPTIONAL if has_default else Manner.READ, name, node, call)
        else:
            self._note(Manner.OBJECT, "", node, call)

    def _note(self, manner: Manner, name: str, node: ast.expr, whole: ast.expr) -> None:
        self._file.uses.append(Use(manner, name, node, node.lineno, whole))


def _patches(function: ast.expr) -> bool:
    """Tell whether a call is ``mock.patch.object`` or the like of pytest's monkeypatch."""
    return isinstance(function, ast.Attribute) and function.attr in ("object", "setattr", "delattr")
