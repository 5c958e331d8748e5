"""Whether a repository is in a state that an adoption may start from."""

from __future__ import annotations

from relayout.clean_tree import require_committed
from relayout.errors import Refusal
from relayout.repository import Repository
from relayout.state import SWITCHING, load_state

BRANCHES = "relayout/"


def require_finished(repository: Repository) -> None:
    """Refuse a repository in which an adoption was cut off while the work tree was changing."""
    state = load_state(repository.git_dir)
    if state is not None and state.phase == SWITCHING:
        raise Refusal(
            "an adoption of this repository was interrupted while files were being moved",
            "Nothing is lost: every file is in a commit.",
            "Put it back with: relayout undo",
        )


def require_ready(repository: Repository) -> str:
    """Return the branch that an adoption starts from. Raises Refusal with what is in the way."""
    require_finished(repository)
    repository.head()
    under_way = repository.operation_in_progress()
    if under_way is not None:
        what, how = under_way
        raise Refusal(
            f"{what} is under way in {repository.path}",
            f"Finish it, or give it up with: {how}",
        )
    branch = repository.branch()
    if branch is None:
        raise Refusal(
            "HEAD is detached: no branch is checked out",
            "relayout returns you to your branch on undo, so it needs one.",
            "Make one here: git switch -c NAME",
        )
    require_committed(repository)
    if not repository.has_identity():
        raise Refusal(
            "git does not know whom to name as the author of the commits",
            'Say it: git config user.name "NAME" && git config user.email "ADDRESS"',
        )
    return branch


def require_no_branch(repository: Repository, wanted: str) -> None:
    """Refuse a repository with a branch of an earlier adoption that is not merged.

    ``wanted`` is the branch that is to be made: it must not be there at all.
    """
    pending = repository.branches(BRANCHES, "--no-merged=HEAD")
    current = repository.branch() or ""
    if not pending and current.startswith(BRANCHES):
        pending = [current]
    if pending:
        raise Refusal(
            f"the branch {pending[0]} exists already",
            "It is from an earlier adoption. Merge it first, or give it up:",
            f"relayout undo, or git branch -D {pending[0]}",
        )
    if wanted in repository.branches(BRANCHES):
        raise Refusal(
            f"the branch {wanted} exists already",
            "It is from an earlier adoption, and it is merged.",
            f"Delete it: git branch -d {wanted}",
        )
