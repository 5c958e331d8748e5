"""Requirements of one name in several files: the narrower one holds, a contradiction is told.

uv and Poetry solve all groups of a project together, so that two of them cannot pin one package
to two versions (https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-groups).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from relayout.inventory.constraints import narrowed, pinned_version
from relayout.inventory.declared import Declared, parse_requirement

_Key = tuple[str, str]


def without_contradictions(
    requirements: Sequence[Declared],
) -> tuple[list[Declared], list[Declared]]:
    """Return requirements that can stand together, and the others, each with its problem.

    Of two in one group the narrower stays, across groups both do; what the code needs to run goes
    before the groups, and the rest is in order.
    """
    kept: dict[tuple[str, _Key], Declared] = {}
    problems: list[Declared] = []
    for declared in sorted(requirements, key=lambda d: bool(d.group)):
        key = _key(declared)
        others = [other for (_, known), other in kept.items() if known == key]
        against = next((other for other in others if _contradict(declared, other)), None)
        if against is not None:
            problems.append(replace(declared, problem=f"contradicts {_shown(against)}"))
            continue
        mine = (declared.group, key)
        kept[mine] = _narrower(kept[mine], declared) if mine in kept else declared
    return list(kept.values()), problems


def _shown(declared: Declared) -> str:
    line = f", line {declared.line}" if declared.line else ""
    return f"{declared.shown!r} in {declared.file}{line}"


def _key(declared: Declared) -> _Key:
    """Return what two requirements have in common if they are about the same: name and marker."""
    requirement = parse_requirement(declared.text)
    return canonicalize_name(requirement.name), str(requirement.marker or "")


def _contradict(one: Declared, other: Declared) -> bool:
    """Tell whether no version satisfies both, as far as pins and addresses say."""
    if one.path or other.path:
        return one.path != other.path
    mine, its = parse_requirement(one.text), parse_requirement(other.text)
    if mine.url or its.url:
        return mine.url != its.url
    return _excludes(mine.specifier, its.specifier) or _excludes(its.specifier, mine.specifier)


def _excludes(pin: SpecifierSet, other: SpecifierSet) -> bool:
    version = pinned_version(pin)
    return bool(version) and not other.contains(version, prereleases=True)


def _narrower(one: Declared, other: Declared) -> Declared:
    mine, its = parse_requirement(one.text), parse_requirement(other.text)
    if one.path or mine.url or mine.specifier == its.specifier:
        return one if mine.extras >= its.extras else other
    chosen = narrowed(mine.specifier, its.specifier)
    return other if chosen == str(its.specifier) and mine.extras <= its.extras else one
