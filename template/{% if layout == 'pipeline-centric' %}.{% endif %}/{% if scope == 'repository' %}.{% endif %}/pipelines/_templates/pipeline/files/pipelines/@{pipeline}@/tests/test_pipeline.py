"""The pipeline runs for real, in a small database that is gone afterwards."""

from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from pipelines.shared.utilities.warehouse import open_warehouse

from .. import FOLDER, NAME
from ..orchestration.definitions import daily, defs
from ..scripts.export_outputs import export

SAMPLE = FOLDER / "data" / "raw" / "sample.csv"
HEADER = "id,recorded_at,category,amount\n"

RunPipeline = Callable[..., dg.ExecuteInProcessResult]
RunNotebook = Callable[[Path], dict[str, object]]


def failed_checks(result: dg.ExecuteInProcessResult) -> set[str]:
    return {check.check_name for check in result.get_asset_check_evaluations() if not check.passed}


@pytest.fixture
def delivery(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that makes a file with these rows, which comes after the sample."""

    def make(rows: str) -> Path:
        path = tmp_path / "second.csv"
        path.write_text(HEADER + rows, encoding="utf-8")
        return path

    return make


def test_what_is_delivered_becomes_numbers_by_day(
    run_pipeline: RunPipeline,
    run_notebook: RunNotebook,
    delivery: Callable[[str], Path],
    tmp_path: Path,
) -> None:
    correction = delivery("R-1006,2025-07-03T11:20:00Z,south,99.99\n")
    result = run_pipeline(defs, daily.name, SAMPLE, correction)
    assert result.success
    assert result.get_asset_check_evaluations()
    assert failed_checks(result) == set()
    (exported,) = export(tmp_path / "exported")
    assert exported.read_text(encoding="utf-8").splitlines() == [
        "recorded_on,category,records,amount",
        "2025-07-01,north,2,42.50",
        "2025-07-01,south,2,12.00",
        "2025-07-02,north,1,18.40",
        "2025-07-03,south,1,99.99",
    ]
    assert run_notebook(FOLDER / "notebooks" / "explore.ipynb")["total"] == 6


def test_rows_that_break_a_rule_stop_the_run(
    run_pipeline: RunPipeline, delivery: Callable[[str], Path]
) -> None:
    wrong = delivery("R-1,2099-01-01,north,1\nR-2,2025-07-01,a,1\nR-2,2025-07-01,b,2\n")
    result = run_pipeline(defs, daily.name, SAMPLE, wrong)
    assert not result.success
    failed = " ".join(failed_checks(result))
    assert "not_in_future" in failed
    assert "unique_together" in failed
    with open_warehouse(NAME) as warehouse, pytest.raises(Exception, match=f"{NAME}_daily"):
        warehouse.read_table(f"{NAME}_daily")


def test_an_empty_file_stops_the_run(
    run_pipeline: RunPipeline, delivery: Callable[[str], Path]
) -> None:
    result = run_pipeline(defs, daily.name, SAMPLE, delivery(""))
    assert not result.success
    assert failed_checks(result) == {"every_file_has_rows"}
