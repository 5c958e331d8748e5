"""Whether the work tree holds anything that HEAD does not."""

from __future__ import annotations

from relayout.errors import Refusal
from relayout.repository import Repository


def require_committed(repository: Repository) -> None:
    """Refuse a repository whose tracked files differ from HEAD."""
    changed = repository.uncommitted()
    if changed:
        files = ", ".join(changed[:2]) + (", ..." if len(changed) > 2 else "")
        verb = "file has" if len(changed) == 1 else "files have"
        raise Refusal(
            f"{len(changed)} tracked {verb} uncommitted changes ({files})",
            "relayout builds its commits from HEAD, so these changes would be left out.",
            "Commit or stash them, then run the same command again.",
        )


def require_nothing_untracked(repository: Repository) -> None:
    """Refuse a repository with untracked files; ignored ones may be there.

    Git can be told not to show them, and then Copier does not see them.
    """
    untracked = repository.untracked(with_ignored=False)
    if untracked:
        raise Refusal(
            f"{len(untracked)} untracked files or folders are here ({untracked[0]}, ...)",
            "An update that fails takes new files away, and could not tell yours from its own.",
            "Commit them, or list them in .gitignore; then run the same command again.",
        )
