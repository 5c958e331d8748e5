"""Materialise every asset of all pipelines, or of those that are named, for real.

Each pipeline runs in a process of its own, after the pipelines whose outputs it reads. One that fails does not
stop the others, only those that need it. The exit status is 0 if all went well, 1 if not, 2 for a wrong name.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import dagster as dg
from workspace import ROOT, WorkspaceError, chosen, prepare

from pipelines.shared.utilities.registry import SettingsError, code_locations, settings_of

SHOWN_LINES = 40
WORD = {True: "done", False: "failed", None: "left out"}

Runner = Callable[[str], bool]


def needs_of(root: Path, names: Iterable[str]) -> dict[str, set[str]]:
    """Return, for each pipeline, which of the others it reads outputs of."""
    names = list(names)
    return {name: _read_by(root / "pipelines" / name) & set(names) - {name} for name in names}


def run_all(
    needs: Mapping[str, Iterable[str]], run: Runner, workers: int
) -> dict[str, bool | None]:
    """Run each pipeline after those it needs, and return how each ended.

    True is done, False is failed, None is left out since something that it needs is not done.

    Raises:
        CycleError: pipelines need one another in a circle; nothing was run.
    """
    order = TopologicalSorter(needs)
    order.prepare()
    ended: dict[str, bool | None] = {}
    running: dict[Future[bool], str] = {}
    waiting: deque[str] = deque()
    with ThreadPoolExecutor(workers) as pool:
        while order.is_active():
            waiting.extend(sorted(order.get_ready()))
            while waiting:
                name = waiting.popleft()
                if all(ended[other] for other in needs[name]):
                    running[pool.submit(run, name)] = name
                else:
                    ended[name] = None
                    order.done(name)
            if running:
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    name = running.pop(future)
                    ended[name] = future.result()
                    order.done(name)
    return ended


def runner_of(
    modules: Mapping[str, str], environment: Mapping[str, str], more: list[str]
) -> Runner:
    """Return what runs one pipeline in a process, and shows the end of its output if it fails."""

    def run(name: str) -> bool:
        program = str(Path(__file__).with_name("materialise.py"))
        command = [sys.executable, program, name, modules[name], *more]
        start = time.monotonic()
        if len(modules) == 1:
            good = subprocess.run(command, env=environment, check=False).returncode == 0
        else:
            done = subprocess.run(
                command,
                env=environment,
                check=False,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
            good = done.returncode == 0
            if not good:
                lines = done.stdout.splitlines()[-SHOWN_LINES:]
                print("\n".join(f"{name} | {line}" for line in lines), file=sys.stderr)
        print(f"{name}: {WORD[good]}, {time.monotonic() - start:.1f} s", flush=True)
        return good

    return run


def make_databases() -> None:
    """Make the databases of the instance, before several processes find none and make them at once."""
    with dg.DagsterInstance.get() as instance:
        instance.get_runs_count()
        instance.get_asset_keys()
        instance.all_instigator_state()


def main(options: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Materialise every asset of the pipelines.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only this pipeline")
    parser.add_argument("--workers", type=int, default=1, help="how many run at once")
    parser.add_argument("--partition", help="the partition to materialise, if there are any")
    arguments = parser.parse_args(options)
    try:
        modules = chosen(code_locations(ROOT), arguments.names)
    except WorkspaceError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    os.environ.setdefault("DAGSTER_HOME", str(prepare(ROOT)))
    if arguments.workers > 1:
        make_databases()
    more = ["--partition", arguments.partition] if arguments.partition else []
    run = runner_of(modules, os.environ, more)
    try:
        ended = run_all(needs_of(ROOT, modules), run, max(1, arguments.workers))
    except CycleError as error:
        print(f"error: pipelines need one another: {' <- '.join(error.args[1])}", file=sys.stderr)
        return 2
    return _summary(ended)


def _read_by(folder: Path) -> set[str]:
    """Return the pipelines that one reads; settings that are wrong are the catalogue's business."""
    try:
        sources = settings_of(folder).sources
    except SettingsError:
        return set()
    return {source.location.partition(".")[0] for source in sources if source.kind == "pipeline"}


def _summary(ended: Mapping[str, bool | None]) -> int:
    for name in sorted(name for name, good in ended.items() if good is None):
        print(f"{name}: left out, since something that it reads is not done")
    count = sum(good is True for good in ended.values())
    print(f"{count} of {len(ended)} pipelines done")
    return 0 if count == len(ended) else 1


if __name__ == "__main__":
    sys.exit(main())
