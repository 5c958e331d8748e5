"""What runs, and when."""

import json
import os
from pathlib import Path

import dagster as dg
from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    SkipReason,
    define_asset_job,
)

logger = dg.get_dagster_logger()

# How long an order may be open, in days.
LIMIT = 30
TEAM = {"team": "orders"}


def state_file() -> Path:
    """Return where sensors remember what they saw."""
    return Path(os.environ.get("STATE", "/tmp")) / "orders.json"


# ----------------------------------------------------------------------
# Jobs
# ----------------------------------------------------------------------

# everything, once a day
daily_job = define_asset_job(
    "daily_job",
    selection=AssetSelection.all(),
    tags=TEAM,  # for the bill
)

reload_job = define_asset_job("reload_job", selection="raw_orders", tags=TEAM)


@dg.op
def forget(context: dg.OpExecutionContext) -> None:
    """Forget what sensors saw."""
    logger.info("forgetting")
    state_file().unlink(missing_ok=True)


@dg.job
def forget_job():
    forget()


# ----------------------------------------------------------------------
# Schedules
# ----------------------------------------------------------------------

daily = ScheduleDefinition(
    job=daily_job,
    cron_schedule="0 6 * * *",
    default_status=DefaultScheduleStatus.RUNNING,
)


# ----------------------------------------------------------------------
# Sensors
# ----------------------------------------------------------------------


class SensorConfig(dg.Config):
    """What a run is told."""

    limit: int = LIMIT


def _seen() -> "list[int]":
    file = state_file()
    return json.loads(file.read_text()) if file.exists() else []


@dg.sensor(job=reload_job)
def late_orders(context: dg.SensorEvaluationContext):
    """Reload when an order is late."""
    late = [days for days in _seen() if days > SensorConfig().limit]
    if not late:
        return SkipReason("no order is late")  # most days
    logger.info("late: %s", late)
    return RunRequest(run_key=str(max(late)), tags=TEAM)


__all__ = ["daily", "daily_job", "forget_job", "late_orders", "reload_job"]
