"""``verify --run``: the definitions of a repository are loaded, before and after, and compared.

It runs the repository's own code, in a process of its own, from two checkouts in temporary folders.
The work tree, the index and the branches are not touched.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from relayout.errors import Refusal
from relayout.readiness import require_finished
from relayout.repository import GitError, Repository, opened
from relayout.running.comparison import same_definitions
from relayout.running.environment import Interpreter, Loaded, Say, find_interpreter, load
from relayout.running.locations import Location, code_locations, module_folders
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
        locations = {rev: code_locations(repository.tree(rev)) for rev in (base, head)}
        if not any(locations.values()):
            raise Refusal(
                f"nothing of {path} can be loaded to compare: it has no Dagster definitions",
                "Run verify without --run: its other checks need none.",
            )
        interpreter = find_interpreter(path, python)
        say(f"running the repository's code with {interpreter}")
        before = _loaded(repository, base, locations[base], interpreter, "before the adoption", say)
        after = _loaded(repository, head, locations[head], interpreter, "now", say)
        return same_definitions(before.answer, after.answer, locations[base])


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


def _loaded(
    repository: Repository,
    revision: str,
    locations: tuple[Location, ...],
    interpreter: Interpreter,
    when: str,
    say: Say,
) -> Loaded:
    say(f"loading the definitions {when} ({revision[:10]})")
    with tempfile.TemporaryDirectory(prefix="relayout-", ignore_cleanup_errors=True) as folder:
        checkout = Path(folder).resolve() / repository.path.resolve().name
        repository.check_out(revision, checkout)
        paths = module_folders(repository.tree(revision))
        return load(interpreter, checkout, repository.path, locations, paths, say)
