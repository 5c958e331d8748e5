"""What is loaded, and what dbt makes of it."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource, dbt_assets

from pipelines.shared.utilities.asset_specs import PipelineTranslator, owners_of
from pipelines.shared.utilities.common_transforms import standardize_timestamps
from pipelines.shared.utilities.dbt_project import prepared_project, results_folder
from pipelines.shared.utilities.deliveries import Deliveries
from pipelines.shared.utilities.registry import settings_of
from pipelines.shared.utilities.warehouse import open_warehouse

from .. import FOLDER, NAME

COLUMNS = ("id", "recorded_at", "category", "amount")
SETTINGS = settings_of(FOLDER)
PROJECT = prepared_project(NAME)


@dg.asset(
    key=[NAME, "records"],
    group_name=NAME,
    owners=owners_of(SETTINGS.owner),
    kinds={"csv"},
    pool=NAME,
    check_specs=[dg.AssetCheckSpec("every_file_has_rows", asset=[NAME, "records"], blocking=True)],
)
def records(deliveries: Deliveries) -> Iterator[dg.MaterializeResult[None]]:
    """All rows of all files that were delivered, with timestamps in UTC."""
    table = standardize_timestamps(deliveries.read(COLUMNS), ["recorded_at"])
    with open_warehouse(NAME) as warehouse:
        rows = warehouse.replace_table("records", table)
    empty = sorted({path.name for path in deliveries.files()} - set(table["source_file"]))
    yield dg.MaterializeResult(
        metadata={"dagster/row_count": rows},
        check_results=[dg.AssetCheckResult(passed=not empty, metadata={"empty_files": empty})],
    )


@dbt_assets(
    manifest=PROJECT.manifest_path,
    project=PROJECT,
    name=f"{NAME}_dbt",
    dagster_dbt_translator=PipelineTranslator(NAME, SETTINGS.owner),
    pool=NAME,
)
def models(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
    """Every model of dbt, with its data tests as checks."""
    yield from dbt.cli(["build"], context=context, target_path=results_folder(PROJECT)).stream()
