"""After Copier has updated a repository: the update is made over, and follows what moved.

Copier renders the old version and the new one, and patches the user's files path by path. What it
made is given up, and the three trees are merged anew: on the old rendering and on the user's files,
the moves are made first that the crossed versions declare.
"""

from __future__ import annotations

from relayout.evolution.outcome import about_result, of_the_user
from relayout.git_refusals import git_refusals
from relayout.per_file import PerFile, one_by_one
from relayout.repository import Repository
from relayout.settled_merge import settled_merge
from relayout.three_way import Labels, Merge, TreeMerge
from relayout.update_sides import sides_of
from relayout.updating import Updated, Updating, opened_place


def finish_update(updating: Updating, per_file: PerFile = one_by_one) -> Updated:
    """Merge the new version into a repository that Copier has patched; return what was done.

    The work tree and the index hold the result afterwards, with conflicts marked; HEAD is as it
    was. Raises Refusal, with the repository as it was before the update.
    """
    with opened_place(updating.place) as (repository, folder), git_refusals():
        try:
            merging = TreeMerge(repository)
            merge, updated = _merged(repository, merging, folder, updating, per_file)
            _give_up(repository)
            merging.check_out(merge)
        except BaseException:
            _give_up(repository)
            raise
        return updated


def _merged(
    repository: Repository,
    merging: TreeMerge,
    folder: str,
    updating: Updating,
    per_file: PerFile,
) -> tuple[Merge, Updated]:
    """Return the merge of whole trees of the repository, and what it does."""
    head = repository.tree("HEAD")
    compared = sides_of(repository, merging, head.below(folder), updating, per_file)
    sides = compared.sides
    labels = Labels(f"layout {updating.old}", "yours", f"layout {updating.new}")
    merge, about = settled_merge(merging, sides.base, sides.ours, sides.theirs, labels)
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
