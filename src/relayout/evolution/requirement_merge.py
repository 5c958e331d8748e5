"""One requirement (PEP 508) that both sides changed: what one asks for and the other does not deny.

One side may add an extra where the other raises the version.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement
from packaging.utils import canonicalize_name

from relayout.inventory.declared import distribution_name, is_requirement, parse_requirement

_PARTS = re.compile(r"\s*([\w.-]+)\s*(?:\[([^\]]*)\])?([^;]*)(;.*)?", re.DOTALL)


@dataclass(frozen=True)
class _Parts:
    name: str
    extras: tuple[str, ...]
    version: str
    marker: str


def meaning(text: str) -> Hashable:
    """Return what two requirements have in common if they ask for the same, however written."""
    try:
        requirement = parse_requirement(text)
    except InvalidRequirement:
        return text
    return (
        distribution_name(text),
        frozenset(map(canonicalize_name, requirement.extras)),
        requirement.specifier,
        requirement.url,
        str(requirement.marker),
    )


def merge_requirements(base: str, ours: str, theirs: str) -> str | None:
    """Return the requirement that both changes make of ``base``; None if they contradict."""
    sides = [_parts_of(text) for text in (base, ours, theirs)]
    was, mine, new = sides
    if was is None or mine is None or new is None:
        return None
    versions = _one_changed(was.version, mine.version, new.version)
    markers = _one_changed(was.marker, mine.marker, new.marker)
    if versions is None or markers is None:
        return None
    gone = {*was.extras} - ({*mine.extras} & {*new.extras})
    extras = [extra for extra in dict.fromkeys([*mine.extras, *new.extras]) if extra not in gone]
    listed = f"[{','.join(extras)}]" if extras else ""
    text = f"{mine.name}{listed}{versions}{markers}"
    return text if is_requirement(text) else None


def _parts_of(text: str) -> _Parts | None:
    found = _PARTS.fullmatch(text) if is_requirement(text) else None
    if found is None:
        return None
    name, extras, version, marker = found.groups()
    names = tuple(extra.strip() for extra in (extras or "").split(",") if extra.strip())
    return _Parts(name, names, version, marker or "")


def _one_changed(was: str, mine: str, new: str) -> str | None:
    """Return what changed on one side, or on both in the same way; None if they differ."""
    if mine.split() == new.split() or new.split() == was.split():
        return mine
    return new if mine.split() == was.split() else None
