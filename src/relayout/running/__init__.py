"""``verify --run``: Dagster and dbt load the state before an adoption and HEAD, and are compared.

It runs the repository's own code, in a process of its own, from two checkouts in temporary folders.
The work tree, the index and the branches are not touched.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relayout.errors import Refusal
from relayout.readiness import require_finished
from relayout.repository import GitError, Repository, opened
from relayout.running.comparison import same_definitions
from relayout.running.dbt import Pair, pairs, provide_packages, read_project
from relayout.running.dbt_comparison import Answers, same_manifests
from relayout.running.environment import Interpreter, Say, find_interpreter, load
from relayout.running.locations import Location, code_locations, module_folders
from relayout.running.manifests import built_manifests
from relayout.state import State, load_state
from relayout.tree import Tree
from relayout.verification import Check


def run_checks(path: Path, python: str, say: Say) -> list[Check]:
    """Have Dagster and dbt load the state before the adoption and HEAD; return how they differ.

    ``python`` names an interpreter; empty for that of the repository's environment. Raises
    Refusal if nothing can be compared: no adoption is remembered, nothing of Dagster's or dbt's is
    there, or no environment that has what is needed.
    """
    with opened(path) as repository:
        state = _adoption(repository)
        head = repository.head()
        trees = repository.tree(state.base), repository.tree(head)
        locations = code_locations(trees[0]), code_locations(trees[1])
        moves = {move.source: move.target for move in state.moves}
        projects = pairs(*trees, moves)
        if not locations[0] and not projects:
            raise Refusal(
                f"nothing of {path} can be loaded to compare: it has no Dagster definitions, and "
                "no dbt project",
                "Run verify without --run: its other checks need none.",
            )
        interpreter = find_interpreter(path, python)
        say(f"running the repository's code with {interpreter}")
        states = _States(repository, (state.base, head), trees, interpreter, say)
        checks = [states.definitions(locations)] if locations[0] else []
        return [*checks, *([states.manifests(projects, moves)] if projects else [])]


@dataclass(frozen=True, slots=True)
class _States:
    """The two states of a repository, and what reads them."""

    repository: Repository
    revisions: tuple[str, str]
    trees: tuple[Tree, Tree]
    interpreter: Interpreter
    say: Say

    def definitions(self, locations: tuple[tuple[Location, ...], tuple[Location, ...]]) -> Check:
        """Return whether Dagster loads the same."""
        answers = []
        for checkout, tree, own in zip(
            self._checkouts("definitions"), self.trees, locations, strict=True
        ):
            paths = module_folders(tree)
            origin = self.repository.path
            answers.append(load(self.interpreter, checkout, origin, own, paths, self.say))
        return same_definitions(answers[0], answers[1], locations[0])

    def manifests(self, projects: Sequence[Pair], moves: Mapping[str, str]) -> Check:
        """Return whether dbt reads the same."""
        read: list[list[dict[str, Any]]] = []
        kept = [(pair.was, pair.now) for pair in projects if pair.now is not None]
        for side, checkout in enumerate(self._checkouts("dbt projects")):
            answers = []
            for pair in kept:
                places = [project.folder for project in pair]
                tree = self.trees[side]
                provide_packages(checkout, self.repository.path, pair[side], places, tree)
                described = pair[0], self.trees[0]
                self.say(f"  {pair[0].name}")
                answers.append(
                    read_project(self.interpreter, checkout, pair[side], described, self.say)
                )
            read.append(answers)
        found = [
            Answers(was.name, (was.folder, now.folder), before, after, moves)
            for (was, now), before, after in zip(kept, *read, strict=True)
        ]
        return same_manifests(found, [pair.was.name for pair in projects if pair.now is None])

    def _checkouts(self, what: str) -> Iterator[Path]:
        """Yield a checkout of each state; it is gone when the next one is asked for."""
        pairs_of_trees = (self.trees, self.trees[::-1])
        for revision, (tree, other), when in zip(
            self.revisions, pairs_of_trees, ("before the adoption", "now"), strict=True
        ):
            self.say(f"loading the {what} {when}")
            built = built_manifests(self.repository, tree, other)
            with _checked_out(self.repository, revision, built) as checkout:
                yield checkout


def _adoption(repository: Repository) -> State:
    """Return the adoption that HEAD has. Raises Refusal."""
    require_finished(repository)
    state, head = load_state(repository.git_dir), repository.head()
    hint = "Run it in the clone in which the repository was adopted, on the adopted branch."
    if state is None:
        raise Refusal(f"{repository.path} remembers no adoption to compare with", hint)
    try:
        repository.git("merge-base", "--is-ancestor", state.result, head)
    except GitError:
        raise Refusal(f"the adoption in {state.branch} is not in HEAD", hint) from None
    return state


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
