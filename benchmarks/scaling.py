"""How time grows with the number of moves in one plan, and what a second plan costs.

    python benchmarks/scaling.py [--rounds N]

Time is that of the whole command, on a package of 6,725 Python files.
"""

from __future__ import annotations

import argparse
import json
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from choice import ModuleMove, choose_moves, write_plan
from corpora import HOME_ASSISTANT, files_of, fresh_clone, repository_of
from measure import in_turn, number, relayout, table

_COUNTS = (1, 10, 100, 1000)


def adopt(moves: list[ModuleMove]) -> float:
    """Return the seconds of the whole command for so many moves."""
    repository = repository_of(HOME_ASSISTANT)
    with fresh_clone(repository) as clone, TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.yml"
        write_plan(moves, "homeassistant", plan)
        seconds, report = relayout("adopt", "--json", "--plan", plan, clone)
        made = len(json.loads(report)["plan"]["moves"])
        if made != len(moves):
            raise ValueError(f"{made} of {len(moves)} moves were made")
        return seconds


class PlanTwice:
    """The same plan of one clone, asked for again when nothing has changed."""

    def __init__(self) -> None:
        self.second: list[float] = []

    def __call__(self) -> float:
        """Return the seconds of the first plan; keep those of the second."""
        with fresh_clone(repository_of(HOME_ASSISTANT)) as clone:
            command = ("plan", "--layout", "src-layout", "--package", "renamed", "--json", clone)
            first, _ = relayout(*command)
            second, _ = relayout(*command)
            self.second.append(second)
            return first


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    moves = choose_moves(files_of(HOME_ASSISTANT), "homeassistant", max(_COUNTS))
    twice = PlanTwice()
    sides = {f"adopt, {count:,} moved": partial(adopt, moves[:count]) for count in _COUNTS}
    medians = in_turn({**sides, "plan, the first time": twice}, arguments.rounds)
    first, second = medians["plan, the first time"], sorted(twice.second)[len(twice.second) // 2]
    one = medians[f"adopt, {_COUNTS[0]:,} moved"]
    rows = [[name, number(medians[name]), number(medians[name] / one)] for name in sides]
    rows.append(["plan, the first time", number(first), "1.00"])
    rows.append(["plan, once more", number(second), number(second / first)])
    print(f"### {HOME_ASSISTANT.name}, Python files only: median of {arguments.rounds}\n")
    print(table(["", "seconds", "times the first"], rows))


if __name__ == "__main__":
    main()
