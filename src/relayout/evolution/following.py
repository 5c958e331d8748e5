"""What crossed versions declare, carried out on trees: in the coordinates of the new layout.

The old rendering and the user's tree go the same way. So a merge with the new rendering compares
files by what they are, and sees no moves but the user's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from posixpath import basename, dirname
from typing import Any

from relayout.evolution.answers import carried_over
from relayout.evolution.command_names import rename_commands
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

    ``moves`` are those of the user's tree, from the first path to the last. ``findings`` are about
    files of that tree.
    """

    base: Tree
    ours: Tree
    answers: Mapping[str, Any]
    homes: tuple[Home, ...]
    moves: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def follow_versions(
    base: Tree, ours: Tree, declared: Iterable[Declared], answers: Mapping[str, Any], recipe: Recipe
) -> Followed:
    """Return the old rendering ``base`` and the user's tree after what versions declare, in order.

    ``base`` may be the rendering of a component alone: what its code imports is looked up in the
    user's tree. ``answers`` are those that it was rendered with. Raises Refusal for a declaration
    that cannot be carried out.
    """
    homes = homes_of(ours, answers, recipe)
    followed = Followed(base, ours, answers, homes)
    for one in declared:
        followed = _follow(followed, one)
    return followed


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
    ours_splits, ours_moves = _wanted(followed.ours, declared, answers)
    base_splits, base_moves = _wanted(whole, declared, answers)
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
        moves=chained(followed.moves, ours.moves),
        findings=(*followed.findings, *ours.findings),
    )


def _wanted(
    tree: Tree, declared: Declared, answers: Mapping[str, Any]
) -> tuple[tuple[Split, ...], dict[str, str]]:
    """Return the splits of a tree, and the moves of its files and of their parts."""
    splits = declared.splits_of(tree, answers)
    parts = [part.path for split in splits for part in split.parts]
    return splits, declared.moves_of([*tree, *parts], answers)


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
