"""``verify --run``: Dagster, dbt and Airflow load the state before an adoption and HEAD.

What they loaded is compared.

It runs the repository's own code, in a process of its own, from two checkouts in temporary folders.
The work tree, the index and the branches are not touched.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from relayout.errors import Refusal
from relayout.readiness import require_finished
from relayout.repository import GitError, Repository, opened
from relayout.running.airflow import load_dags, own_environment, told
from relayout.running.airflow_comparison import same_dags
from relayout.running.airflow_folders import DagFolder, dag_folders
from relayout.running.airflow_paths import Paths, Side, outcomes
from relayout.running.comparison import same_definitions
from relayout.running.dbt import Pair, pairs, provide_packages, read_project
from relayout.running.dbt_comparison import Answers, same_manifests
from relayout.running.environment import Interpreter, Say, find_interpreter, has_package, load
from relayout.running.locations import Location, code_locations, module_folders
from relayout.running.manifests import built_manifests
from relayout.state import State, load_state
from relayout.tree import Tree
from relayout.verification import Check


def run_checks(path: Path, python: Sequence[str], say: Say) -> list[Check]:
    """Have Dagster, dbt and Airflow load the state before the adoption and HEAD; compare.

    ``python`` names interpreters, of which the first that has it is taken for each; empty for that
    of the repository's environment. Raises Refusal if nothing can be compared: no adoption is
    remembered, nothing of theirs is there, or no environment that has what is needed.
    """
    with opened(path) as repository:
        state = _adoption(repository)
        head = repository.head()
        trees = repository.tree(state.base), repository.tree(head)
        locations = code_locations(trees[0]), code_locations(trees[1])
        moves = {move.source: move.target for move in state.moves}
        projects = pairs(*trees, moves)
        folders = dag_folders(trees[0]), dag_folders(trees[1])
        if not locations[0] and not projects and not folders[0]:
            raise Refusal(
                f"nothing of {path} can be loaded to compare: it has no Dagster definitions, "
                "no dbt project and no DAGs",
                "Run verify without --run: its other checks need none.",
            )
        states = _States(repository, (state.base, head), trees, python, say)
        parts = {split.path: [part.path for part in split.parts] for split in state.splits}
        became = outcomes(moves, parts)
        asked: list[tuple[str, bool, Callable[[], Check]]] = [
            ("same-definitions", bool(locations[0]), partial(states.definitions, locations)),
            ("same-manifests", bool(projects), partial(states.manifests, projects, moves)),
            ("same-dags", bool(folders[0]), partial(states.dags, folders, became)),
        ]
        return _made([(name, check) for name, is_there, check in asked if is_there])


def _made(asked: Sequence[tuple[str, Callable[[], Check]]]) -> list[Check]:
    """Return checks; one that is refused falls short. Raises Refusal if all of them are."""
    checks: list[Check] = []
    refusals: list[Refusal] = []
    for name, check in asked:
        try:
            checks.append(check())
        except Refusal as refusal:
            refusals.append(refusal)
            checks.append(Check(name, False, 1, (f"not compared: {refusal.problem}",)))
    if len(refusals) == len(checks):
        raise refusals[0]
    return checks


@dataclass(frozen=True, slots=True)
class _States:
    """The two states of a repository, and what reads them."""

    repository: Repository
    revisions: tuple[str, str]
    trees: tuple[Tree, Tree]
    python: Sequence[str]
    say: Say

    def definitions(self, locations: tuple[tuple[Location, ...], tuple[Location, ...]]) -> Check:
        """Return whether Dagster loads the same."""
        answers = []
        interpreter = self._interpreter("dagster")
        for checkout, tree, own in zip(
            self._checkouts("definitions"), self.trees, locations, strict=True
        ):
            paths = module_folders(tree)
            origin = self.repository.path
            answers.append(load(interpreter, checkout, origin, own, paths, self.say))
        return same_definitions(answers[0], answers[1], locations[0])

    def manifests(self, projects: Sequence[Pair], moves: Mapping[str, str]) -> Check:
        """Return whether dbt reads the same."""
        read: list[list[dict[str, Any]]] = []
        interpreter = self._interpreter("dbt")
        kept = [(pair.was, pair.now) for pair in projects if pair.now is not None]
        for side, checkout in enumerate(self._checkouts("dbt projects")):
            answers = []
            for pair in kept:
                places = [project.folder for project in pair]
                tree = self.trees[side]
                provide_packages(checkout, self.repository.path, pair[side], places, tree)
                described = pair[0], self.trees[0]
                self.say(f"  {pair[0].name}")
                answers.append(read_project(interpreter, checkout, pair[side], described, self.say))
            read.append(answers)
        found = [
            Answers(was.name, (was.folder, now.folder), before, after, moves)
            for (was, now), before, after in zip(kept, *read, strict=True)
        ]
        return same_manifests(found, [pair.was.name for pair in projects if pair.now is None])

    def dags(
        self,
        folders: tuple[tuple[DagFolder, ...], tuple[DagFolder, ...]],
        moves: Mapping[str, Sequence[str]],
    ) -> Check:
        """Return whether Airflow loads the same."""
        interpreter = self._interpreter("airflow", own_environment(self.repository.path))
        origin = self.repository.path
        with tempfile.TemporaryDirectory(prefix="relayout-", ignore_cleanup_errors=True) as name:
            work = Path(name).resolve()
            loads = [
                partial(load_dags, interpreter, origin=origin, folders=own, say=self.say)
                for own in folders
            ]
            before, after = (
                load(checkout, work=work / str(side))
                for side, (load, checkout) in enumerate(
                    zip(loads, self._checkouts("DAGs"), strict=True)
                )
            )

            def again() -> Mapping[str, Any]:
                with closing(self._checkouts("DAGs")) as checkouts:
                    return loads[0](next(checkouts), work=work / "again")

            sides = [Side(tree, own) for tree, own in zip(self.trees, folders, strict=True)]
            check = same_dags(before, after, Paths(sides[0], sides[1], moves), again)
        told(check.figures.get("failures", {}), self.say)
        return check

    def _interpreter(self, package: str, own: str = "") -> Interpreter:
        """Return the interpreter that is asked for a package."""
        named = list(self.python) or ([own] if own else [])
        found = [find_interpreter(self.repository.path, name) for name in named or [""]]
        chosen = next((one for one in found[:-1] if has_package(one, package)), found[-1])
        self.say(f"running the repository's code with {chosen}")
        return chosen

    def _checkouts(self, what: str) -> Generator[Path, None, None]:
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
