"""Schedules."""

from dagster import RunRequest, ScheduleEvaluationContext, schedule

from shop.jobs.jobs import nightly


def is_due(hour: int = 0) -> bool:
    return hour % 2 == 0


@schedule(job=nightly, cron_schedule="0 2 * * *")
def every_night(context: ScheduleEvaluationContext):
    if is_due(2):
        yield RunRequest()
