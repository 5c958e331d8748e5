"""What a file uses of Django, and which models it imports: name by name, with their lines."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from relayout.conversions.django.use_kinds import is_of_another, used_name
from relayout.inventory import Inventory
from relayout.inventory.django.names import is_of_django
from relayout.inventory.meaning import Resolution
from relayout.notebook import read_source
from relayout.rewriting.scopes import Reference, Scope, Scopes, is_called_later, position
from relayout.source import NotPython, Source, nodes_of

ImportNode = ast.Import | ast.ImportFrom


@dataclass(frozen=True, slots=True)
class Use:
    """One use: the name of Django, or of the repository, that it is of, and its line.

    ``is_whole`` tells that what is bound is used as it is, and not an attribute of it, and
    ``is_early`` that it is called outside of all functions, as the file is imported.
    """

    name: str
    line: int
    is_whole: bool = False
    is_early: bool = False


@dataclass(frozen=True, slots=True)
class ImportedUse:
    """An imported name: where it is imported, what it stands for, and how it is used.

    ``origin`` is its dotted name. ``is_rebound`` tells that the variable is also something else,
    ``is_lazy`` that a function imports it when it is called.
    """

    node: ImportNode
    alias: ast.alias
    origin: str
    uses: tuple[Use, ...]
    is_rebound: bool = False
    is_lazy: bool = False

    @property
    def is_star(self) -> bool:
        """Whether all names of a module are imported."""
        return self.alias.name == "*"

    @property
    def names(self) -> dict[str, list[int]]:
        """The names that are used, each with the lines of its import and uses."""
        found: dict[str, list[int]] = {}
        for use in self.uses:
            found.setdefault(use.name, [self.alias.lineno]).append(use.line)
        if not found:
            found[self.origin] = [self.alias.lineno]
        return {name: sorted(set(lines)) for name, lines in found.items()}

    def is_early(self, name: str) -> bool:
        """Tell whether a name is called as the file is imported."""
        return any(use.is_early for use in self.uses if use.name == name)


def django_uses(
    module: ast.Module, scopes: Scopes, apps: Collection[str] = ()
) -> list[ImportedUse]:
    """Return what a file imports of Django, but for what other conversions replace.

    ``apps`` are the import names of installed packages that are apps for Django.
    """
    found = []
    for node in _import_nodes(module):
        for alias in node.names:
            origin = _origin(node, alias)
            if origin is None or is_of_another(origin):
                continue
            if is_of_django(origin) or origin.partition(".")[0] in apps:
                dotted = _is_dotted(node, alias)
                found.append(_imported(node, alias, origin, scopes, used_name, dotted))
    return found


def _import_nodes(module: ast.Module) -> list[ImportNode]:
    """Return the import statements of a file, in the order of the text."""
    found = [n for n in nodes_of(module) if isinstance(n, ast.Import | ast.ImportFrom)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def model_uses(
    path: str, module: ast.Module, scopes: Scopes, inventory: Inventory, models: Mapping[str, str]
) -> list[tuple[str, ImportedUse]]:
    """Return what a file imports of some modules, each with the path of its module.

    ``models`` are the dotted names of those modules by their paths.
    """
    nodes = {(node.lineno, node.col_offset): node for node in _import_nodes(module)}
    found = []
    for statement, resolutions in inventory.resolver.by_statement(path):
        node = nodes.get((statement.line, statement.column))
        if node is None:
            continue
        for alias, resolution in zip(node.names, resolutions, strict=True):
            file = _file_among(resolution, models)
            if file is not None:
                found.append((file, _of_model(node, alias, resolution, file, models[file], scopes)))
    return found


def _file_among(resolution: Resolution, models: Mapping[str, str]) -> str | None:
    """Return the module of models that an import is for, or None."""
    first = resolution.files[0] if resolution.files else None
    return first if first in models else None


def _of_model(
    node: ImportNode,
    alias: ast.alias,
    resolution: Resolution,
    file: str,
    dotted: str,
    scopes: Scopes,
) -> ImportedUse:
    is_module = isinstance(node, ast.Import) or resolution.submodule is not None
    origin = dotted if is_module or alias.name == "*" else f"{dotted}.{alias.name}"
    if isinstance(node, ast.Import) and alias.asname is None and "." in alias.name:
        return _through_top(node, alias, dotted, scopes)
    return _imported(node, alias, origin, scopes, _attribute if is_module else _itself)


def _itself(meaning: str, attributes: tuple[str, ...]) -> str:
    """Return the name that is used where a name of a module is imported."""
    return meaning


def _attribute(meaning: str, attributes: tuple[str, ...]) -> str:
    """Return the name that is used where a module is imported."""
    return ".".join([meaning, *attributes[:1]])


def _through_top(node: ImportNode, alias: ast.alias, dotted: str, scopes: Scopes) -> ImportedUse:
    """Return the uses of a module that is named in full wherever it is used."""
    top, *rest = alias.name.split(".")
    uses = []
    for reference in scopes.references(top):
        parts = [attribute.attr for attribute in reference.attributes]
        if parts[: len(rest)] == rest:
            name = ".".join([dotted, *parts[len(rest) :][:1]])
            uses.append(Use(name, reference.node.lineno))
    is_lazy = is_called_later(scopes.scope_of[position(alias)])
    return ImportedUse(node, alias, dotted, tuple(uses), is_lazy=is_lazy)


def _origin(node: ImportNode, alias: ast.alias) -> str | None:
    if isinstance(node, ast.Import):
        return alias.name
    if node.level:
        return None
    return node.module if alias.name == "*" else f"{node.module}.{alias.name}"


def _is_dotted(node: ImportNode, alias: ast.alias) -> bool:
    """Tell whether a statement binds only the top of what it imports."""
    return isinstance(node, ast.Import) and alias.asname is None


def _imported(
    node: ImportNode,
    alias: ast.alias,
    origin: str,
    scopes: Scopes,
    named: Callable[[str, tuple[str, ...]], str],
    dotted: bool = False,
) -> ImportedUse:
    """Return one imported name with its uses; ``named`` says what is used by its attributes."""
    scope = scopes.scope_of[position(alias)]
    is_lazy = is_called_later(scope)
    if alias.name == "*":
        return ImportedUse(node, alias, origin, (), is_lazy=is_lazy)
    bound = alias.asname or (alias.name.partition(".")[0] if dotted else alias.name)
    home = scopes.home(bound, scope) or scope
    meaning = bound if dotted else origin
    uses = []
    for reference in _references(scopes, bound).get(id(home), ()):
        attributes = tuple([attribute.attr for attribute in reference.attributes])
        name = named(meaning, attributes)
        if not dotted or _of(name, origin):
            outermost = reference.attributes[-1] if reference.attributes else reference.node
            early = id(outermost) in _called(scopes) and not is_called_later(reference.scope)
            uses.append(Use(name, reference.node.lineno, not attributes, early))
    is_rebound = _is_rebound(bound, home, dotted)
    return ImportedUse(node, alias, origin, tuple(uses), is_rebound, is_lazy)


@lru_cache(maxsize=64)
def _references(scopes: Scopes, bound: str) -> Mapping[int, list[Reference]]:
    """Return the uses of a name by the id of the scope whose variable it is."""
    found: dict[int, list[Reference]] = {}
    for reference in scopes.references(bound):
        found.setdefault(id(scopes.home(bound, reference.scope)), []).append(reference)
    return found


@lru_cache(maxsize=64)
def _called(scopes: Scopes) -> frozenset[int]:
    """Return the ids of the expressions that a file calls."""
    return frozenset(id(n.func) for n in nodes_of(scopes.module.node) if isinstance(n, ast.Call))


def _of(name: str, origin: str) -> bool:
    """Tell whether a name is what ``import origin`` is for: the module, or something in it."""
    if is_of_another(name):
        return False
    return f"{name}.".startswith(f"{origin}.") or (origin == "django" and name.count(".") == 1)


def _is_rebound(bound: str, home: Scope, dotted: bool) -> bool:
    """Tell whether something other than imports of Django binds a variable."""
    binders: Sequence[ast.AST] = home.bound.get(bound, ())
    if len(binders) > 1 and not dotted:
        return True
    return any(not isinstance(node, ast.alias) for node in binders)


@dataclass(frozen=True)
class FileUses:
    """One file of the package: what it imports of Django, and which modules of models.

    ``models`` pairs the path of such a module with what is imported of it.
    """

    path: str
    source: Source
    module: ast.Module
    scopes: Scopes
    django: tuple[ImportedUse, ...]
    models: tuple[tuple[str, ImportedUse], ...]


def file_uses(
    path: str, inventory: Inventory, models: Mapping[str, str], apps: Collection[str] = ()
) -> FileUses | None:
    """Return what a file uses of Django and of modules of models; None if it uses nothing.

    ``models`` are the dotted names of those modules by their paths, ``apps`` the import names of
    installed packages that are apps for Django.
    """
    content = inventory.tree.read(path)
    imports_models = any(
        file in models for _, resolution in inventory.resolutions(path) for file in resolution.files
    )
    tops = {name.module.partition(".")[0] for name in inventory.python[path].imports}
    if not imports_models and "django" not in tops and tops.isdisjoint(apps):
        return None
    try:
        source = read_source(path, content)
        module = source.parse()
    except NotPython:
        return None
    scopes = Scopes(module)
    found = model_uses(path, module, scopes, inventory, models) if imports_models else []
    django = django_uses(module, scopes, apps)
    if not django and not found:
        return None
    return FileUses(path, source, module, scopes, tuple(django), tuple(found))
