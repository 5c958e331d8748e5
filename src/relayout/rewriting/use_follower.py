"""Uses of imported packages follow the moves, where it is certain what they mean.

Where ``a.b`` gets another name, uses of it after ``import a.b`` have to follow. Where it is not
certain what they mean, or where others may ask the file for ``a``, the name is kept bound to what
it was bound to.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from relayout.planning.plan import Finding
from relayout.rewriting.import_statement import bound_as
from relayout.rewriting.module_names import ModuleNames
from relayout.rewriting.name_uses import listed_names
from relayout.rewriting.package_uses import (
    Binding,
    Group,
    Use,
    UseReader,
    blocks_of,
)
from relayout.rewriting.rebinding import Meaning, meanings
from relayout.rewriting.scopes import Reference, Scopes, is_called_later, position
from relayout.rewriting.taken_names import TakenNames
from relayout.rewriting.use_text import UseText, dotted, shortened
from relayout.source import Edit, Source


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
        self._listed = frozenset(listed_names(module))
        self._needed = frozenset(needed) | self._listed
        self._blocks = blocks_of(module)
        self._text = UseText(source)
        self._bindings = {position(b.alias): b for b in bindings}
        self._taken = TakenNames(self._scopes, self._bindings, self._needed)
        self._result = Followed()

    def follow(self) -> Followed:
        """Return what has to change beside the names in the import statements themselves."""
        reader = UseReader(self._scopes, self._names, self._bindings.values())
        for group in reader.read():
            if self._is_certain(group):
                self._follow(group)
            else:
                self._keep_as_it_is(group)
        self._result.edits += self._text.edits()
        return self._result

    def _is_certain(self, group: Group) -> bool:
        """Tell whether it is known of every use that it means the imported package."""
        places = {position(b.alias) for b in group.members}
        if len({(b.root, b.level) for b in group.members}) > 1:
            return False
        outer = group.scope.parent
        if group.scope.is_class and outer and self._scopes.home(group.name, outer) is not None:
            return False
        if any(self._scopes.scope_of[place] is not group.scope for place in places):
            return False
        self._set_others_aside(group)
        return all(self._is_plain(group, use) for use in group.uses)

    def _set_others_aside(self, group: Group) -> None:
        """Leave out the uses of what other statements bind the name to; note those in doubt."""
        binders = group.scope.bound.get(group.name, ())
        members = len(group.members) + len(group.deleted)
        group.rebound = len(binders) > members
        if group.rebound:
            meant = list(zip(group.uses, meanings(group), strict=True))
            group.uses = [use for use, meaning in meant if meaning is not Meaning.OTHER]
            group.unsure = [use for use, meaning in meant if meaning is Meaning.UNSURE]

    def _is_plain(self, group: Group, use: Use, whole: bool = False) -> bool:
        """Tell whether a use can be replaced in the text, as a ``whole`` or as far as needed."""
        alike = 1
        if use.reference.within is not None:
            mark = _text_of(use.reference)
            alike = sum(_text_of(other.reference) == mark for other in group.uses)
        depth = (
            use.depth
            if whole or use.new is None
            else shortened(use.reference, use.depth, use.new)[0]
        )
        return self._text.is_plain(use.reference, depth, alike)

    # -- following

    def _follow(self, group: Group) -> None:
        """Give uses the new names of their modules, and keep the name for what still needs it."""
        loaded = [b.new or b.module for b in group.members if b.dotted]
        unloaded = self._unloaded(group, loaded)
        loaded += unloaded
        group.keep = (
            group.scope.is_class
            or (group.scope.is_module and group.name in self._needed)
            or any(b.new_dotted is None and not b.broken for b in group.members)
            or any(u.new == u.kept and not self._reaches_root(group, loaded) for u in group.uses)
            or bool(group.unsure)
        )
        if not group.keep and group.deleted:
            tops = {(b.new_dotted or "").partition(".")[0] for b in group.changed}
            group.keep = len(tops) > 1 or any(top in group.scope.bound for top in tops)
        written = [b.new_dotted for b in group.changed if b.new_dotted]
        group.aliased = self._taken.collide(group, [*written, *unloaded]) or self._is_half_made(
            group
        )
        if group.aliased:
            if not all(self._is_plain(group, use, whole=True) for use in group.uses):
                self._keep_as_it_is(group)
                return
            group.keep |= bool(group.deleted)
        names = self._import(group, unloaded)
        if group.aliased:
            group.keep |= any(self._alias_of(group, use, names) is None for use in group.uses)
        reaches = self._reaches_root(group, loaded)
        left = [use for use in group.uses if not self._replace(group, use, names, reaches)]
        if group.keep:
            self._keep(group, left, once=not group.rebound)
        for reference in group.deleted if not group.keep else ():
            top = (group.changed[0].new_dotted or "").partition(".")[0]
            self._text.replace(reference, 0, top)

    def _is_half_made(self, group: Group) -> bool:
        """Tell whether uses may run while their package is being imported, and is no attribute yet.

        ``import a`` finds a package that is being imported, ``p.a`` does not; ``import p.a as x``
        does (https://docs.python.org/3/whatsnew/3.7.html, circular imports).
        """
        for root in group.new_roots.values():
            if group.changed and root and "." in root and self._names.is_own_package(root):
                return any(not is_called_later(use.reference.scope) for use in group.uses)
        return False

    def _reaches_root(self, group: Group, loaded: Sequence[str]) -> bool:
        """Tell whether the package is reached by the new name of a module in it."""
        return all(_covers(loaded, root) for root in group.new_roots.values())

    def _unloaded(self, group: Group, loaded: Sequence[str]) -> list[str]:
        """Return modules that are used, and that no import of the group leads to any more."""
        before = [b.module for b in group.members if b.dotted]
        found = []
        for use in group.uses:
            if use.new is None or not use.depth or _covers(loaded, use.new):
                continue
            if use in group.unsure and use.new != use.kept:
                continue
            if use.new == use.kept and not _covers(before, use.module):
                continue
            if not any(
                b.dotted
                and use.module.startswith(f"{b.module}.")
                and use.new == (b.new or b.module) + use.module[len(b.module) :]
                for b in group.members
            ):
                found.append(use.new)
        return list(dict.fromkeys(found))

    def _import(self, group: Group, unloaded: Sequence[str]) -> dict[str, str]:
        """Give imports their aliases, and add those that are missing; return names by module."""
        names: dict[str, str] = {}
        for binding in group.changed:
            assert binding.new_dotted is not None
            if group.aliased:
                alias = names.get(binding.new_dotted) or self._taken.fresh(binding.module)
                self._result.asnames[position(binding.alias)] = alias
                names[binding.new_dotted] = alias
        for module in unloaded:
            statement = f"import {module}"
            if group.aliased:
                names[module] = self._taken.fresh(module)
                statement += f" as {names[module]}"
            for place in self._first_places(group):
                if group.aliased or not self._is_imported(module, place):
                    self._result.extra.setdefault(place, []).append(statement)
        return names

    def _first_places(self, group: Group) -> list[tuple[int, int]]:
        """Return the first import of the group in every block that has one."""
        first: dict[int, tuple[int, int]] = {}
        for binding in group.members:
            place = position(binding.alias)
            first.setdefault(self._blocks.get(place, -1), place)
        return list(first.values())

    def _is_imported(self, module: str, place: tuple[int, int]) -> bool:
        """Tell whether a statement beside an import imports a module by its name."""
        return any(
            binding.dotted
            and _covers([binding.new or binding.module], module)
            and self._blocks.get(at) == self._blocks.get(place)
            for at, binding in self._bindings.items()
        )

    def _replace(self, group: Group, use: Use, names: Mapping[str, str], reaches: bool) -> bool:
        """Give a use the new name of its module; return False if it keeps the name that it has."""
        self._mind_whole(group, use)
        if use in group.unsure:
            if use.depth and use.new != use.kept:
                self._lost(group, use)
            return False
        if use.new is None and (use.depth or not group.keep):
            self._lost(group, use)
        if use.new is None or (not use.depth and group.keep):
            return False
        alias = self._alias_of(group, use, names)
        stays = [b for b in group.members if b.dotted and b.new_dotted is None]
        unchanged = any(f"{use.module}.".startswith(f"{b.module}.") for b in stays)
        loose = not group.changed or unchanged or not reaches or group.aliased
        if group.keep and loose and alias is None and use.new == use.kept:
            return False
        if group.aliased and alias is None:
            self._lost(group, use)
            return False
        self._text.replace(use.reference, use.depth, alias or use.new)
        if alias is None:
            self._taken.note(use.new, use.reference.scope, group.scope)
        return True

    def _alias_of(self, group: Group, use: Use, names: Mapping[str, str]) -> str | None:
        """Return how a use is written by the alias of its module, or of the package above it.

        A use that comes before the import has none.
        """
        if not use.depth or use.new is None:
            return None
        for module in sorted(names, key=len, reverse=True):
            if f"{use.new}.".startswith(f"{module}."):
                bound = [b.alias for b in group.changed if b.new_dotted == module]
                first = min(map(position, bound), default=(0, 0))
                if use.place < first and not is_called_later(use.reference.scope, group.scope):
                    return None
                return names[module] + use.new[len(module) :]
        return None

    def _keep_as_it_is(self, group: Group) -> None:
        """Keep the name bound as it was; report the uses that this cannot serve."""
        group.keep = True
        written = [b.new_dotted for b in group.changed if b.new_dotted]
        kept = {use.kept for use in group.uses}
        unloaded = [m for m in self._unloaded(group, written) if m in kept]
        group.aliased = self._taken.collide(group, [*written, *unloaded])
        self._import(group, unloaded if written else ())
        self._keep(group, group.uses, once=False)
        for use in group.uses:
            self._mind_whole(group, use)
            if use.depth and use.new != use.kept:
                self._lost(group, use)

    def _keep(self, group: Group, uses: Sequence[Use], once: bool) -> None:
        """Bind the name behind every import that no longer does, for the uses that are left.

        ``once`` in a block is enough if nothing else binds the name.
        """
        bound: set[tuple[int, str]] = set()
        for binding in group.members:
            place = position(binding.alias)
            block = (self._blocks.get(place, -1), binding.root)
            if binding.new_dotted is None:
                bound.add(block)
                continue
            if once and (block in bound or self._is_bound_next(group, binding, uses)):
                continue
            bound.add(block)
            root = group.new_roots.get(binding.root)
            if root is None:
                self._findings_for(
                    binding.alias.lineno,
                    f"import {binding.module}: {group.name} is used in ways that cannot be "
                    f"followed to {binding.new}",
                    f"Write: import {binding.new}, and change the uses of {group.name}.",
                )
                continue
            exported = group.scope.is_module and group.name in self._needed - self._listed
            text = bound_as(root, group.name, repeat=exported and not uses)
            statement = text if text.startswith("from ") else f"import {text}"
            self._result.extra.setdefault(place, []).append(statement)

    def _is_bound_next(self, group: Group, binding: Binding, uses: Sequence[Use]) -> bool:
        """Tell whether a later import of the same block binds the name before it is used."""
        place = position(binding.alias)
        after = [use.place for use in uses if use.place > place]
        if any(use.reference.scope is not group.scope for use in uses):
            return False
        return any(
            (other.new_dotted, other.root) == (None, binding.root)
            and self._blocks.get(position(other.alias)) == self._blocks.get(place)
            and place < position(other.alias) < min(after, default=(sys.maxsize, 0))
            for other in group.members
        )

    # -- findings

    def _mind_whole(self, group: Group, use: Use) -> None:
        """Report a package that is handed on as a whole, if a module went out of it."""
        if not use.is_whole or use.new is None:
            return
        for binding in group.members:
            rest = binding.module[len(use.module) :]
            if rest.startswith(".") and binding.new_dotted not in (None, use.new + rest):
                self._findings_for(
                    use.place[0],
                    f"{use.module} is handed on as a whole here, and {binding.module} is no "
                    f"longer in it: it is {binding.new} now",
                    "Check what is done with it.",
                )
                return

    def _lost(self, group: Group, use: Use) -> None:
        went = f"is {use.new} now" if use.new else "has no name that can be imported from here"
        self._findings_for(
            use.place[0],
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
