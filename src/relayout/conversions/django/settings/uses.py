"""Where code uses ``django.conf.settings``, and which settings it asks for there."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

from relayout.inventory import Inventory
from relayout.notebook import is_notebook, read_source
from relayout.rewriting.scopes import Reference, Scope, Scopes, position
from relayout.rewriting.use_text import UseText
from relayout.source import NotPython, Source, nodes_of

_MOST_IN_STRING = 50
"""So many uses in one formatted string are looked for in its text."""


class Manner(Enum):
    """How code uses settings."""

    READ = "read"
    OPTIONAL = "optional"
    """With a default, or it only asks whether the setting is there."""
    CHANGED = "changed"
    """It sets settings, which a module of constants does not know as settings."""
    OWN = "own"
    """It asks for what only Django's object has: whether it is configured, for example."""
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
    through: Reference | None = None
    """What is used to reach settings, where that is a module."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that settings are reached by: its statement, the name in it, what it binds.

    ``steps`` are the attributes between what is bound and settings; ``scope`` is where it is bound.
    ``is_django`` tells that the statement names Django, not a module of the repository.
    """

    node: ast.Import | ast.ImportFrom
    alias: ast.alias
    bound: str
    steps: tuple[str, ...]
    scope: Scope
    is_django: bool = True


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What a file takes from modules of the repository, by line and name of the import.

    ``objects`` are settings as a whole, with the attributes between them and what is bound;
    ``single`` are settings that are taken by name.
    """

    objects: Mapping[tuple[int, str], tuple[str, ...]]
    single: Mapping[tuple[int, str], str]


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
    unclear: list[int] = field(default_factory=list)
    """Lines of uses whose place in the text cannot be told."""
    others: dict[str, int] = field(default_factory=dict)
    """How often a name that an import binds is used for anything but settings."""

    @property
    def is_about_django(self) -> bool:
        """Whether it is Django's own object that the file deals with."""
        return any(use.manner is Manner.OWN for use in self.uses)

    @cached_property
    def parents(self) -> dict[int, ast.AST]:
        """By id of a node: the node that it stands in."""
        return {id(c): n for n in nodes_of(self.module) for c in ast.iter_child_nodes(n)}


def settings_uses(
    inventory: Inventory, paths: Iterable[str], modules: Collection[str] = ()
) -> list[FileUses]:
    """Return the uses in those of the files that have any, in order of their paths.

    A name that one module takes from another, ``from shop.conf import settings``, is followed.
    ``modules`` are the settings modules: code may take from them as well.
    """
    files = {path: found for path in sorted(paths) if (found := _open(path, inventory))}
    given: dict[str, set[str]] = {}
    for _ in range(5):
        known = sum(map(len, given.values()))
        for path, file in files.items():
            given[path] = _names_given(file, _passed_on(path, inventory, given, modules))
        if known == sum(map(len, given.values())):
            break
    result = []
    for path, file in files.items():
        _Finder(file, _passed_on(path, inventory, given, modules)).find()
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
    path: str, inventory: Inventory, given: Mapping[str, set[str]], modules: Collection[str]
) -> PassedOn:
    """Return what a file takes of settings from other modules of the repository."""
    objects: dict[tuple[int, str], tuple[str, ...]] = {}
    single: dict[tuple[int, str], str] = {}
    for name, resolution in inventory.resolutions(path):
        if not resolution.files or name.name == "*":
            continue
        file = resolution.files[0]
        if name.name is None:
            if file in modules:
                after_top = tuple(name.module.split(".")[1:])
                is_bound = name.bound != name.module.partition(".")[0]
                objects[name.line, name.module] = () if is_bound else after_top
        elif resolution.submodule is not None and resolution.submodule.file is not None:
            if file in modules:
                objects[name.line, name.name] = ()
        elif name.name in given.get(file, ()):
            objects[name.line, name.name] = ()
        elif file in modules:
            single[name.line, name.name] = name.name
    return PassedOn(objects, single)


def _imports(file: FileUses, passed_on: PassedOn) -> list[Imported]:
    """Return the imports of a file that settings are reached by."""
    found = []
    for node in nodes_of(file.module):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for alias in node.names:
            scope = file.scopes.scope_of.get(position(alias))
            bound = alias.asname or alias.name.partition(".")[0]
            steps = _steps(node, alias)
            own = passed_on.objects.get((node.lineno, alias.name))
            if scope is not None and (steps is not None or own is not None):
                path = own or () if steps is None else steps
                found.append(Imported(node, alias, bound, path, scope, steps is not None))
    return found


def _steps(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[str, ...] | None:
    """Return the attributes between what an import of Django binds and settings; None if none."""
    if isinstance(node, ast.Import):
        if alias.name == "django.conf":
            return ("settings",) if alias.asname else ("conf", "settings")
        return None
    if node.level == 0 and node.module == "django.conf":
        return () if alias.name == "settings" else None
    return ("settings",) if (node.level, node.module, alias.name) == (0, "django", "conf") else None


def _names_given(file: FileUses, passed_on: PassedOn) -> set[str]:
    """Return the names by which other modules can take settings from a file."""
    imports = _imports(file, passed_on)
    return {i.bound for i in imports if not i.steps and i.scope.is_module and i.is_django}


class _Finder:
    """Finds the uses of settings in one file."""

    def __init__(self, file: FileUses, passed_on: PassedOn) -> None:
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
            elif isinstance(node, ast.ImportFrom):
                self._taken_by_name(node)
        seen: set[int] = set()
        distinct = {(i.bound, id(i.scope), i.steps): i for i in file.imports}
        for imported in distinct.values():
            references = [
                reference
                for reference in file.scopes.references(imported.bound)
                if file.scopes.home(imported.bound, reference.scope) is imported.scope
            ]
            alike = Counter(map(_in_string, references))
            crowded = Counter(id(r.within) for r in references if r.within is not None)
            for reference in references:
                if id(reference.node) not in seen:
                    times = alike[_in_string(reference)]
                    if crowded[id(reference.within)] > _MOST_IN_STRING:
                        times = -1
                    if self._use(imported, reference, times):
                        seen.add(id(reference.node))
        file.uses.sort(key=lambda use: (use.line, use.node.col_offset))
        for imported in distinct.values():
            if imported.steps:
                references = file.scopes.references(imported.bound)
                file.others[imported.bound] = sum(id(r.node) not in seen for r in references)

    def _taken_by_name(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            name = self._passed_on.single.get((node.lineno, alias.name), "")
            if name.isupper():
                at = ast.Name(name, ast.Load(), lineno=node.lineno, col_offset=node.col_offset)
                self._note(Manner.READ, name, at, at)

    def _use(self, imported: Imported, reference: Reference, alike: int) -> bool:
        """Note a use; tell whether the reference is one of settings."""
        steps = imported.steps
        attributes = reference.attributes
        if tuple(a.attr for a in attributes[: len(steps)]) != steps:
            return False
        node = attributes[len(steps) - 1] if steps else reference.node
        rest = attributes[len(steps) :]
        through = reference if steps and imported.is_django else None
        if through is not None:
            text = UseText(self._file.source)
            is_text = isinstance(reference.within, ast.Constant) or alike < 0
            if is_text or not text.is_plain(reference, len(steps), alike):
                self._file.unclear.append(reference.node.lineno)
                return False
        if isinstance(reference.within, ast.Constant):
            return True
        first = len(self._file.uses)
        if not rest:
            self._whole_object(node)
        elif not rest[0].attr.isupper():
            self._note(Manner.OWN, "", node, rest[0])
        elif not isinstance(rest[0].ctx, ast.Load):
            self._note(Manner.CHANGED, rest[0].attr, node, rest[0])
        else:
            self._note(Manner.READ, rest[0].attr, node, rest[0])
        if through is not None:
            self._file.uses[first:] = [replace(u, through=through) for u in self._file.uses[first:]]
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


def _in_string(reference: Reference) -> tuple[int, tuple[str, ...]]:
    """Return what references have in common that look alike in one string."""
    attributes = tuple(attribute.attr for attribute in reference.attributes)
    return id(reference.within or reference.node), attributes
