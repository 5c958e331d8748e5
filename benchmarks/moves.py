"""Modules of Django are moved, and every import of them follows: relayout, rope, LibCST.

    python benchmarks/moves.py [--rounds N] [--measured K] [--all-moves]

The sides take turns, each from a fresh copy of the same files. rope and LibCST move one module
after the other. For 100 moves they take so long that only some are measured and the rest is
scaled linearly, unless all are asked for; what is printed says so. rope's are spread evenly
over the 100, since its time depends on how many files import a module. LibCST goes through
every file whatever the module is, so the first stands for all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from choice import ModuleMove, choose_moves, write_plan
from corpora import DJANGO, files_of, fresh_clone, fresh_copy, repository_of
from measure import in_turn, number, relayout, table
from outcome import describe
from rivals import Carried, move_with_libcst, move_with_rope
from stages import stages_of

_MANY = 100
_ENGINE = ("read", "plan", "rewrite", "prove")
_PROOF = {"parses", "imports-resolve", "code-unchanged", "everything-accounted-for"}
"""Checks of what was rewritten; whether the package stands in a layout is not asked here."""


class Sides:
    """The sides of the comparison, and what each of them left behind."""

    def __init__(self, moves: list[ModuleMove]) -> None:
        self.files, self.repository = files_of(DJANGO), repository_of(DJANGO)
        self.paths = sorted(self.files.rglob("*.py"))
        self.moves = moves
        self.outcomes: dict[str, str] = {}
        self.carried: dict[str, list[Carried]] = {}

    def relayout(self, count: int) -> float:
        """Return the seconds of the whole command."""
        moves = self.moves[:count]
        with fresh_clone(self.repository) as clone, TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.yml"
            write_plan(moves, "django", plan)
            seconds, report = relayout("adopt", "--json", "--plan", plan, clone)
            checks = json.loads(report)["checks"]
            fails = [c for c in checks if c["name"] in _PROOF and not c["passed"]]
            proof = ", ".join(f"{c['name']} FAILS {c['measured']}" for c in fails) or "proven"
            about = describe(self.files, clone, moves)
            self.outcomes[f"relayout, {count} moved"] = f"{about}; {proof}"
            return seconds

    def engine(self, count: int) -> float:
        """Return the seconds of the command's own work: without git, template and start."""
        with fresh_clone(self.repository) as clone, TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.yml"
            write_plan(self.moves[:count], "django", plan)
            stages = stages_of("adopt", "--json", "--plan", plan, clone)
            return sum(stages[stage] for stage in _ENGINE)

    def rival(
        self, name: str, tool: Callable[[Path, Sequence[ModuleMove]], Carried], count: int
    ) -> float:
        """Run another tool on ``count`` of the modules, evenly spread; return the seconds."""
        with fresh_copy(self.files) as folder:
            carried = tool(folder, self.moves[:: len(self.moves) // count][:count])
            self.carried.setdefault(name, []).append(carried)
            about = describe(self.files, folder, carried.made)
        failed = f"; {len(carried.failed)} more moves failed" if carried.failed else ""
        self.outcomes[f"{name}, {len(carried.made)} moved"] = f"{about}{failed}"
        return sum(carried.seconds)

    def scaled(self, name: str, count: int) -> float:
        """Return the seconds that a rival takes for so many moves, the median of its runs."""
        runs = sorted(run.seconds_of(count) for run in self.carried[name])
        return runs[len(runs) // 2]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measured", type=int, default=6, help="moves that rope makes")
    parser.add_argument("--all-moves", action="store_true", help="the others make all of them")
    arguments = parser.parse_args()
    by_rope, by_libcst = (_MANY, _MANY) if arguments.all_moves else (arguments.measured, 1)
    sides = Sides(choose_moves(files_of(DJANGO), "django", _MANY))
    medians = in_turn(
        {
            "relayout 1": lambda: sides.relayout(1),
            f"relayout {_MANY}": lambda: sides.relayout(_MANY),
            "engine 1": lambda: sides.engine(1),
            f"engine {_MANY}": lambda: sides.engine(_MANY),
            "rope": lambda: sides.rival("rope", move_with_rope, by_rope),
            "LibCST": lambda: sides.rival("LibCST", move_with_libcst, by_libcst),
        },
        arguments.rounds,
    )
    rows = [
        _row(title, medians[f"{side} 1"], medians[f"{side} {_MANY}"], medians)
        for title, side in (("relayout: whole `adopt`", "relayout"), ("relayout: engine", "engine"))
    ]
    rows += [
        _row(name, sides.scaled(name, 1), sides.scaled(name, _MANY), medians)
        for name in sides.carried
    ]
    print(f"### {DJANGO.name}, modules moved: median of {arguments.rounds}\n")
    print(table(["", "1, seconds", "times", f"{_MANY}, seconds", "times"], rows))
    if not arguments.all_moves:
        measured = f"{by_rope} moves measured for rope, {by_libcst} for LibCST"
        print(f"\n{measured}; their rest is scaled linearly, not run.")
    print("Engine: read, plan, rewrite and prove, without start, template and git.")
    print(f"Times: of what relayout's whole command takes. Python files: {len(sides.paths)}.\n")
    for name, about in sides.outcomes.items():
        print(f"- {name}: {about}")


def _row(name: str, one: float, many: float, medians: dict[str, float]) -> list[str]:
    ratios = number(one / medians["relayout 1"]), number(many / medians[f"relayout {_MANY}"])
    return [name, number(one), ratios[0], number(many), ratios[1]]


if __name__ == "__main__":
    main()
