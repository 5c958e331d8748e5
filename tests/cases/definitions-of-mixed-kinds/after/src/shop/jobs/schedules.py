"""Schedules."""

from dagster import (
    DefaultScheduleStatus,
    ScheduleDefinition,
)

from .jobs import daily_job


# ----------------------------------------------------------------------
# Schedules
# ----------------------------------------------------------------------

daily = ScheduleDefinition(
    job=daily_job,
    cron_schedule="0 6 * * *",
    default_status=DefaultScheduleStatus.RUNNING,
)


__all__ = ["daily"]
