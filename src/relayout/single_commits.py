"""Commands that read HEAD, and put what they make of it into one commit on a branch of its own."""

from __future__ import annotations

from relayout.cache import Cache, engine_fingerprint
from relayout.inventory import Inventory, take_inventory
from relayout.per_file import PerFile
from relayout.planning.plan import Options
from relayout.readiness import require_no_branch
from relayout.repository import Repository
from relayout.state import SWITCHING, State
from relayout.suite import find_suite
from relayout.switching import switch_to
from relayout.tree import Tree


def inventory_of_head(repository: Repository, per_file: PerFile) -> Inventory:
    """Return the inventory of HEAD, with what is remembered of its files."""
    tree = repository.tree(repository.head())
    repository.read_ahead(tree)
    known = Cache(repository.git_dir, engine_fingerprint(find_suite())).facts()
    return take_inventory(tree, per_file, known)


def commit_on_branch(
    repository: Repository, after: Tree, before: Tree, message: str, branch: str, base_branch: str
) -> str:
    """Commit what became of HEAD on a new branch, switch to it, and return the commit.

    ``relayout undo`` returns to the base branch. Until the branch stands complete, nothing but new
    objects in git's store is written. Raises Refusal if there is such a branch.
    """
    require_no_branch(repository, branch)
    base = repository.head()
    commit = repository.commit(after, before, base, message)
    options = Options(layout="")  # that of the repository stays as it is
    switch_to(repository, State(SWITCHING, branch, commit, base_branch, base, options, ()))
    return commit
