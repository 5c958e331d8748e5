"""The manifest of a pipeline's dbt project: what Dagster and the catalogue read instead of dbt itself.

python -m pipelines.shared.utilities.dbt_manifest [PIPELINE ...]

makes the manifests of the named pipelines, or of all that use the shared package, where they are
missing or old. One process for many pipelines pays for the import of dbt once.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.shared.utilities.locations import PIPELINES, dbt_folder
from pipelines.shared.utilities.registry import pipeline_names
from pipelines.shared.utilities.warehouse import target

SHARED = PIPELINES / "shared"
# What dbt writes, and what changes nothing in a manifest.
NOT_READ = frozenset({"target", "logs", "dbt_packages", "utilities", "__pycache__"})
STAMP = "prepared_for"


class DbtError(RuntimeError):
    """A command of dbt failed; the message is what it said."""


def prepare(pipeline: str) -> bool:
    """Make the manifest of a pipeline where it is missing or old, and say whether it was.

    Raises:
        DbtError: dbt does not accept the project.
        WarehouseError: DBT_TARGET names no warehouse that is known.
    """
    folder = dbt_folder(pipeline)
    if is_up_to_date(folder):
        return False
    if not (folder / "dbt_packages" / "shared" / "dbt_project.yml").is_file():
        run_dbt(folder, ["deps"])
    run_dbt(folder, ["parse", "--target", target()])
    (folder / "target" / STAMP).write_text(target(), encoding="utf-8")
    return True


def prepare_apart(pipeline: str) -> None:
    """Do the same in a process of its own, if there is anything to do: dbt leaves traces in its own.

    Raises:
        DbtError: dbt does not accept the project.
        WarehouseError: DBT_TARGET names no warehouse that is known.
    """
    if is_up_to_date(dbt_folder(pipeline)):
        return
    command = [sys.executable, "-m", "pipelines.shared.utilities.dbt_manifest", pipeline]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise DbtError(f"dbt does not accept {pipeline}:\n{done.stdout}{done.stderr}")


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


def run_dbt(folder: Path, arguments: Sequence[str]) -> None:
    """Run dbt in this process.

    Raises:
        DbtError: it failed.
    """
    from dbt.cli.main import dbtRunner

    places = ["--project-dir", os.fspath(folder), "--profiles-dir", os.fspath(folder)]
    result = dbtRunner().invoke(["--quiet", "--no-use-colors", *arguments, *places])
    if not result.success:
        raise DbtError(f"dbt {' '.join(arguments)} in {folder} failed: {result.exception or ''}")


def users_of_shared() -> list[str]:
    """Return the names of the pipelines whose dbt project uses the shared package.

    Others, which came from elsewhere, have profiles and ways of their own.
    """
    return [name for name in pipeline_names() if _uses_shared(dbt_folder(name))]


def _uses_shared(folder: Path) -> bool:
    packages = folder / "packages.yml"
    return packages.is_file() and "../../shared" in packages.read_text(encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit status."""
    parser = argparse.ArgumentParser(description="Make the manifests that are not up to date.")
    parser.add_argument("pipelines", nargs="*", metavar="PIPELINE")
    names = parser.parse_args(arguments).pipelines or users_of_shared()
    failed = 0
    for name in names:
        try:
            made = prepare(name)
        except DbtError as error:
            failed += 1
            print(f"error: {name}: {error}", file=sys.stderr)
        else:
            print(f"{name}: {'made' if made else 'up to date'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
