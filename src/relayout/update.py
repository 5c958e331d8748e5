"""What Copier's migrations ask for while it updates a repository.

Copier renders the old version and the new one, and patches the user's files path by path. Before
it begins, what an update needs is checked. After it, what it made is given up, and the three trees
are merged anew, with the moves that the crossed versions declare made on the old rendering and on
the user's files first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from packaging.version import InvalidVersion, Version

from relayout.errors import Refusal
from relayout.evolution.answers import rewritten_answers
from relayout.evolution.following import follow_users_moves, follow_versions
from relayout.evolution.outcome import about_result, of_the_user
from relayout.evolution.versions import Declared, crossed
from relayout.git_refusals import git_refusals
from relayout.planning.plan import Finding
from relayout.rendered_trees import RenderedTrees
from relayout.rendering import recorded_answers
from relayout.repository import GitError, Repository, opened
from relayout.settled_merge import settled_merge
from relayout.suite import load_recipe, load_versions, recipes_folder
from relayout.three_way import Labels, Merge, TreeMerge, require_merge_tree

GIVE_UP = "git reset --hard && git clean -fd"
"""What returns to the state before an update, which begins with nothing uncommitted."""

REPORT = "RELAYOUT_UPDATE_REPORT"
"""Variable of the environment: the file to which an update reports, instead of to people."""


@dataclass(frozen=True)
class Updating:
    """One update under way: where, from which version to which, and with which answers file.

    ``place`` is the folder that is rendered, ``renderings`` where Copier's tasks put aside what
    they rendered, ``suite`` the folder of the new version's suite. ``layout`` is the one that was
    asked for on the command line, or empty.
    """

    place: Path
    renderings: Path
    suite: Path
    answers_file: str
    old: str
    new: str
    layout: str = ""


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
    with _opened(updating.place) as (repository, _), git_refusals():
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
    followed = follow_versions(base, ours, _crossed(updating), answers, recipe)
    merging = TreeMerge(repository)
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
