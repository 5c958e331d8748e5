"""Times an adoption, beside what Python needs only to parse the same files.

    python benchmarks/adopt_time.py REPOSITORY [REVISION] [--rounds N]

Works on clones in a temporary folder; REPOSITORY is not touched. Sides are measured in turn;
medians and their ratio are printed.
"""

from __future__ import annotations

import argparse
import ast
import json
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any


def clone(repository: str, revision: str, folder: Path) -> None:
    """Clone a repository and check out a revision on a branch of its own."""
    subprocess.run(["git", "clone", "--quiet", repository, folder], check=True)
    git = ["git", "-C", folder]
    subprocess.run([*git, "switch", "--quiet", "--force-create", "trial", revision], check=True)


def parse_all(folder: Path) -> float:
    """Return the seconds that it takes to parse every tracked Python file."""
    listed = subprocess.run(
        ["git", "-C", folder, "ls-files", "-z", "*.py"], capture_output=True, text=True, check=True
    )
    contents = [(folder / name).read_bytes() for name in listed.stdout.split("\0") if name]
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    for content in contents:
        try:
            ast.parse(content)
        except (SyntaxError, ValueError):
            continue
    return time.perf_counter() - start


def adopt(folder: Path) -> tuple[float, dict[str, Any]]:
    """Adopt a clone; return the seconds of the whole command and what it reports."""
    command = [sys.executable, "-m", "relayout", "adopt", "--layout", "src-layout", "--json"]
    start = time.perf_counter()
    done = subprocess.run([*command, folder], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(done.stderr or done.stdout)
    return seconds, json.loads(done.stdout)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository")
    parser.add_argument("revision", nargs="?", default="HEAD")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    adopting, parsing = [], []
    report: dict[str, Any] = {}
    for _ in range(arguments.rounds):
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "clone"
            clone(arguments.repository, arguments.revision, target)
            parsing.append(parse_all(target))
            seconds, report = adopt(target)
            adopting.append(seconds)
    median, parse = statistics.median(adopting), statistics.median(parsing)
    print(f"adopt: {median:.2f} s (the whole command), ast.parse alone: {parse:.2f} s,", end=" ")
    print(f"ratio {median / parse:.1f}, median of {arguments.rounds}")
    for check in report["checks"]:
        numbers = {k: v for k, v in check.items() if isinstance(v, int) and k != "passed"}
        print(f"  {check['name']:<26}{'passed' if check['passed'] else 'FAILED'}  {numbers}")


if __name__ == "__main__":
    main()
