"""The moves that bring the code of a repository from one layout to another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from posixpath import basename
from typing import Any

from relayout.errors import Refusal
from relayout.evolution.counterparts import Counterparts, Match, component_answers, side_of
from relayout.evolution.parts import Part, Parts
from relayout.tree import Tree

_MARKERS = frozenset({"__init__.py", "py.typed", ".gitkeep", "pyproject.toml"})
"""Names of files that both layouts may have, and that are merged."""
_SHOWN = 3


def check_layout_change(
    ours: Tree, old: Mapping[str, Any], new: Mapping[str, Any], parts: Parts
) -> None:
    """Raise Refusal if something in the user's tree has no counterpart in the new layout.

    ``old`` and ``new`` are the answers, of which the layout and the package are looked at.
    """
    counterparts = counterparts_of(ours, old, new, parts)
    require_counterparts(counterparts, ours, str(old["layout"]), str(new["layout"]))


def counterparts_of(
    tree: Tree, old: Mapping[str, Any], new: Mapping[str, Any], parts: Parts
) -> Counterparts:
    """Return what finds counterparts for a tree, and the answers before and after."""
    return Counterparts(parts, side_of(old, tree), side_of(new), [*tree])


def require_counterparts(
    counterparts: Counterparts, tree: Tree, old_layout: str, new_layout: str
) -> None:
    """Raise Refusal if something in a tree is of use in the old layout alone."""
    bound = list(counterparts.bound(tree))
    if not bound:
        return
    named = "; ".join(f"{one.name} ({_listed(paths)})" for one, paths in bound)
    advice = dict.fromkeys(one.advice for one, _ in bound)
    raise Refusal(
        f"the layout {new_layout} has no place for what is here of {old_layout}: {named}", *advice
    )


def _listed(paths: list[str]) -> str:
    shown = ", ".join(paths[:_SHOWN])
    return shown if len(paths) <= _SHOWN else f"{shown}, and {len(paths) - _SHOWN} more"


def moves_by_parts(
    counterparts: Counterparts, tree: Tree, rendered: Collection[str], there: Collection[str]
) -> dict[str, str]:
    """Return where the files of a tree go that are in a part, by the path before.

    A folder of the table has one place: where one file of it cannot stand, all of it goes to the
    next. Whether two files would share a path is not looked at.
    """
    matches = dict(_matches(counterparts, tree, rendered, there))
    folders: dict[tuple[Part, tuple[str, ...]], list[str]] = {}
    for path, match in matches.items():
        names = tuple(match.names.values())
        folders.setdefault((match.part, names), []).append(path)
    moves: dict[str, str] = {}
    for (part, _), paths in folders.items():
        options = [list(counterparts.places(matches[path])) for path in paths]
        ways = [dict(zip(paths, places, strict=True)) for places in zip(*options, strict=True)]
        taken = () if part.is_own else there
        moves |= next((way for way in ways if not _collides(way, taken)), ways[-1])
    return {path: place for path, place in moves.items() if path != place}


def _matches(
    counterparts: Counterparts, tree: Tree, rendered: Collection[str], there: Collection[str]
) -> Iterator[tuple[str, Match]]:
    """Yield the files that are in a part; not the layout's that both layouts have at one path."""
    components = set(component_answers(tree))
    for path in tree:
        match = counterparts.match(path)
        if match is None or path in components:
            continue
        is_own = path in rendered and counterparts.is_own(path) and not match.part.is_own
        if not is_own or path not in there:
            yield path, match


def _collides(way: Mapping[str, str], there: Collection[str]) -> bool:
    """Tell whether one of the files would stand where the new layout has another."""
    return any(
        place in there and basename(place) not in _MARKERS and path != place
        for path, place in way.items()
    )


def check_moves(moves: Mapping[str, str], tree: Tree) -> None:
    """Raise Refusal if two files would share a path; letters of two cases are one to some disks."""
    taken = {path.casefold(): path for path in tree if path not in moves}
    for path, place in moves.items():
        other = taken.setdefault(place.casefold(), path)
        if other != path:
            raise Refusal(
                f"{path} and {other} would both be {place} in the new layout",
                "Rename one of them, commit that, and update again.",
            )
