"""What the tests of all pipelines share: an empty warehouse, and a run of everything in it."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.shared.utilities.dbt_project import TARGET_PATH
from pipelines.shared.utilities.deliveries import Deliveries
from pipelines.shared.utilities.locations import PLATFORM_DATA
from pipelines.shared.utilities.warehouse import DBT_TARGET

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

RunPipeline = Callable[..., dg.ExecuteInProcessResult]


def pytest_configure() -> None:
    """Hide the settings of the machine before the code of a pipeline is loaded."""
    for variable in list(os.environ):
        if variable.startswith(("DAGSTER_", "DBT_")):
            del os.environ[variable]
    os.environ[DBT_TARGET] = "duckdb"
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"


@pytest.fixture(autouse=True)
def empty_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let data, and what dbt says of a run, go to an empty folder."""
    monkeypatch.setenv(PLATFORM_DATA, str(tmp_path / "data"))
    monkeypatch.setenv(TARGET_PATH, str(tmp_path / "target"))


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """Return a place for runs that is gone afterwards."""
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def run_pipeline(tmp_path: Path, instance: dg.DagsterInstance) -> RunPipeline:
    """Return a function that delivers files to a pipeline, runs its job, and returns the result."""

    def run(defs: dg.Definitions, job: str, *deliveries: Path) -> dg.ExecuteInProcessResult:
        landing = tmp_path / "landing"
        landing.mkdir(exist_ok=True)
        for path in deliveries:
            shutil.copy(path, landing)
        return defs.resolve_job_def(job).execute_in_process(
            run_config=QUIET,
            resources={"deliveries": Deliveries(pattern=str(landing / "*.csv"))},
            instance=instance,
            raise_on_error=False,
        )

    return run


@pytest.fixture
def run_notebook(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], dict[str, object]]:
    """Return a function that runs the code of a notebook, and returns its variables."""

    def run(path: Path) -> dict[str, object]:
        monkeypatch.chdir(path.parent)
        variables: dict[str, object] = {}
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), str(path), "exec"), variables)
        return variables

    return run
