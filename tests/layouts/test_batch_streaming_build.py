"""The layout batch-streaming builds, runs, streams, tests and lints, with a pipeline added."""

import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from building import Build
from growing import add, make

Render = Callable[[Mapping[str, object]], Path]

MANAGERS = ("uv", "poetry", "pip")
# What a first `make setup` may take of a disk, in megabytes: 480 are Spark, and 200 Airflow.
DISK = 1500


def megabytes(folder: Path) -> int:
    """Return what a folder takes, a file with several names counted once."""
    sizes = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            status = os.lstat(os.path.join(parent, name))  # noqa: PTH118 - thrice as fast
            sizes[status.st_ino] = status.st_blocks * 512
    return sum(sizes.values()) // 1_000_000


def rows(printed: str) -> dict[str, int]:
    """Return how many rows each table of each layer has, as `make run` says at its end."""
    found = re.findall(r"^(bronze|silver|gold|serving) +(\w+) +(\d+)$", printed, re.MULTILINE)
    return {f"{layer}.{table}": int(number) for layer, table, number in found}


@pytest.mark.layout_build(gigabytes=3)
def test_the_layout_builds_and_grows(
    tagged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = make(tagged, tmp_path / "start", "layout=batch-streaming")
    assert add(tagged, start, "scope=pipeline", "pipeline=returns") == ""
    shutil.rmtree(start / ".git")  # a build has a history of its own
    build = Build(start, tmp_path / "project")
    took: list[str] = []

    def run(*arguments: str) -> str:
        started = time.monotonic()
        printed = build.make(*arguments)
        took.append(f"{' '.join(arguments)} {time.monotonic() - started:.0f} s")
        return printed

    # Spark comes as sources, of which uv would keep 1.4 GB on the machine of whoever runs this.
    cache = tmp_path / "cache"
    build.environment["UV_CACHE_DIR"] = str(cache)
    run("setup")
    shutil.rmtree(cache)
    disk = {name: megabytes(build.folder / name) for name in (".venv", ".venv-airflow")}
    assert sum(disk.values()) < DISK
    printed = run("run")
    found = rows(printed)
    assert found["silver.sales"] == found["gold.sales_facts"] == found["serving.sales_facts"] > 0
    assert found["silver.sales_rejects"] > 0
    assert re.search(r"^returns: \d+ rows read, [1-9]", printed, re.MULTILINE)
    assert "proven" in run("stream")
    assert " passed" in run("test")
    run("lint")
    assert "1 of 1 DAGs ran" in run("dags", "DAGS=returns_batch")
    assert build.changes() == set()
    with capsys.disabled():
        print(f"\nbatch-streaming: {', '.join(took)}; {disk} MB")


@pytest.mark.smoke
@pytest.mark.parametrize("manager", MANAGERS)
def test_every_manager(render: Render, tmp_path: Path, manager: str) -> None:
    """With another database each, which no test needs a server of."""
    database = {"uv": "postgres", "poetry": "sqlite", "pip": "duckdb"}[manager]
    answers = {
        "layout": "batch-streaming",
        "package_manager": manager,
        "database": database,
        "package": "a",
        "pipeline": "b",
        "ci": "gitlab",
    }
    build = Build(render(answers), tmp_path / "project")
    build.make("setup")
    assert rows(build.make("run"))["serving.b_facts"] > 0
    assert "proven" in build.make("stream")
    build.make("lint")
    build.make("requirements")
    build.make("policies")
    assert build.changes() == ({"poetry.lock"} if manager == "poetry" else set())


@pytest.mark.smoke
@pytest.mark.parametrize("manager", MANAGERS)
def test_a_repository_that_brings_its_own_code(
    render: Render, tmp_path: Path, manager: str
) -> None:
    answers = {"layout": "batch-streaming", "pipeline": "", "package_manager": manager}
    build = Build(render(answers), tmp_path / "project")
    folder = build.folder / "src" / "data_platform" / "etl"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").write_text("")
    (folder / "__init__.py").write_text("")
    (folder / "extract.py").write_text("def main( ) :\n    print( 'extracted' )\n")
    pyproject = build.folder / "pyproject.toml"
    scripts = '[project.scripts]\nextract = "data_platform.etl.extract:main"\n\n'
    text = pyproject.read_text(encoding="utf-8")
    pyproject.write_text(text.replace("[dependency-groups]", f"{scripts}[dependency-groups]", 1))
    build.make("setup")
    assert "extracted" in build.make("run", "SCRIPT=extract")
    build.make("test")
    build.make("lint")
