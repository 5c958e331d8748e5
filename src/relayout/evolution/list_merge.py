"""Arrays are merged three ways as sets with an order: both sides' additions and removals are made.

Of requirements (PEP 508) two are the same item if they ask for the same distribution, so that one
side may raise a version where the other adds to the list.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from packaging.requirements import InvalidRequirement

from relayout.evolution.disagreement import Disagreement
from relayout.evolution.requirement_merge import meaning, merge_requirements
from relayout.evolution.toml_values import MISSING, fingerprint, label_of, same
from relayout.inventory.declared import distribution_name, parse_requirement

Identify = Callable[[Any], Hashable]
"""Returns what an item has in common with the same item of another list."""


def merge_lists(
    base: list[Any], ours: list[Any], theirs: list[Any], are_requirements: bool
) -> list[Any] | None:
    """Return the merged list, in our order; a Disagreement stands where items contradict.

    What is new comes behind what it follows in their list, or where it belongs if both lists are
    sorted. Returns None if the lists cannot be merged: an item stands in one of them twice, is no
    text and no table, or an option of a command line was replaced by both sides.
    """
    identify = _by_distribution([base, ours, theirs]) if are_requirements else fingerprint
    items = [{identify(item): item for item in side} for side in (base, ours, theirs)]
    if any(len(found) < len(side) for found, side in zip(items, (base, ours, theirs), strict=True)):
        return None
    if not all(isinstance(item, str | dict) for side in (base, ours, theirs) for item in side):
        return None
    if _is_command_line(ours) and both_replaced(*items):
        return None
    merge = _merge_requirement if are_requirements else _merge_item
    merged = {
        key: merge(*(side.get(key, MISSING) for side in items)) for key in {**items[1], **items[2]}
    }
    kept = {key for key, item in merged.items() if item is not MISSING}
    labels = {key: _rank(item) for side in items for key, item in side.items()}
    return [merged[key] for key in joined([*items[1]], [*items[2]], kept, labels)]


def both_replaced(
    base: Collection[Hashable], ours: Collection[Hashable], theirs: Collection[Hashable]
) -> bool:
    """Tell whether both sides took out the same item, and each put something else there."""
    gone = {key for key in base if key not in ours and key not in theirs}
    added, brought = ({key for key in side if key not in base} for side in (ours, theirs))
    return bool(gone) and bool(added) and bool(brought) and added != brought


def joined(
    ours: Sequence[Hashable],
    theirs: Sequence[Hashable],
    kept: Collection[Hashable],
    labels: Mapping[Hashable, str] | None = None,
) -> list[Any]:
    """Return those of both lists that are kept, ours first, each of theirs behind what it follows.

    With ``labels`` it goes where it belongs if both lists are sorted by them.
    """
    order = [key for key in ours if key in kept]
    for index, key in enumerate(theirs):
        if key not in kept or key in order:
            continue
        if labels and _is_sorted(ours, labels) and _is_sorted(theirs, labels):
            at = bisect([labels[other] for other in order], labels[key])
        else:
            at = place_of(order, theirs, index)
        order.insert(at, key)
    return order


def place_of(order: Sequence[Hashable], theirs: Sequence[Hashable], index: int) -> int:
    """Return where one of theirs goes in an order: behind what it follows, else before the next."""
    behind = next((k for k in reversed(theirs[:index]) if k in order), None)
    if behind is not None:
        return order.index(behind) + 1
    before = next((k for k in theirs[index + 1 :] if k in order), None)
    return len(order) if before is None else order.index(before)


def _is_sorted(keys: Sequence[Hashable], labels: Mapping[Hashable, str]) -> bool:
    return len(keys) > 1 and all(labels[one] <= labels[two] for one, two in pairwise(keys))


def _rank(item: Any) -> str:
    return distribution_name(label_of(item)).casefold()


def _merge_requirement(base: Any, ours: Any, theirs: Any) -> Any:
    """Return what becomes of a requirement: its text, MISSING, or a Disagreement."""
    was, mine, new = (
        meaning(side) if isinstance(side, str) else fingerprint(side)
        for side in (base, ours, theirs)
    )
    if new in (was, mine):
        return ours
    if was == mine:
        return theirs
    if isinstance(base, str) and isinstance(ours, str) and isinstance(theirs, str):
        both = merge_requirements(base, ours, theirs)
        if both is not None:
            return both
    return _merge_item(base, ours, theirs)


def _merge_item(base: Any, ours: Any, theirs: Any) -> Any:
    """Return what becomes of an item: a text or table, MISSING, or a Disagreement."""
    if same(ours, theirs) or same(base, theirs):
        return ours
    if same(base, ours):
        return theirs
    said = next(item for item in (ours, theirs, base) if item is not MISSING)
    return Disagreement(base, ours, theirs, distribution_name(label_of(said)))


def _by_distribution(lists: Sequence[Sequence[Any]]) -> Identify:
    """Return what identifies a requirement: its distribution, with its marker if that is needed."""
    named = [[_distribution(item) for item in items] for items in lists]
    is_enough = all(len({*names}) == len(names) for names in named)
    return _distribution if is_enough else _distribution_and_marker


def _distribution(item: Any) -> Hashable:
    return ("name", distribution_name(item)) if isinstance(item, str) else fingerprint(item)


def _distribution_and_marker(item: Any) -> Hashable:
    try:
        requirement = parse_requirement(item) if isinstance(item, str) else None
    except InvalidRequirement:
        requirement = None
    if requirement is None:
        return fingerprint(item)
    return ("name", distribution_name(item), str(requirement.marker))


def _is_command_line(items: Sequence[Any]) -> bool:
    return any(isinstance(item, str) and item.startswith("-") for item in items)
