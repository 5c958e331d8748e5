"""The three sides of an update in the coordinates of the new layout, ready to be merged."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relayout.errors import Refusal
from relayout.evolution.following import (
    Followed,
    follow_answers,
    follow_users_moves,
    follow_versions,
)
from relayout.evolution.import_order import in_their_order
from relayout.evolution.layout_change import Sides, change_layout
from relayout.per_file import PerFile, one_by_one
from relayout.planning.plan import Finding
from relayout.rendered_trees import RenderedTrees
from relayout.rendering import recorded_answers
from relayout.repository import Repository
from relayout.suite import load_layout_parts, load_recipe, recipes_folder, render
from relayout.three_way import TreeMerge
from relayout.tree import EXECUTABLE, Tree
from relayout.update_readiness import require_accepted, require_whole_repository
from relayout.updating import Updating


@dataclass(frozen=True)
class Compared:
    """What is merged; ``moves`` and ``findings`` are those of the user's files."""

    sides: Sides
    moves: Mapping[str, str]
    findings: tuple[Finding, ...]


def sides_of(
    repository: Repository,
    merging: TreeMerge,
    ours: Tree,
    updating: Updating,
    per_file: PerFile = one_by_one,
) -> Compared:
    """Return the sides of an update; ``ours`` is the user's tree. Raises Refusal, GitError."""
    rendered = RenderedTrees(repository, updating.renderings)
    base, theirs = rendered.old(), rendered.new()
    if base is None or theirs is None:
        raise Refusal(
            "what Copier rendered is not there any more",
            "Nothing was changed. Run the same command again, without --skip-tasks.",
        )
    old = recorded_answers(ours.read(updating.answers_file))
    new = recorded_answers(theirs.read(updating.answers_file))
    recipe = load_recipe(str(old.get("layout")), recipes_folder(updating.suite))
    elsewhere = merging.renames(base, ours)
    is_other = old.get("layout") != new.get("layout")
    followed = follow_versions(
        (base, ours), updating.crossed, old, recipe, elsewhere, per_file, is_kept=is_other
    )
    if is_other:
        require_whole_repository(followed.answers, str(new.get("layout")))
        sides = Sides(followed.base, followed.ours, _without_sample(theirs, new, updating))
        return _changed(sides, followed, updating)
    require_accepted(followed.answers, new, updating)
    followed = follow_answers(followed, theirs, new)
    moved = merging.renames(followed.base, followed.ours)
    base, theirs = follow_users_moves(followed, theirs, moved)
    base, ours = in_their_order(base, followed.ours, theirs)
    return Compared(Sides(base, ours, theirs), followed.moves, followed.findings)


def _changed(sides: Sides, followed: Followed, updating: Updating) -> Compared:
    """Return the sides of an update that changes the layout."""
    new = recorded_answers(sides.theirs.read(updating.answers_file))
    recipe = load_recipe(str(new["layout"]), recipes_folder(updating.suite))
    parts = load_layout_parts(updating.suite)
    change = change_layout(sides, followed.answers, new, parts, recipe, followed.per_file)
    return Compared(change.sides, change.moves, (*followed.findings, *change.findings))


def _without_sample(theirs: Tree, answers: Mapping[str, Any], updating: Updating) -> Tree:
    """Return a rendering without a first pipeline, unless one was asked for just now.

    A repository that changes its layout brings its own code.
    """
    if not answers.get("pipeline") or "pipeline" in updating.given:
        return theirs
    rendering = render(os.fspath(updating.suite), {**answers, "pipeline": ""})
    tree = Tree.of(rendering.files)
    return tree.with_modes(dict.fromkeys(rendering.executable, EXECUTABLE))
