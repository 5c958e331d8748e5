"""What runs when."""

import json
import os

from dagster import RunRequest, ScheduleEvaluationContext, define_asset_job, schedule, sensor

INBOX = "inbox"

nightly = define_asset_job("nightly", selection="*")
hourly = define_asset_job("hourly", selection="orders")


def last_run() -> str:
    return f"last run of {nightly.name}"


def is_due(hour: int = 0) -> bool:
    return hour % 2 == 0


@schedule(job=nightly, cron_schedule="0 2 * * *")
def every_night(context: ScheduleEvaluationContext):
    if is_due(2):
        yield RunRequest()


def _listed() -> list[str]:
    return sorted(os.listdir(INBOX))


@sensor(job=hourly)
def new_files(context):
    for name in _listed():
        yield RunRequest(run_key=name, tags={"file": json.dumps(name)})
