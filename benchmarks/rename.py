"""A package of 6,725 Python files gets another name, so that every import of it changes.

    python benchmarks/rename.py [--rounds N] [--all-files]

relayout's side is the whole command: read, plan, rewrite, prove, commit, switch. Beside it stands
what CPython needs on one core only to parse the same files, and what grimp needs only to build
the graph of their imports.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from corpora import HOME_ASSISTANT, fresh_clone, repository_of
from measure import RELAYOUT, in_turn, number, parse_seconds, peak_memory, python, relayout, table
from stages import stages_of

_RENAMED = ("--layout", "src-layout", "--package", "renamed")
_GRIMP = """
import sys, time
sys.path.insert(0, sys.argv[1])
start = time.perf_counter()
import grimp
grimp.build_graph("homeassistant", cache_dir=None)
print(time.perf_counter() - start)
"""


def adopt(repository: Path) -> float:
    """Return the seconds in which the command adopts a fresh clone."""
    with fresh_clone(repository) as clone:
        seconds, report = relayout("adopt", *_RENAMED, "--json", clone)
        _require_sound(json.loads(report)["checks"])
        return seconds


def _require_sound(checks: list[dict[str, Any]]) -> None:
    """Exit unless the proof of the rewriting holds: a fast wrong answer is none."""
    needed = {"parses", "imports-resolve", "code-unchanged", "everything-accounted-for"}
    passed = {check["name"] for check in checks if check["passed"]}
    if needed - passed:
        sys.exit(f"error: the result is not sound: {', '.join(sorted(needed - passed))}")


def graph(repository: Path) -> float:
    """Return the seconds in which grimp builds the graph, its own import included."""
    return float(python(_GRIMP, repository))


def stages(repository: Path) -> dict[str, float]:
    """Return how long each stage of one more run took."""
    with fresh_clone(repository) as clone:
        return stages_of("adopt", *_RENAMED, "--json", clone)


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
    sides = {
        "CPython: `ast.parse`, one core": lambda: parse_seconds(repository),
        "grimp: import graph only": lambda: graph(repository),
        "relayout adopt": lambda: adopt(repository),
    }
    medians = in_turn(sides, arguments.rounds)
    parsing = medians["CPython: `ast.parse`, one core"]
    by_stage = stages(repository)
    peak, kind = memory(repository)
    switch = by_stage["switch"]
    medians["relayout adopt, without the switch of the work tree"] = (
        medians["relayout adopt"] - switch
    )
    rows = [[name, number(s), number(s / parsing)] for name, s in medians.items()]
    held = "all files" if arguments.all_files else "Python files only"
    print(f"### {HOME_ASSISTANT.name}, renamed: {held}, median of {arguments.rounds}\n")
    print(table(["", "seconds", "times `ast.parse`"], rows))
    print("\nStages of one run: " + ", ".join(f"{k} {number(s)} s" for k, s in by_stage.items()))
    print(f"Peak memory of all processes: {peak / 2**20:,.0f} MiB ({kind})")


if __name__ == "__main__":
    main()
