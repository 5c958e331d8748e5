"""Constraints files of pip: what bounds the versions of requirements that stand elsewhere.

See https://pip.pypa.io/en/stable/user_guide/#constraints-files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from packaging.specifiers import SpecifierSet

from relayout.inventory.declared import (
    Declared,
    distribution_name,
    parse_requirement,
    requirement_text,
)


class Constraints:
    """The bounds that the ``-c`` lines of one requirements file bring."""

    def __init__(self) -> None:
        self._by_name: dict[str, Declared] = {}
        self._unusable: list[Declared] = []

    def add(self, declared: Declared) -> None:
        """Take up one line of a constraints file."""
        if declared.problem or declared.path or parse_requirement(declared.text).url:
            self._unusable.append(declared)
        else:
            self._by_name.setdefault(distribution_name(declared.text), declared)

    def applied_to(self, found: Sequence[Declared]) -> list[Declared]:
        """Return requirements with their bounds, and a problem for each file with others."""
        used: set[str] = set()
        bounded = []
        for declared in found:
            name = distribution_name(declared.text)
            bound = self._by_name.get(name)
            if bound is None or declared.problem or declared.path:
                bounded.append(declared)
            else:
                bounded.append(_bounded(declared, bound))
                used.add(name)
        rest = [bound for name, bound in self._by_name.items() if name not in used]
        return [*bounded, *_left(rest), *self._unusable]


def _bounded(declared: Declared, bound: Declared) -> Declared:
    mine, its = parse_requirement(declared.text), parse_requirement(bound.text)
    if mine.url or its.marker or not its.specifier:
        return declared
    specifier = narrowed(mine.specifier, its.specifier)
    extras, marker = sorted(mine.extras), str(mine.marker or "")
    return replace(declared, text=requirement_text(mine.name, extras, specifier, marker=marker))


def narrowed(one: SpecifierSet, other: SpecifierSet) -> str:
    """Return what satisfies both: the pin, if one is a pin that the other allows."""
    for pin, rest in ((other, one), (one, other)):
        version = pinned_version(pin)
        if version and rest.contains(version, prereleases=True):
            return str(pin)
    return str(one & other)


def pinned_version(specifier: SpecifierSet) -> str:
    """Return the one version that a specifier allows; empty if it allows several."""
    exact = [s for s in specifier if s.operator == "==" and not s.version.endswith("*")]
    return exact[0].version if len(exact) == 1 and len(specifier) == 1 else ""


def _left(rest: Sequence[Declared]) -> list[Declared]:
    """Return one problem for each constraints file that bounds what no line requires."""
    found = []
    for file in dict.fromkeys(bound.file for bound in rest):
        names = [distribution_name(bound.text) for bound in rest if bound.file == file]
        problem = "have bounds here, and no line requires them"
        first = next(bound for bound in rest if bound.file == file)
        found.append(Declared(", ".join(names), file, first.line, "", problem))
    return found
