"""The manifest of a pipeline's dbt project: what Dagster and the catalogue read instead of dbt itself.

python -m pipelines.shared.utilities.dbt_manifest [PIPELINE ...]

makes the manifests of the named pipelines, or of all, where they are missing or old. One process
for many pipelines pays for the import of dbt once.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipelines.shared.utilities.locations import PIPELINES, dbt_folder
from pipelines.shared.utilities.registry import pipeline_names
from pipelines.shared.utilities.warehouse import target

SHARED = PIPELINES / "shared"
# What dbt writes, and what changes nothing in a manifest.
NOT_READ = frozenset({"target", "logs", "dbt_packages", "utilities", "__pycache__"})
STAMP = "prepared_for"
# The dbt of the environment that this Python belongs to.
DBT = Path(sys.executable).with_name("dbt")

RunDbt = Callable[[Path, Sequence[str]], None]


class DbtError(RuntimeError):
    """A command of dbt failed; the message is what it said."""


def prepare(pipeline: str, run: RunDbt) -> bool:
    """Make the manifest of a pipeline where it is missing or old, and say whether it was.

    Raises:
        DbtError: dbt does not accept the project.
    """
    folder = dbt_folder(pipeline)
    if is_up_to_date(folder):
        return False
    if not (folder / "dbt_packages" / "shared" / "dbt_project.yml").is_file():
        run(folder, ["deps"])
    run(folder, ["parse", "--target", target()])
    (folder / "target" / STAMP).write_text(target(), encoding="utf-8")
    return True


def is_up_to_date(folder: Path) -> bool:
    """Say whether the manifest is for this warehouse, and younger than all that it was made from.

    The time of a folder counts too: it changes when a file is deleted.
    """
    manifest, stamp = folder / "target" / "manifest.json", folder / "target" / STAMP
    if not manifest.is_file() or not stamp.is_file():
        return False
    if stamp.read_text(encoding="utf-8") != target():
        return False
    made = manifest.stat().st_mtime_ns
    return all(time < made for place in (folder, SHARED) for time in _times(place))


def _times(place: Path) -> Iterator[int]:
    """Yield when the files and folders in a folder were changed, those that dbt reads."""
    for path in place.iterdir():
        if path.name not in NOT_READ:
            yield path.lstat().st_mtime_ns
            if path.is_dir():
                yield from _times(path)


def run_alone(folder: Path, arguments: Sequence[str]) -> None:
    """Run dbt in a process of its own.

    Raises:
        DbtError: it failed.
    """
    done = subprocess.run(
        [DBT, "--no-use-colors", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise DbtError(f"dbt {' '.join(arguments)} in {folder} failed:\n{done.stdout}{done.stderr}")


def run_here(folder: Path, arguments: Sequence[str]) -> None:
    """Run dbt in this process.

    Raises:
        DbtError: it failed.
    """
    from dbt.cli.main import dbtRunner

    places = ["--project-dir", os.fspath(folder), "--profiles-dir", os.fspath(folder)]
    result = dbtRunner().invoke(["--quiet", "--no-use-colors", *arguments, *places])
    if not result.success:
        raise DbtError(f"dbt {' '.join(arguments)} in {folder} failed: {result.exception or ''}")


def all_pipelines() -> list[str]:
    """Return the names of the pipelines that have a dbt project."""
    return [name for name in pipeline_names() if (dbt_folder(name) / "dbt_project.yml").is_file()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Make the manifests that are not up to date.")
    parser.add_argument("pipelines", nargs="*", metavar="PIPELINE")
    names = parser.parse_args(arguments).pipelines or all_pipelines()
    failed = 0
    for name in names:
        try:
            made = prepare(name, run_here)
        except DbtError as error:
            failed += 1
            print(f"error: {name}: {error}", file=sys.stderr)
        else:
            print(f"{name}: {'made' if made else 'up to date'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
