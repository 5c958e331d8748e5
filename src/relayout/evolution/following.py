"""What crossed versions declare, carried out on trees: in the coordinates of the new layout.

The old rendering and the user's tree go the same way. So a merge with the new rendering compares
files by what they are, and sees no moves but the user's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import basename, dirname, join
from typing import Any

from relayout.evolution.answers import carried_over
from relayout.evolution.command_names import rename_commands
from relayout.evolution.component_surroundings import surrounded
from relayout.evolution.renamed_answers import moves_by_answers
from relayout.evolution.versions import Declared
from relayout.inventory import Inventory, facts_by_blob, take_inventory
from relayout.per_file import PerFile, one_by_one
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
    have now; ``is_kept`` says that files are kept that he has not touched. ``moves`` are those of
    the user's tree, from the first path to the last. ``findings`` are about files of that tree.
    """

    base: Tree
    ours: Tree
    answers: Mapping[str, Any]
    recipe: Recipe
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    is_kept: bool = False
    per_file: PerFile = one_by_one
    moves: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @cached_property
    def inventory(self) -> Inventory:
        """The inventory of the user's tree."""
        return take_inventory(self.ours, self.per_file)

    @cached_property
    def homes(self) -> tuple[Home, ...]:
        """The packages of the user's tree. Raises Refusal."""
        package = str(self.answers.get("package") or "")
        return find_homes(self.inventory, self.recipe, package).all


def follow_versions(
    trees: tuple[Tree, Tree],
    declared: Iterable[Declared],
    answers: Mapping[str, Any],
    recipe: Recipe,
    elsewhere: Mapping[str, str] | None = None,
    per_file: PerFile = one_by_one,
    *,
    is_kept: bool = False,
) -> Followed:
    """Return the old rendering and the user's tree after what versions declare, in order.

    The rendering may be that of a component alone: what its code imports is looked up in the user's
    tree. ``answers`` are those that it was rendered with, ``elsewhere`` the files of it that the
    user has moved himself. Where all code ``is_kept``, because the layout is to be another, what
    the user has not touched follows as well. Raises Refusal for a declaration that cannot be
    carried out.
    """
    followed = Followed(*trees, answers, recipe, elsewhere or {}, is_kept, per_file)
    versions = tuple(declared)
    for number in range(len(versions)):
        followed = _follow(followed, versions[number:])
    return followed


def follow_answers(followed: Followed, theirs: Tree, new: Mapping[str, Any]) -> Followed:
    """Return the two trees after what other answers than before call otherwise.

    ``theirs`` is the rendering with the ``new`` answers.
    """
    rendered = frozenset(followed.base), frozenset(theirs)
    base, ours = (
        _Wanted(moves_by_answers(frozenset(tree), *rendered, followed.answers, new))
        for tree in (followed.base, followed.ours)
    )
    moved = _relocated(followed, followed.base, base, ours)
    return replace(moved, answers={**followed.answers, **new}) if ours.moves else followed


def follow_users_moves(
    followed: Followed, theirs: Tree, moved: Mapping[str, str]
) -> tuple[Tree, Tree]:
    """Return the old and the new rendering with the user's own moves made in them.

    ``moved`` are the files of the old rendering, after the versions' moves, that the user moved
    elsewhere. So what the new version brings names them as they are called here.
    """
    base, new_rendering = (_with_moves(followed, tree, moved) for tree in (followed.base, theirs))
    return base, new_rendering


def _with_moves(followed: Followed, tree: Tree, moved: Mapping[str, str]) -> Tree:
    """Return a rendering in which those of the moves are made that it has files for."""
    moves = {old: new for old, new in moved.items() if old in tree and new not in tree}
    if not moves:
        return tree
    known = facts_by_blob(followed.inventory)
    inventory = take_inventory(tree, followed.per_file, known)
    return relocate(tree, moves, followed.homes, (), followed.per_file, inventory).tree


@dataclass(frozen=True)
class _Wanted:
    """What is to become of one tree."""

    moves: Mapping[str, str]
    splits: tuple[Split, ...] = ()

    def of(self, tree: Tree) -> dict[str, str]:
        """Return the moves to places that are free: the user may have made a file there himself."""
        taken = {path.casefold() for path in tree if path not in self.moves}
        free: dict[str, str] = {}
        for path, target in self.moves.items():
            if target.casefold() not in taken:
                taken.add(target.casefold())
                free[path] = target
        return free


def _follow(followed: Followed, versions: Sequence[Declared]) -> Followed:
    """Carry out what the first of these versions declares."""
    declared, answers = versions[0], followed.answers
    whole = followed.base
    around: Mapping[str, str] = {}
    if answers.get("scope", "repository") != "repository":
        whole, around = surrounded(followed.base, followed.ours, versions, answers)
    base = _wanted(whole, followed.base, declared, answers)
    base = replace(base, moves={**around, **base.moves})
    ours = _wanted(followed.ours, followed.base, declared, answers)
    own = [_placed_split(one, followed) for one in base.splits]
    ours = replace(ours, splits=(*ours.splits, *(one for one in own if one is not None)))
    moved = _relocated(followed, whole, base, ours)
    commands = declared.entry_points_of(answers)
    return replace(
        moved,
        base=rename_commands(moved.base, commands),
        ours=rename_commands(moved.ours, commands),
        answers=carried_over(answers, declared.answers),
        elsewhere={base.moves.get(old, old): new for old, new in followed.elsewhere.items()},
    )


def _relocated(followed: Followed, whole: Tree, base: _Wanted, ours: _Wanted) -> Followed:
    """Return both trees after moves and splits; ``whole`` is the rendering and what it imports.

    A file that the user has not touched is the same in both trees afterwards, and is as the new
    version has it in the end: what it names need not follow, unless it is kept.
    """
    if not (base.moves or base.splits or ours.moves or ours.splits):
        return followed
    homes = tuple(_moved_home(home, {**base.moves, **ours.moves}) for home in followed.homes)
    inventory, per_file = followed.inventory, followed.per_file
    moves = ours.of(followed.ours)
    same = frozenset(path for path in followed.base if _is_same(path, followed))
    left = frozenset() if followed.is_kept else same
    mine = relocate(followed.ours, moves, homes, ours.splits, per_file, inventory, left)
    parts = [part.path for split in base.splits for part in split.parts]
    places = {path: base.moves.get(path, path) for path in [*followed.base, *parts]}
    if len(same) < len(followed.base):
        around = take_inventory(whole, per_file, facts_by_blob(inventory))
        theirs = relocate(whole, base.of(whole), homes, base.splits, per_file, around, left)
        rendered = theirs.tree
    else:
        rendered = mine.tree
    rendered = rendered.without(set(rendered) - set(places.values()))
    untouched = {places[path] for path in same}
    copied = {p: mine.tree.read(p) for p in untouched if p in mine.tree and p in rendered}
    return replace(
        followed,
        base=rendered.with_content(copied),
        ours=mine.tree,
        moves=chained(followed.moves, mine.moves),
        findings=(*followed.findings, *mine.findings),
    )


def _is_same(path: str, followed: Followed) -> bool:
    return path in followed.ours and followed.ours[path] == followed.base[path]


def _placed_split(split: Split, followed: Followed) -> Split | None:
    """Return a split of a module where the user has put it; None if he left it in its place."""
    place = followed.elsewhere.get(split.path)
    if place is None or place not in followed.ours:
        return None
    parts = [replace(p, path=join(dirname(place), basename(p.path))) for p in split.parts]
    if any(part.path in followed.ours for part in parts):
        return None
    return Split(place, split.section, tuple(parts))


def _wanted(tree: Tree, base: Tree, declared: Declared, answers: Mapping[str, Any]) -> _Wanted:
    """Return the splits of a tree, and the moves of its files and of their parts.

    ``base`` is what was rendered.
    """
    splits = tuple(one for one in declared.splits_of(tree, answers) if one.path in base)
    parts = [part.path for split in splits for part in split.parts]
    return _Wanted(declared.moves_of([*tree, *parts], answers, [*base, *parts]), splits)


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
