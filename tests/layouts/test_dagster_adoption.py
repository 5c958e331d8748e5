"""A flat Dagster project joins the layout: it loads the same, and whoever used it goes on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from building import Build
from old_paths import compared, loaded, names_of, new_places

from workbench import environment, git, relayout

pytestmark = pytest.mark.layout_build

VELO = Path(__file__).resolve().parents[1] / "dagster_projects" / "velo"
PACKAGE = "velo_platform"
FORBIDDEN = "error:Moved module"
COUNTS = {
    "assets": 13,
    "checks": 3,
    "jobs": 3,
    "schedules": 2,
    "sensors": 1,
    "resources": 2,
    "dependencies": 16,
    "groups": 5,
    "partitioned": 7,
}
FINDINGS = {"kept-yours": 1, "module-name-visible": 1, "not-split": 1, "reference-not-followed": 1}
PLACES = {
    "landing": "assets/raw",
    "cleaning": "assets/processed",
    "joined": "assets/consolidated",
    "dimensions": "assets/dimensional",
    "facts": "assets/facts",
    "facts_checks": "checks/facts_checks",
    "everything": "jobs/jobs",
    "everything_schedules": "jobs/schedules",
    "everything_sensors": "jobs/sensors",
    "everything_config": "config/everything_config",
    "everything_utils": "utils/everything_utils",
    "partitions": "config/partitions",
    "resources": "resources/resources",
    "text": "utils/text",
}
SHIMS = {f"{PACKAGE}.defs.{name}" for name in PLACES if "_" not in name}
FROM_A_PACKAGE = """\
from dagster import load_definitions_from_package_module

from velo_platform import defs as everything_there_is
from velo_platform.defs.resources import SAMPLES, Landing, ShelfIOManager

defs = load_definitions_from_package_module(
    everything_there_is,
    resources={"landing": Landing(folder=str(SAMPLES)), "io_manager": ShelfIOManager()},
)
"""


def answer(folder: Path, *arguments: str) -> Any:
    """Return what a command that succeeds says as JSON."""
    done = relayout(*arguments, "--json", cwd=folder, env=environment())
    assert done.status == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def passed(build: Build, python: Path, *tests: Path, **variables: str) -> int:
    """Return how many tests pass; those of a repository, or those of its past."""
    done = pytest_of(build, python, *tests, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    summary = re.search(r"(\d+) passed", done.stdout)
    assert summary, done.stdout
    return int(summary[1])


def pytest_of(
    build: Build, python: Path, *tests: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *map(str, tests)]
    return subprocess.run(
        command,
        cwd=build.folder,
        env={**build.environment, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def require_a_backfill(build: Build, python: Path) -> None:
    """Fail if the repository's script does not print what it always printed."""
    done = build.run("sh", "-c", f"PATH={python.parent}:$PATH ./run.sh 2024-03-01 2024-03-02")
    assert done.stdout == "lyon:2024-03-01\nlyon:2024-03-02\n", done.stderr


def require_adopted(document: dict[str, Any]) -> None:
    """Fail if a module went elsewhere than a person would put it, or a check did not pass."""
    assert [check["name"] for check in document["checks"] if not check["passed"]] == []
    plan = document["plan"]
    assert Counter(finding["code"] for finding in plan["findings"]) == FINDINGS
    moves = {move["from"]: move["to"] for move in plan["moves"]}
    old, new = f"src/{PACKAGE}/defs", f"src/{PACKAGE}"
    assert moves == {
        **{f"{old}/{name}.py": f"{new}/{place}.py" for name, place in PLACES.items()},
        "scripts/backfill.py": f"{new}/scripts/backfill.py",
    }


def require_the_same_definitions(build: Build, *arguments: str) -> None:
    """Fail if `verify --run` finds anything else than there was."""
    checks = answer(build.folder, "verify", "--run", *arguments)["checks"]
    check = next(check for check in checks if check["name"] == "same-definitions")
    assert check["details"] == []
    assert {name: check[name] for name in COUNTS} == COUNTS
    assert check["before"] == COUNTS
    assert all(check["passed"] for check in checks)


def require_same_objects(
    build: Build, document: dict[str, Any], before: dict[str, dict[str, list[str]]]
) -> None:
    """Fail if a name of an old module is another object, whichever path is imported first."""
    places = new_places(document["plan"], before)
    assert set(places) == SHIMS
    targets = [target for said in places.values() for target in said["targets"]]
    python, source = build.folder / ".venv/bin/python", build.folder / "src"
    for first in ([], targets):
        count, problems = compared(python, source, places, first)
        assert problems == []
        assert count == sum(len(said["names"]) for said in places.values())
        assert count > 100


def require_old_users_go_on(build: Build, past: Path, count: int) -> None:
    """Run the tests as they were before, of another folder; forbidden old paths stop them."""
    python = build.folder / ".venv/bin/python"
    assert passed(build, python, past) == count
    stopped = pytest_of(build, python, past, PYTHONWARNINGS=FORBIDDEN)
    assert stopped.returncode != 0
    assert f"Moved module: {PACKAGE}.defs." in stopped.stdout


def require_no_own_user(build: Build, past: Path, count: int) -> None:
    """Fail if a test of the repository is lost, or uses an old path; or anything else does."""
    python = build.folder / ".venv/bin/python"
    own = [build.folder / "tests" / path.name for path in past.glob("test_*.py")]
    assert passed(build, python, *own, PYTHONWARNINGS=FORBIDDEN) == count
    listed = answer(build.folder, "shims")["shims"]
    assert [shim["name"] for shim in listed if shim["uses"]] == []
    assert {shim["name"] for shim in listed} == SHIMS
    build.make("validate")  # which imports all that Dagster loads


def require_undone(build: Build, folder: Path, tree: str) -> None:
    """Undo the adoption in a copy of the repository: it is as it was."""
    shutil.copytree(build.folder, folder, ignore=shutil.ignore_patterns(".venv"), symlinks=True)
    answer(folder, "undo")
    assert git(folder, "rev-parse", "HEAD^{tree}") == tree
    assert git(folder, "status", "--porcelain", "--untracked-files=no") == ""
    assert git(folder, "branch", "--list", "relayout/*") == ""


def require_pruned(build: Build, definitions: dict[str, list[Any]], own: int) -> None:
    """Remove the shims after a merge: the repository loads the same; and take that back."""
    git(build.folder, "switch", "--quiet", "-")
    git(build.folder, "merge", "--quiet", "relayout/dagster")
    document = answer(build.folder, "shims", "--prune")
    assert len(document["pruned"]) == len(SHIMS)
    assert not (build.folder / "src" / PACKAGE / "_moved.py").exists()
    left = git(build.folder, "ls-files", f"src/{PACKAGE}/defs").splitlines()
    assert [Path(path).name for path in left] == [
        "__init__.py",  # of the package that the data stands in
        *("stations.csv", "trips.csv", "weather.csv"),
    ]
    python = build.folder / ".venv/bin/python"
    assert loaded(python, build.folder / "src", f"{PACKAGE}.definitions") == definitions
    assert passed(build, python, build.folder / "tests") == own
    answer(build.folder, "undo")
    assert len(answer(build.folder, "shims")["shims"]) == len(SHIMS)


def test_a_flat_project_is_adopted_loads_the_same_and_its_users_go_on(
    suite: Path, tmp_path: Path, dagster_python: Path
) -> None:
    build = Build(VELO, tmp_path / "velo")
    source, past = build.folder / "src", tmp_path / "past"
    shutil.copytree(build.folder / "tests", past)
    tree = git(build.folder, "rev-parse", "HEAD^{tree}")
    count = passed(build, dagster_python, build.folder / "tests")
    before = names_of(dagster_python, source, PACKAGE)
    definitions = loaded(dagster_python, source, f"{PACKAGE}.definitions")
    require_a_backfill(build, dagster_python)

    document = answer(build.folder, "adopt", "--layout", "dagster", "--suite", str(suite))
    require_adopted(document)
    build.make("setup")
    require_the_same_definitions(build)
    python = build.folder / ".venv/bin/python"
    assert loaded(python, source, f"{PACKAGE}.definitions") == definitions

    require_same_objects(build, document, before)
    require_old_users_go_on(build, past, count)
    require_no_own_user(build, past, count)
    require_a_backfill(build, python)
    whole = re.search(r"(\d+) passed", build.make("test"))
    assert whole
    build.make("lint")
    assert build.changes() == {"uv.lock"}

    require_undone(build, tmp_path / "undone", tree)
    require_pruned(build, definitions, int(whole[1]))


def test_a_package_that_is_loaded_whole(suite: Path, tmp_path: Path, dagster_python: Path) -> None:
    build = Build(VELO, tmp_path / "velo")
    (build.folder / "src" / PACKAGE / "definitions.py").write_text(FROM_A_PACKAGE)
    build.commit("Load the package")
    document = answer(build.folder, "adopt", "--layout", "dagster", "--suite", str(suite))
    require_adopted(document)
    require_the_same_definitions(build, "--python", os.fspath(dagster_python))
