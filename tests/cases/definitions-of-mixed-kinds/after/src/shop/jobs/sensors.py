"""Sensors."""

import json

import dagster as dg
from dagster import (
    RunRequest,
    SkipReason,
)

from shop.config.jobs_config import TEAM
from shop.utils.jobs_utils import state_file

from .jobs import reload_job

logger = dg.get_dagster_logger()

# How long an order may be open, in days.
LIMIT = 30


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


__all__ = ["late_orders"]
