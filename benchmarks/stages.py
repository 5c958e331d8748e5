"""Runs a relayout command and tells how long each of its stages took.

    python benchmarks/stages.py OUTPUT.json COMMAND [ARGUMENT...]

The stages are timed where the engine calls them; nothing else of the command changes.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from relayout import adoption, migration
from relayout.cli import Relayout
from relayout.repository import Repository

_CALLS: tuple[tuple[str, Any, str], ...] = (
    ("read", migration, "take_inventory"),
    ("plan", migration, "make_plan"),
    ("template", adoption, "render"),
    ("migrate", adoption, "migrate"),
    ("prove", adoption, "take_inventory"),
    ("prove", adoption, "run_checks"),
    ("commit", Repository, "commit"),
    ("switch", adoption, "switch_to"),
)
"""The name of a stage, and the call that it consists of. ``migrate`` holds those before it."""
_ALWAYS = ("read", "plan", "migrate", "prove", "commit", "switch")


class Stages:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds = {stage: 0.0 for stage, _, _ in _CALLS}

    def watch(self) -> None:
        """Time every call of a stage from now on. Raises AttributeError if the engine has changed.

        The module's name in the message says what to bring up to date here.
        """
        for stage, owner, name in _CALLS:
            setattr(owner, name, self._timed(stage, getattr(owner, name)))

    def _timed(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return call(*arguments, **named)
            finally:
                self.seconds[stage] += time.perf_counter() - start

        return timed

    def summary(self, whole: float) -> dict[str, float]:
        """Return the seconds of each stage of an adoption, and of what is none of them.

        Exits if a stage that every adoption has was not seen.
        """
        seconds = dict(self.seconds)
        unseen = [stage for stage in _ALWAYS if not seconds[stage]]
        if unseen:
            sys.exit(f"error: {', '.join(unseen)}: the engine does not call what stages.py watches")
        migrated = seconds.pop("migrate")
        rewrite = migrated - sum(seconds[stage] for stage in ("read", "plan", "template"))
        stages = {"read": seconds.pop("read"), "plan": seconds.pop("plan"), "rewrite": rewrite}
        stages |= seconds
        return {**stages, "else": whole - sum(stages.values())}


def stages_of(*command: str | Path) -> dict[str, float]:
    """Return how long each stage of a relayout command takes, in a process of its own.

    Exits with what it said if it did not end as such a command does.
    """
    with TemporaryDirectory() as folder:
        output = Path(folder) / "stages.json"
        program = [sys.executable, __file__, str(output), *map(str, command)]
        done = subprocess.run(program, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or not output.is_file():
            sys.exit(done.stderr or done.stdout)
        measured: dict[str, float] = json.loads(output.read_text(encoding="utf-8"))
        return measured


def main() -> None:
    """Run the command; its stages go to a file, and its exit status is kept."""
    output, command = Path(sys.argv[1]), sys.argv[2:]
    stages = Stages()
    stages.watch()
    gc.disable()  # as the command does
    start = time.perf_counter()
    _, status = Relayout.run(["relayout", *command], exit=False)
    summary = stages.summary(time.perf_counter() - start)
    output.write_text(json.dumps(summary), encoding="utf-8")
    sys.exit(status)


if __name__ == "__main__":
    main()
