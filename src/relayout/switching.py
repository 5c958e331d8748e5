"""The one moment in which the work tree changes: to the adopted branch, and back.

What is about to happen is written down first, so that an interruption at any moment can be taken
back: nothing but the switch writes to the work tree, and it writes only what is in a commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from relayout.errors import Refusal
from relayout.planning.plan import Plan
from relayout.readiness import BRANCHES
from relayout.repository import GitError, Repository
from relayout.state import SWITCHING, State, forget_state, save_state
from relayout.tree import SUBMODULE, Tree


def switch_to(repository: Repository, state: State) -> None:
    """Take the user to the adopted branch; if anything fails, everything is as it was.

    Raises Refusal if untracked files stand where tracked ones are to come, and GitError.
    """
    base, result = repository.tree(state.base), repository.tree(state.result)
    in_the_way = repository.in_the_way(base, result)
    if in_the_way:
        raise _untracked_in_the_way(in_the_way)
    try:
        save_state(repository.git_dir, state)
        repository.create_branch(state.branch, state.result)
        repository.switch(state.branch)
        save_state(repository.git_dir, state.done())
    except BaseException as problem:
        _take_back_interrupted(repository, state)
        if isinstance(problem, GitError) and "untracked" in str(problem):
            lines = str(problem).splitlines()
            raise _untracked_in_the_way([s.strip() for s in lines if s.startswith("\t")]) from None
        raise


def switch_back(repository: Repository, state: State) -> str:
    """Return the user to where an adoption began, finished or interrupted; give its branch up.

    Returns a sentence that says what was done. Raises Refusal where something would be lost.
    """
    if state.phase == SWITCHING:
        return _take_back_interrupted(repository, state)
    return _take_back_finished(repository, state)


def _untracked_in_the_way(files: Sequence[str]) -> Refusal:
    return Refusal(
        f"untracked files are in the way: {', '.join(files[:3])}",
        "Tracked files are to stand there, and yours would be lost.",
        "Move them away, then run the same command again.",
    )


def left_behind(repository: Repository, plan: Plan) -> tuple[str, ...]:
    """Return untracked and ignored paths in folders whose files have moved."""
    folders = {move.source.partition("/")[0] for move in plan.moves if "/" in move.source}
    return tuple(
        path
        for path in repository.untracked()
        if path.partition("/")[0] in folders and "__pycache__" not in path
    )


def _take_back_interrupted(repository: Repository, state: State) -> str:
    """Bring the work tree back to the base commit, whatever the switch had got to.

    Nothing stood at the paths that only the result has: what is there now came from the switch.
    """
    repository.settle(state.base_branch, state.branch)
    _require_no_commits_since(repository, state)
    base, result = repository.tree(state.base), repository.tree(state.result)
    changed = _changed_since(repository, base, result)
    if changed:
        raise Refusal(
            f"{changed[0]} was changed after the adoption was interrupted",
            "Going back would lose the change. Copy it out of the repository, and give it up here:",
            f"git restore '{changed[0]}', or delete the file. Then run: relayout undo",
        )
    if repository.branch() == state.branch:
        repository.git("symbolic-ref", "HEAD", f"refs/heads/{state.base_branch}")
    new = [path for path in result if path not in base]
    half_written = [p for p in new if _is_part_of(repository.content_in_work_tree(p), result, p)]
    repository.restore(state.base, half_written, result.folders - base.folders)
    if state.branch in repository.branches(BRANCHES):
        repository.delete_branch(state.branch, state.result)
    forget_state(repository.git_dir)
    return f"the interrupted adoption was taken back; you are on {state.base_branch} as before"


def _require_no_commits_since(repository: Repository, state: State) -> None:
    """Refuse where the user has gone on: going back would take their commits off a branch."""
    here = repository.branch()
    if repository.head() in (state.base, state.result) and here in (
        state.base_branch,
        state.branch,
    ):
        return
    raise Refusal(
        f"there are commits on {here or 'a detached HEAD'} since the adoption was interrupted",
        "Going back would take them off the branch.",
        f"Go to {state.base_branch} as it was at {state.base[:10]}, then run: relayout undo",
    )


def _changed_since(repository: Repository, base: Tree, result: Tree) -> list[str]:
    """Return the files that are neither as they were before, nor as the switch writes them."""
    return [
        path
        for path in repository.uncommitted()
        if (path in base or path in result)
        and (content := repository.content_in_work_tree(path)) is not None
        and not _is_part_of(content, base, path)
        and not _is_part_of(content, result, path)
    ]


def _is_part_of(content: bytes | None, tree: Tree, path: str) -> bool:
    """Tell whether this is a file of the tree, or the beginning of it: a write that was cut off."""
    if content is None or path not in tree or tree[path].mode == SUBMODULE:
        return False
    whole = tree.read(path)
    return whole.startswith(content) or whole == content.replace(b"\r\n", b"\n")


def _take_back_finished(repository: Repository, state: State) -> str:
    changed = repository.uncommitted()
    if changed:
        raise Refusal(
            f"{len(changed)} tracked files have uncommitted changes ({changed[0]}, ...)",
            "Commit or stash them, then run the same command again.",
        )
    if state.branch not in repository.branches(BRANCHES):
        raise Refusal(
            f"the branch {state.branch} is gone, so there is nothing to undo",
            f"The state before is the commit {state.base[:10]}.",
        )
    tip = repository.git("rev-parse", f"refs/heads/{state.branch}").strip()
    if tip != state.result:
        raise Refusal(
            f"{state.branch} has commits that relayout did not make; undo would lose them",
            f"Go back without losing them: git switch {state.base_branch}",
            f"Give the branch up for good: git branch -D {state.branch}",
        )
    if repository.branch() == state.branch:
        in_the_way = repository.in_the_way(repository.tree(tip), repository.tree(state.base))
        if in_the_way:
            raise _untracked_in_the_way(in_the_way)
        save_state(repository.git_dir, replace(state, phase=SWITCHING))
        repository.switch(state.base_branch)
    repository.delete_branch(state.branch, state.result)
    forget_state(repository.git_dir)
    return (
        f"you are on {repository.branch()} again, at {repository.head()[:10]};"
        f" the adopted state stays reachable as {state.result[:10]} until git prunes it"
    )
