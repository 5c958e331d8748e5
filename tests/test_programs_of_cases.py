"""Programs of the cases about search paths and opened files, run for real: they print the same.

Before, they run as the case's configuration starts them; after, from the package alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


def run(folder: Path, command: str, search_path: str = "") -> str:
    """Run Python in a folder, with these folders in ``PYTHONPATH``, and return what it prints."""
    entries = [str(folder / entry) for entry in search_path.split(":") if entry]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {**plain, "PYTHONPATH": os.pathsep.join(entries)}
    done = subprocess.run(
        [sys.executable, *command.split()],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("case", "started_in", "search_path", "before", "after"),
    [
        ("search-path-of-a-makefile", ".", "lib", "jobs/load.py", "-m pipelines.jobs.load"),
        (
            "search-path-of-a-makefile",
            ".",
            "core:lib",
            "jobs/report.py",
            "-m pipelines.jobs.report",
        ),
        (
            "search-path-of-an-image",
            "services/orders",
            "core",
            "jobs/run.py",
            "-m pipelines.services.orders.jobs.run",
        ),
        (
            "search-path-of-an-image",
            ".",
            "services/stock/code:shared",
            "services/stock/code/batch/run.py",
            "-m pipelines.services.stock.code.batch.run",
        ),
        (
            "search-path-of-ci-and-an-environment-file",
            ".",
            "vendored:domain",
            "jobs/load.py",
            "-m pipelines.jobs.load",
        ),
        (
            "search-path-with-namespace-folders",
            ".",
            "base:extra",
            "jobs/load.py",
            "-m pipelines.jobs.load",
        ),
        (
            "programs-started-from-their-folder",
            "services/orders",
            "",
            "-m app.main",
            "-m pipelines.services.orders.app.main",
        ),
        (
            "programs-started-from-their-folder",
            "services/stock",
            "",
            "-m app.main",
            "-m pipelines.services.stock.app.main",
        ),
        ("programs-started-from-their-folder", "jobs", "", "load.py", "-m pipelines.jobs.load"),
        ("folder-that-is-run", ".", "", "exporter", "-m importer.exporter"),
        ("folder-that-is-run", ".", "", "-m importer", "-m importer"),
        ("script-that-is-run-by-name", ".", "", "-m jobs.load", "-m pipelines.jobs.load"),
        ("script-that-is-run-by-name", ".", "", "jobs/clean.py", "-m pipelines.jobs.clean"),
        ("python-path-of-pytest", ".", "", "jobs/load.py", "-m pipelines.jobs.load"),
        *(
            (case, ".", "", "scripts/orders/load.py", "-m pipelines.orders.load")
            for case in ("paths-from-the-current-folder", "paths-behind-names")
        ),
        (
            "paths-from-a-folder-of-another-module",
            ".",
            ".",
            "scripts/orders/load.py",
            "-m pipelines.orders.load",
        ),
        (
            "resources-of-a-package-that-moves",
            ".",
            "",
            "-m scripts.orders.load",
            "-m pipelines.orders.load",
        ),
    ],
)
def test_a_program_prints_the_same_from_the_package(
    case: str, started_in: str, search_path: str, before: str, after: str, tmp_path: Path
) -> None:
    repository = Path(shutil.copytree(CASES / case, tmp_path / "case"))
    printed = run(repository / "before" / started_in, before, search_path)
    assert printed
    assert run(repository / "after", after, "src") == printed


@pytest.mark.parametrize(
    ("case", "search_path", "python_path"),
    [
        ("python-path-of-pytest", "", "tests/support"),
        ("search-path-that-stays-right", "tests/support", ""),
        ("folders-of-conftest-files", "", ""),
    ],
)
def test_tests_pass_before_and_after(
    case: str, search_path: str, python_path: str, tmp_path: Path
) -> None:
    repository = Path(shutil.copytree(CASES / case, tmp_path / "case"))
    command = "-m pytest -q -p no:cacheprovider --rootdir . tests"
    before = run(repository / "before", command, search_path)
    if python_path:  # the finding's advice is taken: only this entry is left
        command += f" --override-ini pythonpath={python_path}"
    after = run(repository / "after", command, f"src:{search_path}")
    assert "passed" in before
    assert before.split(" in ")[0] == after.split(" in ")[0]
