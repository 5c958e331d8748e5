"""What Copier's migrations ask for while it updates a repository.

Copier renders the old version and the new one, and patches the user's files path by path. Before
it begins, what an update needs is checked. After it, what it made is given up, and the three trees
are merged anew, with the moves that the crossed versions declare made on the old rendering and on
the user's files first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from relayout.evolution.answers import rewritten_answers
from relayout.evolution.outcome import about_result, of_the_user
from relayout.git_refusals import git_refusals
from relayout.repository import Repository, opened
from relayout.settled_merge import settled_merge
from relayout.three_way import Labels, Merge, TreeMerge
from relayout.update_readiness import require_updatable
from relayout.update_sides import sides_of
from relayout.updating import Updated, Updating

GIVE_UP = "git reset --hard && git clean -fd"
"""What returns to the state before an update, which begins with nothing uncommitted."""


def prepare_update(updating: Updating) -> None:
    """Check what an update needs, and carry answers over in the answers file.

    Raises Refusal; nothing is changed then.
    """
    with _opened(updating.place) as (repository, folder), git_refusals():
        repository.head()
        require_updatable(repository, repository.tree("HEAD").below(folder), updating)
        path = updating.place / updating.answers_file
        text = path.read_text(encoding="utf-8")
        changes = [change for one in updating.crossed for change in one.answers]
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
            _give_up(repository)
            TreeMerge(repository).check_out(merge)
        except BaseException:
            _give_up(repository)
            raise
        return updated


def _merged(repository: Repository, folder: str, updating: Updating) -> tuple[Merge, Updated]:
    """Return the merge of whole trees of the repository, and what it does."""
    head = repository.tree("HEAD")
    compared = sides_of(repository, head.below(folder), updating)
    sides = compared.sides
    labels = Labels(f"layout {updating.old}", "yours", f"layout {updating.new}")
    merge, about = settled_merge(
        TreeMerge(repository), sides.base, sides.ours, sides.theirs, labels
    )
    conflicts = tuple(one.path for one in merge.unmerged)
    findings = [*compared.findings, *about]
    findings += about_result(merge.tree, sides.ours, sides.theirs, conflicts)
    left = tuple(of_the_user(findings, merge.tree, sides.theirs))
    updated = Updated(updating.old, updating.new, compared.moves, conflicts, left)
    return (merge.inside(head, folder) if folder else merge), updated


def _give_up(repository: Repository) -> None:
    """Return to HEAD: an update begins with nothing uncommitted, and nothing untracked."""
    repository.git("reset", "--quiet", "--hard", "HEAD")
    repository.git("clean", "-fdq")


@contextmanager
def _opened(place: Path) -> Iterator[tuple[Repository, str]]:
    """Open the repository that a folder is in, with the folder's path in it. Raises Refusal."""
    top = next((p for p in (place, *place.parents) if (p / ".git").exists()), place)
    with opened(top) as repository:
        yield repository, place.relative_to(top).as_posix() if place != top else ""
