"""``verify --run``: the definitions of a repository are loaded, before and after, and compared.

It runs the repository's own code, in a process of its own, from two checkouts in temporary folders.
The work tree, the index and the branches are not touched.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from relayout.errors import Refusal
from relayout.readiness import require_finished
from relayout.repository import GitError, Repository, opened
from relayout.running.comparison import same_definitions
from relayout.running.environment import Say, find_interpreter, load
from relayout.running.locations import code_locations, module_folders
from relayout.running.manifests import built_manifests
from relayout.state import load_state
from relayout.verification import Check


def run_definitions(path: Path, python: str, say: Say) -> Check:
    """Load the definitions before the adoption and those of HEAD, and return how they differ.

    ``python`` names an interpreter; empty for that of the repository's environment. Raises
    Refusal if nothing can be compared: no adoption is remembered, nothing of Dagster's is there,
    or no environment that has Dagster.
    """
    with opened(path) as repository:
        base, head = _revisions(repository)
        trees = repository.tree(base), repository.tree(head)
        locations = tuple(map(code_locations, trees))
        if not any(locations):
            raise Refusal(
                f"nothing of {path} can be loaded to compare: it has no Dagster definitions",
                "Run verify without --run: its other checks need none.",
            )
        interpreter = find_interpreter(path, python)
        say(f"running the repository's code with {interpreter}")
        answers = []
        for revision, tree, other, own in zip(
            (base, head), trees, reversed(trees), locations, strict=True
        ):
            say(f"loading the definitions {'before the adoption' if tree is trees[0] else 'now'}")
            built = built_manifests(repository, tree, other)
            with _checked_out(repository, revision, built) as checkout:
                paths = module_folders(tree)
                answers.append(load(interpreter, checkout, repository.path, own, paths, say))
        return same_definitions(answers[0], answers[1], locations[0])


def _revisions(repository: Repository) -> tuple[str, str]:
    """Return the commit before the adoption, and HEAD. Raises Refusal."""
    require_finished(repository)
    state, head = load_state(repository.git_dir), repository.head()
    hint = "Run it in the clone in which the repository was adopted, on the adopted branch."
    if state is None:
        raise Refusal(f"{repository.path} remembers no adoption to compare with", hint)
    try:
        repository.git("merge-base", "--is-ancestor", state.result, head)
    except GitError:
        raise Refusal(f"the adoption in {state.branch} is not in HEAD", hint) from None
    return state.base, head


@contextmanager
def _checked_out(
    repository: Repository, revision: str, built: Mapping[str, bytes]
) -> Iterator[Path]:
    """Check a revision out into a temporary folder, and add what was built beside it."""
    with tempfile.TemporaryDirectory(prefix="relayout-", ignore_cleanup_errors=True) as folder:
        checkout = Path(folder).resolve() / repository.path.resolve().name
        repository.check_out(revision, checkout)
        for path, content in built.items():
            (checkout / path).parent.mkdir(parents=True, exist_ok=True)
            (checkout / path).write_bytes(content)
        yield checkout
