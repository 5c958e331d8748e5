"""The statements that give a setting its value, found backwards from the end of the module.

It is the usual backward slice (M. Weiser, "Program slicing", 1984): a statement is needed if it
binds or changes what a needed statement loads. Where two names may mean one object, a change of one
counts for both; a name that is bound anew needs nothing that was before.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname

from relayout.conversions.django.settings.effects import ENVIRONMENT, Effect, effect_of, names_in
from relayout.conversions.django.settings.modules import SettingsModule, Step
from relayout.conversions.django.settings.understood import problem_of
from relayout.source import nodes_in

_MAX_VISITS = 2_000_000
"""Statements that are looked at for all settings together; people's modules need a tenth of it."""


@dataclass(frozen=True, slots=True)
class Needed:
    """The statements that one setting needs, by their number, and why they cannot be carried.

    ``line`` and ``path`` say where the problem is; ``problem`` is empty if there is none.
    """

    numbers: frozenset[int]
    problem: str = ""
    path: str = ""
    line: int = 0


class Slicer:
    """Finds what settings of one settings module need."""

    def __init__(self, module: SettingsModule) -> None:
        self.module = module
        self.steps = module.steps
        self._effects = [effect_of(step.node) for step in self.steps]
        self._known: dict[str, Needed] = {}
        self._visits = 0

    @cached_property
    def origins(self) -> dict[str, str]:
        """What each imported name stands for."""
        found: dict[str, str] = {}
        for step in self.steps:
            if isinstance(step.node, ast.Import | ast.ImportFrom):
                found.update(imported_by(step.node))
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """The settings that the module sets: names in capitals.

        https://docs.djangoproject.com/en/stable/topics/settings/#creating-your-own-settings
        """
        return frozenset(
            name
            for step, effect in zip(self.steps, self._effects, strict=True)
            for name in effect.stores
            if name.isupper() and self.module.is_visible(step, name)
        )

    @cached_property
    def in_classes(self) -> frozenset[str]:
        """The names that classes set, as those of django-configurations do."""
        return frozenset(
            name
            for step in self.steps
            if isinstance(step.node, ast.ClassDef)
            for statement in step.node.body
            for name in effect_of(statement).stores
        )

    def always_set(self, name: str) -> bool:
        """Tell whether a name is bound whatever conditions hold."""
        return any(
            name in effect.replaces and not step.guards
            for step, effect in zip(self.steps, self._effects, strict=True)
        )

    def needed_for(self, name: str) -> Needed:
        """Return what a setting needs."""
        if name not in self._known:
            numbers = self._slice(name)
            if numbers is None:
                self._known[name] = Needed(
                    frozenset(), "there is too much to read", *self.line_of(name)
                )
            else:
                self._known[name] = self._judge(numbers)
        return self._known[name]

    def line_of(self, name: str) -> tuple[str, int]:
        """Return the path and line of the last statement that binds a name."""
        for step, effect in zip(reversed(self.steps), reversed(self._effects), strict=True):
            if name in effect.stores:
                return step.path, step.node.lineno
        return self.module.path, 0

    def stores_of(self, numbers: Iterable[int]) -> set[str]:
        """Return the names that the statements with these numbers bind."""
        return {name for number in numbers for name in self._effects[number].stores}

    # -- the slice

    @cached_property
    def _same(self) -> Mapping[str, frozenset[str]]:
        """By name: the names that may mean the same object, or a part of it."""
        parents: dict[str, str] = {}

        def first(name: str) -> str:
            while parents.setdefault(name, name) != name:
                parents[name] = name = parents[parents[name]]
            return name

        for effect in self._effects:
            for one, other in effect.aliases:
                if one not in self.origins and other not in self.origins:
                    parents[first(one)] = first(other)
        groups: dict[str, set[str]] = {}
        for name in list(parents):
            groups.setdefault(first(name), set()).add(name)
        frozen = {top: frozenset(group) for top, group in groups.items()}
        return {name: frozen[first(name)] for name in parents}

    @cached_property
    def _touched(self) -> list[frozenset[str]]:
        return [self._touched_by(effect) for effect in self._effects]

    def _touched_by(self, effect: Effect) -> frozenset[str]:
        own = effect.touches - self.origins.keys()
        return frozenset().union(own, *(self._same.get(name, ()) for name in own))

    def _slice(self, name: str) -> frozenset[int] | None:
        """Return the numbers of the statements for a name; None if that takes too long."""
        included: set[int] = set()
        ever = {name}
        always: set[str] = set()
        while True:
            self._visits += len(self.steps)
            if self._visits > _MAX_VISITS:
                return None
            before = (len(included), len(ever), len(always))
            needed = {name} | always
            for number in range(len(self.steps) - 1, -1, -1):
                effect = self._effects[number]
                touched = self._touched[number]
                if not (
                    number in included
                    or not effect.stores.isdisjoint(needed)
                    or not touched.isdisjoint(ever)
                ):
                    continue
                included.add(number)
                if not self.steps[number].guards:
                    needed -= effect.replaces - always
                loads = set(effect.loads)
                for guard in self.steps[number].guards:
                    loads |= names_in(guard.node.test)
                always |= effect.later
                needed |= loads
                ever |= loads | effect.stores - {ENVIRONMENT}
            if before == (len(included), len(ever), len(always)):
                return frozenset(included)

    # -- whether it can be carried

    def _judge(self, numbers: frozenset[int]) -> Needed:
        for number in sorted(numbers):
            if self._problems[number]:
                step = self.steps[number]
                return Needed(numbers, self._problems[number], step.path, step.node.lineno)
        placed = [self.steps[n] for n in sorted(numbers) if n in self._placed]
        if len({dirname(step.path) for step in placed}) > 1:
            problem = "it counts from the places of two modules"
            return Needed(numbers, problem, placed[0].path, placed[0].node.lineno)
        return Needed(numbers)

    @cached_property
    def _problems(self) -> list[str]:
        """Why each statement cannot be carried; empty for those that can."""
        bound = frozenset(name for effect in self._effects for name in effect.stores)
        return [
            problem_of(step, self.origins, bound, self.module.unclear) or self._unclear_name(number)
            for number, step in enumerate(self.steps)
        ]

    @cached_property
    def _placed(self) -> frozenset[int]:
        return frozenset(n for n, step in enumerate(self.steps) if has_place(step))

    def _unclear_name(self, number: int) -> str:
        """Return why a name is not the one that it seems, where several modules have one of it."""
        for name in self._effects[number].stores:
            homes = self._homes.get(name, ())
            if len(homes) > 1 and (name in self.origins or any(v is not None for _, v in homes)):
                return f"{name} means different things at different places"
        return ""

    @cached_property
    def _homes(self) -> dict[str, set[tuple[str, str | None]]]:
        """By name: the modules that bind it, with what else than all is taken from them.

        An import that says the same everywhere is one.
        """
        found: dict[str, set[tuple[str, str | None]]] = {}
        for step, effect in zip(self.steps, self._effects, strict=True):
            for name in effect.stores:
                imported = dict(imported_by(step.node)).get(name)
                hidden = not self.module.is_visible(step, name)
                key = (imported or step.path, "hidden" if hidden and not imported else None)
                found.setdefault(name, set()).add(key)
        return found


def imported_by(node: ast.stmt) -> dict[str, str]:
    """Return what an import statement binds: name to qualified name."""
    found: dict[str, str] = {}
    if isinstance(node, ast.Import):
        for alias in node.names:
            top = alias.name.partition(".")[0]
            found[alias.asname or top] = alias.name if alias.asname else top
    elif isinstance(node, ast.ImportFrom):
        base = "." * node.level + (node.module or "")
        for alias in node.names:
            found[alias.asname or alias.name] = f"{base}.{alias.name}"
    return found


def has_place(step: Step) -> bool:
    """Tell whether a statement asks for its file's place."""
    nodes: Collection[ast.AST] = nodes_in(step.node)
    return any(isinstance(n, ast.Name) and n.id == "__file__" for n in nodes)
