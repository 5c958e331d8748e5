"""An update of a repository by Copier alone, beside the same update here, which follows moves.

    python benchmarks/updates.py [--rounds N] [--layouts LAYOUT...]

The suite is this one with a second version that moves files, moves folders, renames modules and
splits files; in the repository its user has edited, deleted, moved and added files. Copier's side
is the same suite without the hooks that follow. Printed is what becomes of each case (conflicts,
edits lost, imports broken), and the median time of the whole command.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import in_turn, number, table

_MATRIX = Path(__file__).resolve().parents[1] / "tests" / "layouts" / "update_matrix.py"
_SIDES = {"plain": "Copier alone", "here": "here"}
_LAYOUTS = ("src-layout", "batch-streaming", "monorepo", "dagster", "pipeline-centric")


@dataclass(frozen=True)
class Case:
    """What became of one cell of the matrix, on one side, in one layout."""

    layout: str
    side: str
    cell: str
    conflicts: int
    lost: int
    doubled: int
    broken: int

    @classmethod
    def read(cls, told: Mapping[str, object]) -> Case:
        """Return a case as the matrix tells it."""
        names = (("conflicts",), ("lost",), ("doubled", "returned"), ("broken",))
        conflicts, lost, doubled, broken = (sum(_count(told[n]) for n in name) for name in names)
        place = (str(told["layout"]), str(told["side"]), str(told["cell"]))
        return cls(*place, conflicts, lost, doubled, broken)


def _count(found: object) -> int:
    return len(found) if isinstance(found, list) else 0


def prepared(folder: Path, layouts: Sequence[str]) -> list[Case]:
    """Make the repositories in a folder, and return what an update makes of each case."""
    command = [sys.executable, str(_MATRIX), str(folder), "--layouts", *layouts]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit("error: the matrix cannot be made; what it said stands above")
    return [Case.read(told) for told in json.loads(done.stdout)]


def update(start: Path) -> float:
    """Return the seconds of the whole command, in a copy of a repository. Exits if it fails."""
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(start, Path(folder) / "repository")
        command = [sys.executable, "-m", "copier", "update", "--trust", "--defaults", "--quiet"]
        # Users have Python keep what it has compiled; so it is measured.
        kept = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        begin = time.perf_counter()
        done = subprocess.run(
            command, cwd=copy, env=kept, capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - begin
    if done.returncode:
        sys.exit(f"error: the update failed\n{done.stderr[-2000:]}")
    return seconds


def outcomes(cases: Sequence[Case]) -> str:
    """Return the table of what becomes of the cases: a row each, in all layouts together."""
    rows = []
    for cell in dict.fromkeys(case.cell for case in cases):
        row = [cell]
        for side in _SIDES:
            there = [case for case in cases if (case.side, case.cell) == (side, cell)]
            row += [str(sum(c)) for c in zip(*map(_figures, there), strict=True)]
        rows.append(row)
    _, *columns = zip(*rows, strict=True)
    total = ["together", *(str(sum(map(int, column))) for column in columns)]
    head = [f"{name}: {what}" for name in _SIDES.values() for what in _WHAT]
    return table(["the template; the user", *head], [*rows, total])


_WHAT = ("conflicts", "lost", "there twice or again", "broken")


def _figures(case: Case) -> tuple[int, int, int, int]:
    return case.conflicts, case.lost, case.doubled, case.broken


def times(folder: Path, layouts: Sequence[str], rounds: int) -> str:
    """Return the table of times: each layout's update, both sides in turn."""
    rows = []
    for layout in layouts:
        sides: dict[str, Callable[[], float]] = {
            side: partial(update, folder / layout / side) for side in _SIDES
        }
        medians = in_turn(sides, rounds, untimed=1)
        plain, here = medians["plain"], medians["here"]
        rows.append([layout, number(plain), number(here), number(here / plain)])
    return table(["update, seconds", *_SIDES.values(), "ratio"], rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--layouts", nargs="+", choices=_LAYOUTS, default=_LAYOUTS)
    arguments = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        print(outcomes(prepared(folder, arguments.layouts)), flush=True)
        if arguments.rounds:
            print(f"\n{times(folder, arguments.layouts, arguments.rounds)}")


if __name__ == "__main__":
    main()
