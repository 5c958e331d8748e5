"""All that Dagster loads from this pipeline."""

import dagster as dg

from pipelines.shared.utilities.dbt_project import dbt_resource
from pipelines.shared.utilities.deliveries import Deliveries

from .. import NAME
from . import assets

daily = dg.define_asset_job(f"{NAME}_daily", selection=dg.AssetSelection.groups(NAME))

schedules = (
    [dg.ScheduleDefinition(f"{NAME}_schedule", job=daily, cron_schedule=assets.SETTINGS.schedule)]
    if assets.SETTINGS.schedule
    else []
)

defs = dg.Definitions(
    assets=[assets.records, assets.models],
    jobs=[daily],
    schedules=schedules,
    resources={
        "dbt": dbt_resource(assets.PROJECT),
        "deliveries": Deliveries(pattern=assets.SETTINGS.sources[0].location),
    },
    # One step after the other: a DuckDB file has one writer.
    executor=dg.in_process_executor,
)
