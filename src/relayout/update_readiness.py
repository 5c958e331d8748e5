"""Whether an update can be made: what it needs, looked at before Copier changes anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from packaging.version import InvalidVersion, Version

from relayout.clean_tree import require_committed, require_nothing_untracked
from relayout.errors import Refusal
from relayout.evolution.renamed_answers import NAMING
from relayout.rendered_trees import RenderedTrees
from relayout.rendering import own_answers, recorded_answers
from relayout.repository import GitError, Repository
from relayout.suite import load_layout_parts
from relayout.three_way import require_merge_tree
from relayout.tree import Tree
from relayout.updating import Updating


def require_updatable(repository: Repository, tree: Tree, updating: Updating) -> None:
    """Refuse an update that could not be finished. ``tree`` is that of the folder to update."""
    require_committed(repository)
    require_nothing_untracked(repository)
    try:
        require_merge_tree(repository)
    except GitError as error:
        raise Refusal(f"this update needs another git: {error}", "Update git.") from None
    if not RenderedTrees(repository, updating.renderings).keep_old():
        raise Refusal(
            "the old version of the template was rendered without its tasks",
            "So nobody knows what your files were made from. Nothing was changed.",
            "Run the same command without --skip-tasks.",
        )
    answers = recorded_answers(tree.read(updating.answers_file))
    if answers.get("scope", "repository") != "repository":
        _require_repository_first(tree, updating)
    if updating.layout and updating.layout != answers.get("layout"):
        from relayout.evolution.layout_moves import check_layout_change

        require_whole_repository(answers, updating.layout)
        asked = {**answers, "layout": updating.layout}
        check_layout_change(tree, answers, asked, load_layout_parts(updating.suite))


def require_whole_repository(answers: Mapping[str, Any], layout: str) -> None:
    """Refuse another layout for a component alone; ``answers`` are those recorded of it."""
    if answers.get("scope", "repository") != "repository":
        raise Refusal(
            f"a {answers['scope']} is on the layout of the repository that it stands in",
            f"Change that of the repository: copier update --trust -d layout={layout}",
        )


def require_accepted(old: Mapping[str, Any], new: Mapping[str, Any], updating: Updating) -> None:
    """Refuse names that nobody has given.

    Copier takes the default, and says nothing, where a new version does not accept an answer.
    """
    for key in NAMING if updating.is_unattended else ():
        was, now = old.get(key), new.get(key)
        if was and now and was != now and key not in updating.given:
            raise Refusal(
                f"version {updating.new} does not accept {was!r} as the {key}",
                f"It would be called {now!r} now. Give it a name that you want; its files follow:",
                f"copier update --trust -d {key}=NAME",
            )


def _require_repository_first(tree: Tree, updating: Updating) -> None:
    """Refuse to update a component to a version whose moves the repository has not made yet."""
    recorded = own_answers(tree)
    said = _version_of(str(recorded.get("_commit", "")))
    if said is None:
        return
    if any(one.moves_of(tree, recorded) for one in updating.crossed_since(str(said))):
        raise Refusal(
            f"the repository is at version {said} of the layout, and this needs what moves later",
            "A component is updated after the repository that it stands in. Nothing was changed.",
            "First: copier update --trust. Commit it, then run the same command again.",
        )


def _version_of(commit: str) -> Version | None:
    """Return the version that a tag, or a commit described by one (``v1.0.0-3-gabc``), is of."""
    try:
        return Version(re.sub(r"-\d+-g[0-9a-f]+$", "", commit))
    except InvalidVersion:
        return None
