"""What crossed versions declare, carried out on trees: in the coordinates of the new layout.

The old rendering and the user's tree go the same way. So a merge with the new rendering compares
files by what they are, and sees no moves but the user's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import basename, dirname, join
from typing import Any

from relayout.evolution.answers import carried_over
from relayout.evolution.command_names import rename_commands
from relayout.evolution.renamed_answers import moves_by_answers
from relayout.evolution.versions import Declared
from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.planning.plan import Finding
from relayout.planning.split import Split
from relayout.planning.territories import find_homes
from relayout.recipes import Recipe
from relayout.relocation import relocate
from relayout.tree import Tree


@dataclass(frozen=True)
class Followed:
    """The two trees after the moves, and the answers as the new questions take them.

    ``elsewhere`` are files of the old rendering that the user moved himself, by the paths that they
    have now. ``moves`` are those of the user's tree, from the first path to the last. ``findings``
    are about files of that tree.
    """

    base: Tree
    ours: Tree
    answers: Mapping[str, Any]
    homes: tuple[Home, ...]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def follow_versions(
    trees: tuple[Tree, Tree],
    declared: Iterable[Declared],
    answers: Mapping[str, Any],
    recipe: Recipe,
    elsewhere: Mapping[str, str] | None = None,
) -> Followed:
    """Return the old rendering and the user's tree after what versions declare, in order.

    The rendering may be that of a component alone: what its code imports is looked up in the user's
    tree. ``answers`` are those that it was rendered with, ``elsewhere`` the files of it that the
    user has moved himself. Raises Refusal for a declaration that cannot be carried out.
    """
    base, ours = trees
    followed = Followed(base, ours, answers, homes_of(ours, answers, recipe), elsewhere or {})
    for one in declared:
        followed = _follow(followed, one)
    return followed


def follow_answers(followed: Followed, theirs: Tree, new: Mapping[str, Any]) -> Followed:
    """Return the two trees after what other answers than before call otherwise.

    ``theirs`` is the rendering with the ``new`` answers.
    """
    moved = [
        moves_by_answers(
            frozenset(tree), frozenset(followed.base), frozenset(theirs), followed.answers, new
        )
        for tree in (followed.base, followed.ours)
    ]
    homes = tuple(_moved_home(home, moved[0]) for home in followed.homes)
    base = relocate(followed.base, _possible(moved[0], followed.base), homes)
    ours = relocate(followed.ours, _possible(moved[1], followed.ours), homes)
    return replace(
        followed,
        base=base.tree,
        ours=ours.tree,
        homes=homes,
        moves=chained(followed.moves, ours.moves),
        findings=(*followed.findings, *ours.findings),
    )


def follow_users_moves(
    followed: Followed, theirs: Tree, moved: Mapping[str, str]
) -> tuple[Tree, Tree]:
    """Return the old and the new rendering with the user's own moves made in them.

    ``moved`` are the files of the old rendering, after the versions' moves, that the user moved
    elsewhere. So what the new version brings names them as they are called here.
    """
    followed_in = []
    for tree in (followed.base, theirs):
        moves = {old: new for old, new in moved.items() if old in tree and new not in tree}
        followed_in.append(relocate(tree, moves, followed.homes).tree)
    return followed_in[0], followed_in[1]


def homes_of(tree: Tree, answers: Mapping[str, Any], recipe: Recipe) -> tuple[Home, ...]:
    """Return the packages of a repository that is on a layout. Raises Refusal."""
    package = str(answers.get("package") or "")
    return find_homes(take_inventory(tree), recipe, package).all


def _follow(followed: Followed, declared: Declared) -> Followed:
    """Carry out what one version declares."""
    answers = followed.answers
    is_component = answers.get("scope", "repository") != "repository"
    whole = followed.ours.with_files_of(followed.base) if is_component else followed.base
    base_splits, base_moves = _wanted(whole, followed.base, declared, answers)
    ours_splits, ours_moves = _wanted(followed.ours, followed.base, declared, answers)
    own = tuple(_placed_split(one, followed) for one in base_splits)
    ours_splits += tuple(one for one in own if one is not None)
    homes = tuple(_moved_home(home, {**base_moves, **ours_moves}) for home in followed.homes)
    ours = relocate(followed.ours, _possible(ours_moves, followed.ours), homes, ours_splits)
    base = relocate(whole, _possible(base_moves, whole), homes, base_splits)
    commands = declared.entry_points_of(answers)
    return replace(
        followed,
        base=rename_commands(_only(base.tree, followed.base, base_moves, base_splits), commands),
        ours=rename_commands(ours.tree, commands),
        answers=carried_over(answers, declared.answers),
        homes=homes,
        elsewhere={base_moves.get(old, old): new for old, new in followed.elsewhere.items()},
        moves=chained(followed.moves, ours.moves),
        findings=(*followed.findings, *ours.findings),
    )


def _placed_split(split: Split, followed: Followed) -> Split | None:
    """Return a split of a module where the user has put it; None if he left it in its place."""
    place = followed.elsewhere.get(split.path)
    if place is None or place not in followed.ours:
        return None
    parts = [replace(p, path=join(dirname(place), basename(p.path))) for p in split.parts]
    if any(part.path in followed.ours for part in parts):
        return None
    return Split(place, split.section, tuple(parts))


def _wanted(
    tree: Tree, base: Tree, declared: Declared, answers: Mapping[str, Any]
) -> tuple[tuple[Split, ...], dict[str, str]]:
    """Return the splits of a tree, and the moves of its files and of their parts.

    ``base`` is what was rendered.
    """
    splits = tuple(one for one in declared.splits_of(tree, answers) if one.path in base)
    parts = [part.path for split in splits for part in split.parts]
    return splits, declared.moves_of([*tree, *parts], answers, [*base, *parts])


def _possible(moves: Mapping[str, str], tree: Tree) -> dict[str, str]:
    """Return the moves to places that are free: the user may have made a file there himself."""
    leaving = moves.keys()
    taken = {path.casefold() for path in tree if path not in leaving}
    free: dict[str, str] = {}
    for path, target in moves.items():
        if target.casefold() not in taken:
            taken.add(target.casefold())
            free[path] = target
    return free


def _only(whole: Tree, base: Tree, moves: Mapping[str, str], splits: Sequence[Split]) -> Tree:
    """Return what a tree has of ``base``, after moves and splits."""
    parts = [part.path for split in splits if split.path in base for part in split.parts]
    kept = {moves.get(path, path) for path in [*base, *parts]}
    return whole.without({path for path in whole if path not in kept})


def _moved_home(home: Home, moves: Mapping[str, str]) -> Home:
    """Return a package as it is called after moves: a whole package may have another name."""
    marker = f"{home.root}/__init__.py"
    target = dirname(moves.get(marker, marker))
    if target == home.root or not target.startswith(home.source):
        return home
    return replace(home, package=basename(target))


def chained(first: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Return the moves that two rounds of moves make together."""
    through = {old: then.get(new, new) for old, new in first.items()}
    arrived = set(first.values())
    later = {old: new for old, new in then.items() if old not in arrived}
    return {old: new for old, new in {**through, **later}.items() if old != new}
