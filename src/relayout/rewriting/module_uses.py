"""What a file does with a package that it imported: every use of ``a`` after ``import a.b``.

``import a.b`` binds ``a`` (https://docs.python.org/3/reference/simple_stmts.html#import), so where
``a.b`` gets another name, its uses have to follow; and ``a.b`` is an attribute of ``a`` only as
long as both are together. Uses are followed where it is certain what they mean. Where it is not,
or where others may ask the file for ``a``, the name is kept bound to what it was bound to.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from relayout.inventory.search_paths import Located
from relayout.planning.plan import Finding
from relayout.rewriting.import_statement import bound_as
from relayout.rewriting.module_names import ModuleNames
from relayout.rewriting.scopes import Reference, Scope, Scopes, position
from relayout.rewriting.use_text import UseText, dotted, shortened
from relayout.source import Edit, Source


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
class _Use:
    """A use of a package or of a module in it, ``depth`` attributes behind the bound name."""

    reference: Reference
    depth: int
    module: str
    new: str | None

    @property
    def line(self) -> int:
        return (self.reference.within or self.reference.node).lineno

    @property
    def is_whole(self) -> bool:
        """Whether the bound name itself is used, without an attribute."""
        return not self.reference.attributes


@dataclass(slots=True)
class _Group:
    """All imports that bind one variable, and its uses."""

    scope: Scope
    name: str
    members: list[Binding]
    uses: list[_Use] = field(default_factory=list)
    deleted: list[Reference] = field(default_factory=list)
    new_root: str | None = None
    keep: bool = False
    aliased: bool = False

    @property
    def root(self) -> str:
        return self.members[0].root

    @property
    def changed(self) -> list[Binding]:
        return [b for b in self.members if b.new_dotted]

    def in_root(self, module: str) -> str | None:
        """Return the name that a module has as an attribute of the kept name, after the moves."""
        return None if self.new_root is None else self.new_root + module[len(self.root) :]


@dataclass(slots=True)
class Followed:
    """The outcome: edits of uses, aliases that imports need, and statements to put behind them."""

    edits: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    asnames: dict[tuple[int, int], str] = field(default_factory=dict)
    extra: dict[tuple[int, int], list[str]] = field(default_factory=dict)


class UseFollower:
    """Follows the uses of imported packages through one file.

    ``needed`` are names of the file that others import from it, or reach through it.
    """

    def __init__(
        self,
        source: Source,
        module: ast.Module,
        names: ModuleNames,
        bindings: Iterable[Binding],
        needed: Collection[str] = (),
    ) -> None:
        self._names = names
        self._scopes = Scopes(module)
        self._listed = _exported(module)
        self._needed = frozenset(needed) | self._listed
        self._blocks = _blocks(module)
        self._text = UseText(source)
        self._bindings = {position(b.alias): b for b in bindings}
        self._identifiers = set(self._scopes.identifiers() | self._needed)
        self._written: list[tuple[str, Scope, Scope]] = []
        self._result = Followed()

    def follow(self) -> Followed:
        """Return what has to change beside the names in the import statements themselves."""
        for group in sorted(self._groups(), key=lambda g: len(list(g.scope.enclosing()))):
            self._read_uses(group)
            if self._is_certain(group):
                self._follow(group)
            else:
                self._keep_as_it_is(group)
        self._result.edits += self._text.edits()
        return self._result

    # -- reading

    def _groups(self) -> list[_Group]:
        groups: dict[tuple[int, str], _Group] = {}
        for place, binding in self._bindings.items():
            if binding.name == "*" or place not in self._scopes.scope_of:
                continue
            scope = self._scopes.home(binding.name, self._scopes.scope_of[place])
            assert scope is not None
            group = groups.setdefault((id(scope), binding.name), _Group(scope, binding.name, []))
            group.members.append(binding)
        return list(groups.values())

    def _read_uses(self, group: _Group) -> None:
        known = {b.module: b.located for b in group.members}
        first = group.members[0]
        root = known.get(group.root)
        if root is None:
            line = first.alias.lineno
            root = self._names.resolve(group.root, first.level, None, line, group.name).module
        group.new_root = self._new_root(group, root)
        for reference in self._scopes.references(group.name):
            if self._scopes.home(group.name, reference.scope) is not group.scope:
                continue
            if isinstance(reference.node.ctx, ast.Del):
                group.deleted.append(reference)
                continue
            depth, module, located = self._meant(group, reference, root, known)
            new = self._names.new_name(located) if depth else group.new_root
            group.uses.append(_Use(reference, depth, module, new))

    def _new_root(self, group: _Group, root: Located | None) -> str | None:
        name = self._names.new_name(root)
        for binding in group.changed if name is None else ():
            rest = binding.module[len(group.root) :]
            if binding.new_dotted and binding.new_dotted.endswith(f".{group.root}{rest}"):
                return binding.new_dotted[: -len(rest)]
        return name

    def _meant(
        self,
        group: _Group,
        reference: Reference,
        root: Located | None,
        known: Mapping[str, Located | None],
    ) -> tuple[int, str, Located | None]:
        """Return how many attributes of a use lead to a module, its name before, and the module."""
        level, line = group.members[0].level, reference.node.lineno
        found = (0, group.root, root)
        module = group.root
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

    def _is_certain(self, group: _Group) -> bool:
        """Tell whether it is known of every use that it means the imported package."""
        places = {position(b.alias) for b in group.members}
        if any((b.root, b.level) != (group.root, group.members[0].level) for b in group.members):
            return False
        if any(self._scopes.scope_of[place] is not group.scope for place in places):
            return False
        for binder in group.scope.bound.get(group.name, ()):
            if isinstance(binder, ast.alias):
                if position(binder) not in places:
                    return False
            elif not (isinstance(binder, ast.Name) and isinstance(binder.ctx, ast.Del)):
                return False
        return all(self._is_plain(group, use) for use in group.uses)

    def _is_plain(self, group: _Group, use: _Use, whole: bool = False) -> bool:
        """Tell whether a use can be replaced in the text, as a ``whole`` or as far as needed."""
        mark = _text_of(use.reference)
        alike = sum(_text_of(other.reference) == mark for other in group.uses)
        depth = (
            use.depth
            if whole or use.new is None
            else shortened(use.reference, use.depth, use.new)[0]
        )
        return self._text.is_plain(use.reference, depth, alike)

    # -- following

    def _follow(self, group: _Group) -> None:
        loaded = [b.new or b.module for b in group.members if b.dotted]
        group.keep = (
            group.scope.is_class
            or (group.scope.is_module and group.name in self._needed)
            or any(b.new_dotted is None and not b.broken for b in group.members)
            or any(not u.depth and not _covers(loaded, u.new) for u in group.uses)
        )
        if not group.keep and group.deleted:
            tops = {(b.new_dotted or "").partition(".")[0] for b in group.changed}
            group.keep = len(tops) > 1 or any(top in group.scope.bound for top in tops)
        unloaded = self._unloaded(group, loaded)
        written = [b.new_dotted for b in group.changed if b.new_dotted]
        group.aliased = self._collides(group, [*written, *unloaded])
        if group.aliased:
            if not all(self._is_plain(group, use, whole=True) for use in group.uses):
                self._keep_as_it_is(group)
                return
            group.keep |= bool(group.deleted) or any(not u.depth for u in group.uses)
        names = self._import(group, unloaded)
        if group.keep:
            self._keep(group)
        for use in group.uses:
            self._replace(group, use, names)
        for reference in group.deleted if not group.keep else ():
            top = (group.changed[0].new_dotted or "").partition(".")[0]
            self._text.replace(reference, 0, top)

    def _unloaded(self, group: _Group, loaded: Sequence[str]) -> list[str]:
        """Return modules that are used, go another way than their package, and are not imported."""
        found = []
        for use in group.uses:
            if use.new is None or not use.depth or _covers(loaded, use.new):
                continue
            if use.new == group.in_root(use.module) and not group.changed:
                continue
            if not any(
                b.dotted
                and use.module.startswith(f"{b.module}.")
                and use.new == (b.new or b.module) + use.module[len(b.module) :]
                for b in group.members
            ):
                found.append(use.new)
        return list(dict.fromkeys(found))

    def _import(self, group: _Group, unloaded: Sequence[str]) -> dict[str, str]:
        """Give imports their aliases, and add those that are missing; return names by module."""
        names: dict[str, str] = {}
        for binding in group.changed:
            assert binding.new_dotted is not None
            if group.aliased:
                alias = names.get(binding.new_dotted) or self._fresh(binding.module)
                self._result.asnames[position(binding.alias)] = alias
                names[binding.new_dotted] = alias
        for module in unloaded:
            place = position(group.members[-1].alias)
            statement = f"import {module}"
            if group.aliased:
                names[module] = self._fresh(module)
                statement += f" as {names[module]}"
            self._result.extra.setdefault(place, []).append(statement)
        return names

    def _replace(self, group: _Group, use: _Use, names: Mapping[str, str]) -> None:
        """Give a use the new name of its module, unless the kept name still leads there."""
        if not use.depth and group.keep:
            self._mind_whole(group, use)
            return
        if use.new is None:
            self._lost(group, use)
            return
        stays = [b for b in group.members if b.dotted and b.new_dotted is None]
        unchanged = any(f"{use.module}.".startswith(f"{b.module}.") for b in stays)
        loose = not group.changed or unchanged
        if group.keep and loose and use.new == group.in_root(use.module):
            return
        for module, alias in names.items():
            if f"{use.new}.".startswith(f"{module}."):
                rest = use.new[len(module) :]
                self._text.replace(use.reference, use.depth, alias + rest)
                return
        if not use.depth:
            self._mind_whole(group, use)
        self._text.replace(use.reference, use.depth, use.new)
        self._written.append((use.new.partition(".")[0], use.reference.scope, group.scope))

    def _keep_as_it_is(self, group: _Group) -> None:
        """Keep the name bound as it was; report the uses that this cannot serve."""
        group.keep = True
        group.aliased = self._collides(group, [b.new_dotted or "" for b in group.changed])
        self._import(group, ())
        self._keep(group)
        for use in group.uses:
            if use.depth and use.new != group.in_root(use.module):
                self._lost(group, use)
            elif not use.depth:
                self._mind_whole(group, use)

    def _keep(self, group: _Group) -> None:
        """Bind the name behind every import that no longer does."""
        bound: set[int] = set()
        for binding in group.members:
            place = position(binding.alias)
            block = self._blocks.get(place, -1)
            if binding.new_dotted is None:
                bound.add(block)
            if block in bound:
                continue
            bound.add(block)
            if group.new_root is None:
                self._findings_for(
                    binding.alias.lineno,
                    f"import {binding.module}: {group.name} is used in ways that cannot be "
                    f"followed to {binding.new}",
                    f"Write: import {binding.new}, and change the uses of {group.name}.",
                )
                continue
            used = any(not use.depth for use in group.uses)
            exported = group.scope.is_module and group.name in self._needed - self._listed
            text = bound_as(group.new_root, group.name, repeat=exported and not used)
            statement = text if text.startswith("from ") else f"import {text}"
            self._result.extra.setdefault(place, []).append(statement)

    # -- names that are taken

    def _collides(self, group: _Group, modules: Iterable[str]) -> bool:
        """Tell whether a new dotted name cannot be used: its top means something else here."""
        tops = {module.partition(".")[0] for module in modules} - {""}
        if not group.changed and all(top == group.name for top in tops):
            return False
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

    def _fresh(self, module: str) -> str:
        """Return a name for a module that nothing in the file has."""
        wanted = name = module.replace(".", "_")
        number = 2
        while name in self._identifiers:
            name = f"{wanted}_{number}"
            number += 1
        self._identifiers.add(name)
        return name

    # -- findings

    def _mind_whole(self, group: _Group, use: _Use) -> None:
        """Report a package that is handed on as a whole, if its modules are no longer all in it."""
        if use.is_whole and use.new is not None:
            moved = [b for b in group.members if b.new and b.new != group.in_root(b.module)]
            if moved:
                self._findings_for(
                    use.line,
                    f"{group.name} is handed on as a whole here, and {moved[0].module} is no "
                    f"longer in it: it is {moved[0].new} now",
                    "Check what is done with it.",
                )
        elif use.is_whole:
            self._lost(group, use)

    def _lost(self, group: _Group, use: _Use) -> None:
        went = f"is {use.new} now" if use.new else "has no name that can be imported from here"
        self._findings_for(
            use.line,
            f"{use.module} {went}, and it cannot be told whether this {group.name} means it"
            if use.new
            else f"{use.module} {went}",
            "Change the line by hand.",
        )

    def _findings_for(self, line: int, message: str, advice: str) -> None:
        finding = Finding("import-not-followed", self._names.new_path, line, message, advice)
        if finding not in self._result.findings:
            self._result.findings.append(finding)


def _text_of(reference: Reference) -> tuple[int, str]:
    """Return what uses in one string have in common that look alike."""
    return id(reference.within), dotted(reference, len(reference.attributes))


def _covers(loaded: Iterable[str], module: str | None) -> bool:
    """Tell whether importing these modules has imported another one on the way."""
    return module is not None and any(f"{name}.".startswith(f"{module}.") for name in loaded)


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


def _exported(module: ast.Module) -> frozenset[str]:
    """Return the names in ``__all__``."""
    found: set[str] = set()
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            found.update(
                part.value
                for part in ast.walk(node)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
    return frozenset(found)


def _blocks(module: ast.Module) -> dict[tuple[int, int], int]:
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
