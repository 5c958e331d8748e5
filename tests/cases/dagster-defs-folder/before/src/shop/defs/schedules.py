import dagster as dg

from .jobs import daily, weekly

schedules = [dg.ScheduleDefinition(job=job, cron_schedule="0 6 * * *") for job in (daily, weekly)]
