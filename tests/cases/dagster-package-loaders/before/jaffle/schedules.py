from dagster import ScheduleDefinition

from .jobs import everything_job

nightly = ScheduleDefinition(job=everything_job, cron_schedule="0 0 * * *")
