"""Words of Dagster's that mean nothing of Dagster's here."""

import json

SCHEDULE = {"schedule": "0 6 * * *", "job": "nightly", "sensor": None}


def asset(function):
    return function


@asset
def job(rows):
    return json.dumps(rows)


class Definitions:
    jobs = [job]


class Config:
    sensor = "late"
