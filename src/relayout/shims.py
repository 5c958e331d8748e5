"""The shims of a repository: who still uses each, and the removal of those that nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from relayout.conversions.shims.pruning import Pruning, prune
from relayout.git_refusals import git_refusals
from relayout.inventory import Inventory
from relayout.inventory.shim_uses import ShimUse, uses_of
from relayout.inventory.shims import Shim, shims_of
from relayout.per_file import PerFile, one_by_one
from relayout.readiness import BRANCHES, require_finished, require_ready
from relayout.repository import Repository, opened
from relayout.single_commits import commit_on_branch, inventory_of_head

_BRANCH = f"{BRANCHES}prune-shims"


@dataclass(frozen=True, slots=True)
class ListedShim:
    """A shim, and the places that use it."""

    shim: Shim
    uses: tuple[ShimUse, ...]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed; ``branch`` is empty if there was nothing to remove."""

    listed: tuple[ListedShim, ...]
    pruning: Pruning
    branch: str = ""
    commit: str = ""
    base_branch: str = ""


def list_shims(path: Path, per_file: PerFile = one_by_one) -> tuple[ListedShim, ...]:
    """Return the shims of HEAD in order of path, with who uses them. Raises Refusal."""
    with _opened(path) as repository:
        require_finished(repository)
        return _listed(inventory_of_head(repository, per_file))


def prune_shims(path: Path, per_file: PerFile = one_by_one) -> Pruned:
    """Remove the shims that nobody uses, on a branch of its own. Raises Refusal.

    Until the branch stands complete, nothing but new objects in git's store is written.
    """
    with _opened(path) as repository:
        base_branch = require_ready(repository)
        inventory = inventory_of_head(repository, per_file)
        listed = _listed(inventory)
        shims = {each.shim.path: each.shim for each in listed}
        pruning = prune(inventory, shims, {each.shim.path for each in listed if each.uses})
        if not pruning.shims:
            return Pruned(listed, pruning)
        tree = inventory.tree
        after, message = pruning.of(tree), _message(pruning)
        commit = commit_on_branch(repository, after, tree, message, _BRANCH, base_branch)
        return Pruned(listed, pruning, _BRANCH, commit, base_branch)


@contextmanager
def _opened(path: Path) -> Iterator[Repository]:
    with opened(path) as repository, git_refusals():
        yield repository


def _listed(inventory: Inventory) -> tuple[ListedShim, ...]:
    shims = shims_of(inventory)
    uses = uses_of(inventory, shims)
    return tuple(ListedShim(shims[path], uses[path]) for path in sorted(shims))


def _message(pruning: Pruning) -> str:
    listed = "".join(f"- {path}\n" for path in pruning.shims)
    return f"Remove old import paths that nobody uses\n\n{listed}"
