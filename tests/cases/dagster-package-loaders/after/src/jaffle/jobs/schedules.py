from dagster import ScheduleDefinition

from jaffle.jobs import everything_job

nightly = ScheduleDefinition(job=everything_job, cron_schedule="0 0 * * *")
