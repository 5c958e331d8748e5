"""Schedules of repo."""

from dagster import (
    ScheduleDefinition,
)

from pipelines.jobs.jobs import greeting


nightly = ScheduleDefinition(job=greeting, cron_schedule="0 3 * * *")
