"""Run the tests of pipelines, of what they share and of the repository itself: a process of pytest for each of them.

A pipeline whose tests cannot even be collected fails alone; the others run.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from affected import ROOT, SHARED, pipelines, touched_since

REPOSITORY = "repository"
NOTHING_COLLECTED = 5
"""How pytest ends where there is no test: https://docs.pytest.org/en/stable/reference/exit-codes.html"""


@dataclass(frozen=True)
class Outcome:
    """How the tests of one folder ended."""

    name: str
    status: int
    seconds: float
    output: str

    @property
    def passed(self) -> bool:
        """Tell whether nothing failed. A folder without tests has nothing that could."""
        return self.status in {0, NOTHING_COLLECTED}

    @property
    def line(self) -> str:
        """Return the outcome in a line."""
        word = "ok    " if self.passed else "FAILED"
        summary = self.output.strip().rpartition("\n")[2].strip("= ")
        return f"{word} {self.name:<30} {self.seconds:6.1f} s  {summary}"


def folders_of(name: str, root: Path = ROOT) -> list[Path]:
    """Return where the tests of a pipeline are, of what all share, or of the repository."""
    if name == REPOSITORY:
        folders = [root / "tools" / "testing" / "tests", root / "tests"]
    else:
        folders = [root / "pipelines" / name / "tests"]
    return [folder for folder in folders if folder.is_dir()]


def run_one(name: str, options: Sequence[str], root: Path = ROOT) -> Outcome:
    """Run the tests of one name, and keep what they print."""
    folders = folders_of(name, root)
    if not folders:
        return Outcome(name, NOTHING_COLLECTED, 0.0, "no tests")
    start = time.monotonic()
    done = subprocess.run(
        [str(Path(sys.executable).with_name("pytest")), *map(str, folders), *options],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Outcome(name, done.returncode, time.monotonic() - start, done.stdout)


def run_all(names: Iterable[str], options: Sequence[str], jobs: int, root: Path = ROOT) -> bool:
    """Run the tests of several names, some at once; print each outcome, and tell whether all passed."""
    failed = []
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running = [pool.submit(run_one, name, options, root) for name in names]
        for future in as_completed(running):
            outcome = future.result()
            if not outcome.passed or options:
                print(outcome.output, end="")
            print(outcome.line, flush=True)
            if not outcome.passed:
                failed.append(outcome.name)
    if failed:
        print(f"error: tests failed: {', '.join(sorted(failed))}", file=sys.stderr)
    return not failed


def chosen(arguments: argparse.Namespace) -> list[str]:
    """Return the names that are meant; ValueError if one is of no pipeline."""
    known = pipelines()
    if arguments.names:
        unknown = sorted(set(arguments.names) - {*known, SHARED, REPOSITORY})
        if unknown:
            message = f"no pipeline is called {', '.join(unknown)}; there are {', '.join(known)}"
            raise ValueError(message)
        return list(dict.fromkeys(arguments.names))
    if arguments.changed:
        return [REPOSITORY, SHARED, *touched_since(arguments.base)]
    return [REPOSITORY, SHARED, *known]


def main() -> int:
    """Run the command, and return its exit status."""
    given = sys.argv[1:]
    end = given.index("--") if "--" in given else len(given)
    parser = argparse.ArgumentParser(
        description="Run tests.", epilog="What comes after -- goes to pytest: -- -x -k NAME"
    )
    parser.add_argument(
        "names", nargs="*", help="pipelines, shared or repository; all of these without"
    )
    parser.add_argument("--changed", action="store_true", help="what a change touches")
    parser.add_argument("--base", default="main", help="what --changed compares with")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at once")
    arguments, options = parser.parse_args(given[:end]), given[end + 1 :]
    try:
        names = chosen(arguments)
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0 if run_all(names, options, max(1, arguments.jobs)) else 1


if __name__ == "__main__":
    sys.exit(main())
