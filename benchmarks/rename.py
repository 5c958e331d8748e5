"""A package of 6,725 Python files gets another name, so that every import of it changes.

    python benchmarks/rename.py [--rounds N] [--all-files]

relayout's side is the whole command: read, plan, rewrite, prove, commit, switch. Beside it stands
what CPython needs on one core only to parse the same files, and what grimp needs only to build
the graph of their imports.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpora import HOME_ASSISTANT, fresh_clone, repository_of
from measure import RELAYOUT, in_turn, number, parse_seconds, peak_memory, python, relayout, table
from relayout.workers import usable_cores
from stages import stages_of

_RENAMED = ("--layout", "src-layout", "--package", "renamed")
_ENGINE = ("read", "plan", "rewrite", "prove", "commit")
_GRIMP = """
import sys, time
sys.path.insert(0, sys.argv[1])
start = time.perf_counter()
import grimp
grimp.build_graph("homeassistant", cache_dir=None)
print(time.perf_counter() - start)
"""


class Renaming:
    """The whole command, run on fresh clones, and how long its stages took each time."""

    def __init__(self, repository: Path) -> None:
        self.repository = repository
        self.runs: list[dict[str, float]] = []

    def __call__(self) -> float:
        """Return the seconds of the whole command."""
        with fresh_clone(self.repository) as clone:
            start = time.perf_counter()
            self.runs.append(stages_of("adopt", *_RENAMED, "--json", clone))
            return time.perf_counter() - start

    def median(self, *stages: str) -> float:
        """Return the median over the runs of what these stages took together."""
        return statistics.median(sum(run[stage] for stage in stages) for run in self.runs)


def check(repository: Path) -> None:
    """Exit unless the proof of the rewriting holds: a fast wrong answer is none."""
    with fresh_clone(repository) as clone:
        _, report = relayout("adopt", *_RENAMED, "--json", clone)
        _require_sound(json.loads(report)["checks"])


def _require_sound(checks: list[dict[str, Any]]) -> None:
    needed = {"parses", "imports-resolve", "code-unchanged", "everything-accounted-for"}
    passed = {check["name"] for check in checks if check["passed"]}
    if needed - passed:
        sys.exit(f"error: the result is not sound: {', '.join(sorted(needed - passed))}")


def graph(repository: Path) -> float:
    """Return the seconds in which grimp builds the graph, its own import included."""
    return float(python(_GRIMP, repository))


def memory(repository: Path) -> tuple[int, str]:
    """Return the peak memory of all processes of one more run, and what it counts."""
    with fresh_clone(repository) as clone:
        return peak_memory([*RELAYOUT, "adopt", *_RENAMED, "--json", str(clone)])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--all-files", action="store_true", help="not Python files alone")
    arguments = parser.parse_args()
    repository = repository_of(HOME_ASSISTANT, "*" if arguments.all_files else "*.py")
    check(repository)
    renaming = Renaming(repository)
    sides: dict[str, Callable[[], float]] = {
        "CPython: `ast.parse`, one core": lambda: parse_seconds(repository),
        "grimp: import graph only": lambda: graph(repository),
        "relayout: the whole command": renaming,
    }
    medians = in_turn(sides, arguments.rounds)
    parsing = medians["CPython: `ast.parse`, one core"]
    medians[f"relayout: {', '.join(_ENGINE)}"] = renaming.median(*_ENGINE)
    rows = [[name, number(s), number(s / parsing)] for name, s in medians.items()]
    held = "all files" if arguments.all_files else "Python files only"
    measured = f"{usable_cores()} cores, {arguments.rounds} rounds"
    print(f"### {HOME_ASSISTANT.name}, renamed: {held}, {measured}\n")
    print(table(["", "seconds", "times `ast.parse`"], rows))
    by_stage = {stage: renaming.median(stage) for stage in renaming.runs[0]}
    print("\nStages: " + ", ".join(f"{k} {number(s)} s" for k, s in by_stage.items()))
    peak, kind = memory(repository)
    print(f"Peak memory of all processes: {peak / 2**20:,.0f} MiB ({kind})")


if __name__ == "__main__":
    main()
