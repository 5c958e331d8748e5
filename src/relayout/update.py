"""What Copier's migrations ask for while it updates a repository.

Copier renders the old version and the new one, and patches the user's files path by path. Before
it begins, what an update needs is checked. After it, what it made is given up, and the three trees
are merged anew, with the moves that the crossed versions declare made on the old rendering and on
the user's files first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from relayout.errors import Refusal
from relayout.evolution.answers import rewritten_answers
from relayout.evolution.following import (
    Followed,
    follow_answers,
    follow_users_moves,
    follow_versions,
)
from relayout.evolution.outcome import about_result, of_the_user
from relayout.evolution.renamed_answers import NAMING
from relayout.evolution.versions import Declared, crossed
from relayout.git_refusals import git_refusals
from relayout.planning.plan import Finding
from relayout.rendered_trees import RenderedTrees
from relayout.rendering import own_answers, recorded_answers
from relayout.repository import GitError, Repository, opened
from relayout.settled_merge import settled_merge
from relayout.suite import load_recipe, load_versions, recipes_folder
from relayout.three_way import Labels, Merge, TreeMerge, require_merge_tree
from relayout.tree import Tree

GIVE_UP = "git reset --hard && git clean -fd"
"""What returns to the state before an update, which begins with nothing uncommitted."""

REPORT = "RELAYOUT_UPDATE_REPORT"
"""Variable of the environment: the file to which an update reports, instead of to people."""


@dataclass(frozen=True)
class Updating:
    """One update under way: where, from which version to which, and with which answers file.

    ``place`` is the folder that is rendered, ``renderings`` where Copier's tasks put aside what
    they rendered, ``suite`` the folder of the new version's suite. ``layout`` is the one that was
    asked for on the command line, or empty; ``given`` are the questions that were answered there,
    and ``is_unattended`` says that no other was asked.
    """

    place: Path
    renderings: Path
    suite: Path
    answers_file: str
    old: str
    new: str
    layout: str = ""
    given: frozenset[str] = frozenset()
    is_unattended: bool = False


@dataclass(frozen=True)
class Updated:
    """What an update did: versions, moves of the user's files, and what a person has to decide.

    Paths of ``moves``, ``conflicts`` and ``findings`` count from the folder that is rendered.
    """

    old: str
    new: str
    moves: Mapping[str, str]
    conflicts: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def prepare_update(updating: Updating) -> None:
    """Check what an update needs, and carry answers over in the answers file.

    Raises Refusal; nothing is changed then.
    """
    with _opened(updating.place) as (repository, folder), git_refusals():
        repository.head()
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
        _require_repository_first(repository.tree("HEAD").below(folder), updating)
        path = updating.place / updating.answers_file
        text = path.read_text(encoding="utf-8")
        changes = [change for one in _crossed(updating) for change in one.answers]
        rewritten = rewritten_answers(text, changes)
        if rewritten != text:
            path.write_text(rewritten, encoding="utf-8")


def finish_update(updating: Updating) -> Updated:
    """Merge the new version into a repository that Copier has patched; return what was done.

    The work tree and the index hold the result afterwards, with conflicts marked; HEAD is as it
    was. Raises Refusal, with the repository as it was before the update.
    """
    with _opened(updating.place) as (repository, folder), git_refusals():
        try:
            merge, updated = _merged(repository, folder, updating)
            repository.git("reset", "--quiet", "--hard", "HEAD")
            repository.git("clean", "-fdq")
            TreeMerge(repository).check_out(merge)
        except BaseException:
            give_up(repository)
            raise
        return updated


def write_report(path: Path, updated: Updated) -> None:
    """Write what an update did to a file."""
    path.write_text(json.dumps(asdict(updated)), encoding="utf-8")


def read_report(path: Path) -> Updated:
    """Return what was written to a file. Raises OSError, ValueError."""
    said = json.loads(path.read_text(encoding="utf-8"))
    findings = tuple(Finding(**finding) for finding in said["findings"])
    return Updated(said["old"], said["new"], said["moves"], tuple(said["conflicts"]), findings)


def give_up(repository: Repository) -> None:
    """Return to HEAD: an update begins with nothing uncommitted, and nothing untracked."""
    repository.git("reset", "--quiet", "--hard", "HEAD")
    repository.git("clean", "-fdq")


def _merged(repository: Repository, folder: str, updating: Updating) -> tuple[Merge, Updated]:
    """Return the merge of whole trees of the repository, and what it does."""
    merging = TreeMerge(repository)
    head = repository.tree("HEAD")
    rendered = RenderedTrees(repository, updating.renderings)
    base, theirs = rendered.old(), rendered.new()
    if base is None or theirs is None:
        raise Refusal(
            "what Copier rendered is not there any more",
            "Nothing was changed. Run the same command again, without --skip-tasks.",
        )
    ours = head.below(folder)
    answers = recorded_answers(ours.read(updating.answers_file))
    recipe = load_recipe(str(answers.get("layout")), recipes_folder(updating.suite))
    elsewhere = merging.renames(base, ours)
    followed = follow_versions((base, ours), _crossed(updating), answers, recipe, elsewhere)
    followed = follow_answers(followed, theirs, _new_answers(theirs, followed, updating))
    moved = merging.renames(followed.base, followed.ours)
    base, theirs = follow_users_moves(followed, theirs, moved)
    labels = Labels(f"layout {updating.old}", "yours", f"layout {updating.new}")
    merge, about = settled_merge(merging, base, followed.ours, theirs, labels)
    conflicts = tuple(one.path for one in merge.unmerged)
    findings = [
        *followed.findings,
        *about,
        *about_result(merge.tree, followed.ours, theirs, conflicts),
    ]
    updated = Updated(
        updating.old,
        updating.new,
        followed.moves,
        conflicts,
        tuple(of_the_user(findings, merge.tree, theirs)),
    )
    return (merge.inside(head, folder) if folder else merge), updated


def _require_repository_first(tree: Tree, updating: Updating) -> None:
    """Refuse to update a component to a version whose moves the repository has not made yet."""
    recorded = own_answers(tree)
    answers = recorded_answers(tree.read(updating.answers_file))
    said = _version_of(str(recorded.get("_commit", "")))
    if answers.get("scope", "repository") == "repository" or said is None:
        return
    behind = crossed(load_versions(updating.suite), said, Version(updating.new))
    if any(one.moves_of(tree, recorded) for one in behind):
        raise Refusal(
            f"the repository is at version {said} of the layout, which moves what this needs",
            "A component is updated after the repository that it stands in. Nothing was changed.",
            "First: copier update --trust. Commit it, then run the same command again.",
        )


def _version_of(commit: str) -> Version | None:
    """Return the version that a tag, or a commit described by one (``v1.0.0-3-gabc``), is of."""
    try:
        return Version(re.sub(r"-\d+-g[0-9a-f]+$", "", commit))
    except InvalidVersion:
        return None


def _new_answers(theirs: Tree, followed: Followed, updating: Updating) -> Mapping[str, Any]:
    """Return the answers of the new rendering; refuse those that nobody has given.

    Copier takes the default, and says nothing, where the new version does not accept an answer.
    """
    answers = recorded_answers(theirs.read(updating.answers_file))
    if updating.is_unattended:
        for key in NAMING:
            was, now = followed.answers.get(key), answers.get(key)
            if was and now and was != now and key not in updating.given:
                raise Refusal(
                    f"version {updating.new} does not accept {was!r} as the {key}",
                    f"It would be called {now!r} now. Give it a name that you want, all its files",
                    f"follow: copier update --trust -d {key}=NAME",
                )
    return answers


def _crossed(updating: Updating) -> tuple[Declared, ...]:
    try:
        old, new = Version(updating.old), Version(updating.new)
    except InvalidVersion as error:
        raise Refusal(f"this is no version of a suite: {error}") from None
    return crossed(load_versions(updating.suite), old, new)


@contextmanager
def _opened(place: Path) -> Iterator[tuple[Repository, str]]:
    """Open the repository that a folder is in, with the folder's path in it. Raises Refusal."""
    top = next((p for p in (place, *place.parents) if (p / ".git").exists()), place)
    with opened(top) as repository:
        yield repository, place.relative_to(top).as_posix() if place != top else ""
