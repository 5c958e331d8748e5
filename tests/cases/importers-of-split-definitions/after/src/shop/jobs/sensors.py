"""Sensors."""

import json
import os

from dagster import RunRequest, sensor

from shop.jobs.jobs import hourly

INBOX = "inbox"


def _listed() -> list[str]:
    return sorted(os.listdir(INBOX))


@sensor(job=hourly)
def new_files(context):
    for name in _listed():
        yield RunRequest(run_key=name, tags={"file": json.dumps(name)})
