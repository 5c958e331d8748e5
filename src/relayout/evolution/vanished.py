"""Which paths of an earlier version are rendered no longer without a word.

Such a path would be lost in an update: the file would go, with what its users wrote into it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from relayout.evolution.answers import carried_over
from relayout.evolution.versions import Declared


@dataclass(frozen=True)
class Vanished:
    """A path that was rendered, and is not where the declarations of later versions lead to.

    ``expected`` is where they lead; it is the path itself if none of them is about it.
    """

    path: str
    expected: str


def find_vanished(
    before: Collection[str],
    now: Collection[str],
    declared: Iterable[Declared],
    answers: Mapping[str, Any],
) -> tuple[Vanished, ...]:
    """Return what the rendering ``before`` has and ``now`` lacks without a word, sorted by path.

    ``declared`` are the versions after that of ``before``, in their order; ``answers`` are those
    that it was rendered with. What a split brings about is expected like any other path.
    """
    places = {path: path for path in before}
    for version in declared:
        for split in version.splits_of(places.values(), answers):
            places |= {part.path: part.path for part in split.parts}
        gone = version.removals_of(places.values(), answers)
        places = {first: place for first, place in places.items() if place not in gone}
        there = frozenset(places.values())
        moves = version.moves_of(there, answers, there)
        places = {first: moves.get(place, place) for first, place in places.items()}
        answers = carried_over(answers, version.answers)
    lost = {first: place for first, place in places.items() if place not in now}
    return tuple(Vanished(first, lost[first]) for first in sorted(lost))


def advice(vanished: Vanished, released: str, next_version: str, layout: str, scope: str) -> str:
    """Return what is wrong with one path, and what to write where, in a few lines."""
    file = f"migrations/versions/{next_version}.yml"
    extent = f"        layouts: [{layout}]\n        scopes: [{scope}]"
    problem = (
        f"{layout}, scope {scope}: {vanished.path} of version {released} is rendered no longer"
    )
    if vanished.expected != vanished.path:
        return (
            f"{problem},\n"
            f"  and {vanished.expected}, where migrations/versions says it went, is not rendered "
            "either.\n  Correct the declaration."
        )
    return (
        f"{problem}.\n"
        f"  Say in {file} where it went, with answers as templates have them, {{{{ package }}}}:\n"
        f"    moves:\n      - from: {vanished.path}\n        to: ...\n{extent}\n"
        f"  or, if it has no successor, why:\n"
        f"    removed:\n      - path: {vanished.path}\n        reason: ...\n{extent}"
    )
