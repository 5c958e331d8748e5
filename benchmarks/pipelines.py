"""What the layout pipeline-centric costs as pipelines are added: 1, 50 and 500 of them.

    python benchmarks/pipelines.py [--counts 1 50 500] [--loaded 1 5 10] [--tested 1 5]

A repository is rendered and set up, and grows by ``tools/cli/create-pipeline``. At each count the
time of the last additions is compared with that of the second to fourth, and what is tracked
outside of the pipelines with what it was. ``--loaded`` and ``--tested`` are counts at which
Dagster loads the workspace, and all tests run: each pipeline takes a process of Dagster's with
some 200 MB, and two builds by dbt.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from copier import run_copy

from measure import number, table

SUITE = Path(__file__).resolve().parents[1]
_SAMPLES = 3
"""So many additions are one measurement: their median."""


@dataclass(frozen=True)
class Repository:
    """A generated repository with an environment of its own."""

    root: Path

    def run(self, *command: str) -> float:
        """Run a command in the repository, and return the seconds it took. Exits if it fails."""
        bin_folder = self.root / ".venv" / "bin"
        home = self.root / "data" / "services" / "orchestration"
        environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
        environment |= {"DAGSTER_HOME": str(home), "DAGSTER_DISABLE_TELEMETRY": "1"}
        start = time.perf_counter()
        done = subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"error: {' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return time.perf_counter() - start

    def add(self, first: int, last: int) -> list[float]:
        """Add pipelines by their numbers, and return the seconds of each."""
        tool = "tools/cli/create-pipeline"
        return [self.run(tool, f"pipeline_{count}") for count in range(first, last + 1)]

    def around(self) -> tuple[int, int, int]:
        """Return what is tracked outside of the pipelines: entries of the root, files, bytes."""
        listed = self._git("ls-files", "-z").split("\0")
        outside = [path for path in listed if path and not path.startswith("pipelines/pipeline_")]
        of_data = tuple(path for path in outside if path.startswith("data/pipelines/"))
        files = [path for path in outside if path not in of_data]
        size = sum((self.root / path).stat().st_size for path in files)
        return len({path.partition("/")[0] for path in files}), len(files), size

    def commit(self) -> None:
        """Commit everything."""
        self._git("add", "-A")
        self._git(
            "-c",
            "user.name=B",
            "-c",
            "user.email=b@example.org",
            "commit",
            "--allow-empty",
            "-qm",
            "As it is",
        )

    def load(self) -> float:
        """Return the seconds in which Dagster loads the workspace with every pipeline."""
        written = self.run("python", "platform/orchestration/workspace.py")
        workspace = "data/services/orchestration/workspace.yaml"
        return written + self.run("dagster", "definitions", "validate", "--workspace", workspace)

    def _git(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", "-C", self.root, *arguments], capture_output=True, text=True, check=True
        ).stdout


def made(folder: Path) -> Repository:
    """Return a repository with one pipeline, set up and committed."""
    answers = {"layout": "pipeline-centric", "pipeline": "pipeline_1", "adopt": False}
    run_copy(
        str(SUITE), folder, data=answers, defaults=True, unsafe=True, quiet=True, vcs_ref="HEAD"
    )
    repository = Repository(folder)
    repository.run("git", "init", "--quiet")
    repository.run("make", "setup")
    repository.commit()
    return repository


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[1, 50, 500])
    parser.add_argument("--loaded", type=int, nargs="*", default=[1, 5, 10])
    parser.add_argument("--tested", type=int, nargs="*", default=[1, 5])
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        measure(made(Path(folder) / "platform"), arguments)


def measure(repository: Repository, arguments: argparse.Namespace) -> None:
    """Let a repository grow, and print what it costs."""
    before = repository.around()
    seconds: list[float] = [0.0]  # of the first pipeline, which came with the repository
    growth, loading, testing = [], [], []
    for count in sorted({*arguments.counts, *arguments.loaded, *arguments.tested}):
        seconds += repository.add(len(seconds) + 1, count)
        repository.commit()
        if count in arguments.counts:
            growth.append(_growth(count, seconds, repository, before))
        if count in arguments.loaded:
            taken = repository.load()
            loading.append([f"{count:,}", number(taken), number(taken / count)])
        if count in arguments.tested:
            taken = repository.run("tools/testing/run-all-tests")
            testing.append([f"{count:,}", number(taken), number(taken / count)])
    head = ["pipelines", "seconds to add the last", "times the second", "catalogue, s"]
    print(table([*head, "root entries", "other tracked files", "bytes"], growth))
    for what, rows in (("Dagster loads the workspace", loading), ("run-all-tests", testing)):
        if rows:
            print(f"\n{table([what, 'seconds', 'for each pipeline'], rows)}")


def _growth(
    count: int, seconds: Sequence[float], repository: Repository, before: tuple[int, int, int]
) -> list[str]:
    """Return the row of one count. Exits if something grew that must not."""
    around = repository.around()
    if around != before:
        sys.exit(f"error: what is tracked beside the pipelines was {before} and is {around}")
    catalogue = repository.run("python", "platform/governance/catalogue.py")
    last = statistics.median(seconds[1:][-_SAMPLES:]) if count > 1 else 0.0
    second = statistics.median(seconds[1 : 1 + _SAMPLES]) if count > 1 else 0.0
    taken = [number(last), number(last / second)] if count > 1 else ["", ""]
    return [f"{count:,}", *taken, number(catalogue), *map(str, around)]


if __name__ == "__main__":
    main()
