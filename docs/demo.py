"""The demonstration: a messy repository is made, adopted, and its pipeline runs as before.

Everything happens in ``.demo/``, which is made anew each time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MESS = ROOT / "tests" / "cases" / "messy-repository" / "before"
DEMO = ROOT / ".demo"
BIN = Path(sys.executable).parent


def show(title: str) -> None:
    """Print a heading."""
    print(f"\n== {title}", flush=True)


def run(*command: str, silent: bool = False) -> str:
    """Run a command in the demonstration's folder; print it and what it says."""
    if not silent:
        print(f"$ {' '.join(Path(c).name if os.sep in c else c for c in command)}", flush=True)
    done = subprocess.run(command, cwd=DEMO, text=True, capture_output=True, check=False)
    if not silent:
        print(done.stdout.rstrip(), flush=True)
    if done.returncode:
        sys.exit(f"{done.stderr}\nthe demonstration failed with status {done.returncode}")
    return done.stdout


def pipeline_output(commands: Sequence[Sequence[str]]) -> str:
    """Run the pipeline on an empty database; return what it printed."""
    (DEMO / "orders.db").unlink(missing_ok=True)
    return "".join(run(*command) for command in commands)


def main() -> None:
    """Make, adopt, run, compare."""
    shutil.rmtree(DEMO, ignore_errors=True)
    shutil.copytree(MESS, DEMO)
    run("git", "init", "--quiet", "--initial-branch=main", silent=True)
    run("git", "config", "user.name", "A data engineer", silent=True)
    run("git", "config", "user.email", "engineer@example.com", silent=True)
    run("git", "add", "--all", silent=True)
    run("git", "commit", "--quiet", "--message", "It works on my machine", silent=True)

    show("A messy repository, and what its pipeline prints")
    run("git", "ls-files")
    scripts = ("scripts/order-sync/load_orders.py", "scripts/daily-report/report.py")
    before = pipeline_output([(sys.executable, script) for script in scripts])

    show("Adopted")
    run(os.fspath(BIN / "relayout"), "adopt", "--layout", "src-layout")

    show("Installed, its pipeline runs from any folder and without a path hack")
    run(sys.executable, "-m", "venv", ".venv", silent=True)
    python = os.fspath(DEMO / ".venv" / "bin" / "python")
    uv = os.fspath(BIN / "uv")
    run(uv, "pip", "install", "--quiet", "--python", python, "--editable", ".", silent=True)
    names = ("load-orders", "report")
    after = pipeline_output([(os.fspath(DEMO / ".venv" / "bin" / name),) for name in names])

    show("The history follows each file through the move")
    run("git", "log", "--follow", "--format=%h %s", "src/pipelines/order_sync/load_orders.py")
    run("git", "diff", "HEAD~2", "HEAD~1", "--", "src/pipelines/daily_report/report.py")

    if after != before:
        sys.exit(f"the pipeline printed something else than before:\n{before}\n{after}")
    print(
        "\nThe pipeline printed the same before and after. Look around: cd .demo && git log --stat"
    )


if __name__ == "__main__":
    main()
