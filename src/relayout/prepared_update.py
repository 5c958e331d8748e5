"""Before Copier touches a file: whether the update can be made, and answers carried over."""

from __future__ import annotations

from relayout.evolution.answers import rewritten_answers
from relayout.git_refusals import git_refusals
from relayout.update_readiness import require_updatable
from relayout.updating import Updating, opened_place

GIVE_UP = "git reset --hard && git clean -fd"
"""What returns to the state before an update, which begins with nothing uncommitted."""

WAY_BACK = f"[dim]To give the update up: {GIVE_UP}[/]"
"""How people are told of it, when an update begins and when it is done."""


def prepare_update(updating: Updating) -> None:
    """Check what an update needs, and carry answers over in the answers file.

    Raises Refusal; nothing is changed then.
    """
    with opened_place(updating.place) as (repository, folder), git_refusals():
        repository.head()
        require_updatable(repository, repository.tree("HEAD").below(folder), updating)
        path = updating.place / updating.answers_file
        text = path.read_text(encoding="utf-8")
        changes = [change for one in updating.crossed for change in one.answers]
        rewritten = rewritten_answers(text, changes)
        if rewritten != text:
            path.write_text(rewritten, encoding="utf-8")
