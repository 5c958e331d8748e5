"""The other tools: the same modules moved by rope and by LibCST."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from choice import ModuleMove


@dataclass(frozen=True, slots=True)
class Carried:
    """What a tool did: the moves that it made, the seconds of each, and those that it could not."""

    made: tuple[ModuleMove, ...]
    seconds: tuple[float, ...]
    failed: tuple[ModuleMove, ...]

    def seconds_of(self, count: int) -> float:
        """Return the seconds of ``count`` moves: measured, and the rest scaled linearly.

        What is not measured is taken to cost what those after the first cost, which also pays
        for what a tool reads once.
        """
        if not self.seconds:
            return float("nan")
        if count <= len(self.seconds):
            return sum(self.seconds[:count])
        later = self.seconds[1:] or self.seconds
        return sum(self.seconds) + (count - len(self.seconds)) * statistics.mean(later)


def move_with_rope(folder: Path, moves: Sequence[ModuleMove]) -> Carried:
    """Make those of the moves that rope can make, one after the other in one project."""
    from rope.base.project import Project
    from rope.refactor.move import create_move
    from rope.refactor.rename import Rename

    start = time.perf_counter()
    project = Project(str(folder), ropefolder=None, ignore_syntax_errors=True)
    made: list[ModuleMove] = []
    failed: list[ModuleMove] = []
    seconds: list[float] = []
    for move in moves:
        try:
            resource = project.get_resource(move.source)
            if move.is_rename:
                changes = Rename(project, resource).get_changes(Path(move.target).stem)
            else:
                place = project.get_resource(str(Path(move.target).parent))
                changes = create_move(project, resource).get_changes(place)
            project.do(changes)
        except Exception:  # rope raises whatever it trips over
            failed.append(move)
        else:
            made.append(move)
            seconds.append(time.perf_counter() - start)
        start = time.perf_counter()
    project.close()
    return Carried(tuple(made), tuple(seconds), tuple(failed))


def move_with_libcst(folder: Path, moves: Sequence[ModuleMove]) -> Carried:
    """Make the moves with LibCST's command, which knows imports; the file is moved beside it.

    For each of them it goes through every file, on all cores. Files that it cannot read, such as
    tests with syntax errors on purpose, it leaves.
    """
    from libcst.codemod import gather_files, parallel_exec_transform_with_prettyprint
    from libcst.codemod.commands.rename import RenameCommand

    seconds: list[float] = []
    for move in moves:
        start = time.perf_counter()
        names: dict[str, object] = {"old_name": move.old_name, "new_name": move.new_name}
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            parallel_exec_transform_with_prettyprint(
                RenameCommand,
                gather_files([str(folder)]),
                repo_root=str(folder),
                hide_progress=True,
                codemod_args=names,
            )
        (folder / move.source).rename(folder / move.target)
        seconds.append(time.perf_counter() - start)
    return Carried(tuple(moves), tuple(seconds), ())
