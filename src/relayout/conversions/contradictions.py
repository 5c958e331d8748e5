"""Requirements of one name in several files: the narrower one holds, a contradiction is told.

uv and Poetry solve all groups of a project together, so that two of them cannot pin one package
to two versions (https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-groups),
unless uv is told that they are never installed together
(https://docs.astral.sh/uv/concepts/projects/config/#conflicting-dependencies).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from relayout.inventory.constraints import narrowed, pinned_version
from relayout.inventory.declared import Declared, parse_requirement, requirement_text

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Requirements that can be declared, and the others, each with its problem.

    ``apart`` are pairs of groups that contradict each other, and so cannot be installed together;
    the main one is the empty string.
    """

    kept: tuple[Declared, ...]
    problems: tuple[Declared, ...]
    apart: tuple[tuple[str, str], ...] = ()


def weighed(requirements: Sequence[Declared], may_part: Collection[str] = ()) -> Weighed:
    """Return which requirements can be declared.

    Of two in one group the narrower stays, across groups both do; what the code needs to run goes
    before the groups, and the rest is in order. The groups of ``may_part`` may contradict others.
    """
    kept: dict[tuple[str, _Key], Declared] = {}
    by_key: dict[_Key, list[tuple[str, _Key]]] = {}
    problems: list[Declared] = []
    apart: dict[tuple[str, str], None] = {}
    for declared in sorted(requirements, key=lambda d: bool(d.group)):
        key = _key(declared)
        others = [kept[place] for place in by_key.get(key, ())]
        against = [other for other in others if _contradict(declared, other)]
        parting = {other.group for other in against if _may_part(declared, other, may_part)}
        fatal = next((other for other in against if other.group not in parting), None)
        if fatal is not None:
            problems.append(replace(declared, problem=f"contradicts {_shown(fatal)}"))
            continue
        apart |= {(group, declared.group): None for group in sorted(parting)}
        mine = (declared.group, key)
        if mine in kept:
            kept[mine] = _narrower(kept[mine], declared)
        else:
            kept[mine] = declared
            by_key.setdefault(key, []).append(mine)
    return Weighed(tuple(kept.values()), tuple(problems), tuple(apart))


def _may_part(one: Declared, other: Declared, may_part: Collection[str]) -> bool:
    return one.group != other.group and (one.group in may_part or other.group in may_part)


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
    """Return the requirement that says what both say: one of them, if it does."""
    mine, its = parse_requirement(one.text), parse_requirement(other.text)
    if one.path or mine.url:
        return one if mine.extras >= its.extras else other
    extras, specifier = mine.extras | its.extras, narrowed(mine.specifier, its.specifier)
    for said, told in ((one, mine), (other, its)):
        if told.extras == extras and _is_same(told.specifier, SpecifierSet(specifier)):
            return said
    marker = str(mine.marker or "")
    return replace(one, text=requirement_text(mine.name, sorted(extras), specifier, "", marker))


def _is_same(one: SpecifierSet, other: SpecifierSet) -> bool:
    are_pins = bool(pinned_version(one) and pinned_version(other))
    return one == other or (are_pins and not _excludes(one, other))
