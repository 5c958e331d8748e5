# -*- coding: utf-8 -*-
"""Jobs, schedules and sensors.

Ask Noémie before you change the cron lines.
"""

__all__ = [
    "BackfillConfig",
    "DEFAULT_CITY",
    "announce",
    "city_job",
    "days_between",
    "nightly_job",
    "nightly",
    "late_trips",
    "weekly",
]

import os
from datetime import timedelta

import dagster as dg
from dagster import Config, RunRequest, SkipReason, define_asset_job, schedule, sensor

from velo_platform.defs.landing import landed_trips, landed_weather
from velo_platform.defs.partitions import daily
from velo_platform.defs.text import to_day

# =============================================================================
# SETTINGS
# =============================================================================

DEFAULT_CITY = "basel"   # the pilot
_TZ = "Europe/Zurich"
_START = daily.start.date()
LANDING = os.environ.get("VELO_INBOX", "var/inbox")


class BackfillConfig(Config):
    """What a backfill asks for."""

    city: str = DEFAULT_CITY
    dry_run: bool = False


def _run_key(city, day):
    # keys must not change: the runs of last year have them
    return f"{city}:{day}"


def days_between(first, last):
    """Days from the first to the last, both included."""
    day, end = to_day(str(first)), to_day(str(last))
    while day <= end:
        yield day.isoformat()
        day += timedelta(days=1)


# =============================================================================
# JOBS
# =============================================================================


def _who():
    return os.environ.get("USER", "cron")


@dg.op
def announce(context, config: BackfillConfig):
    if config.dry_run:
        context.log.info("dry run of %s", _who())
    return _run_key(config.city, "all")


@dg.job(description="says that a backfill begins")
def city_job():
    announce()


nightly_job = define_asset_job("nightly_job", selection=dg.AssetSelection.assets(landed_weather, "weather"))
trips_job = define_asset_job("trips_job", selection=[landed_trips])

# =============================================================================
# SCHEDULES
# =============================================================================

nightly = dg.build_schedule_from_partitioned_job(nightly_job, hour_of_day=4)  # UTC


@schedule(cron_schedule="0 6 * * 1", job=city_job, execution_timezone=_TZ)
def weekly(context):
    return RunRequest(run_key=_run_key(DEFAULT_CITY, _START))


# =============================================================================
# SENSORS
# =============================================================================


@sensor(job=city_job, minimum_interval_seconds=60)
def late_trips(context):
    """Files that came after the night."""
    if not os.path.isdir(LANDING):
        return SkipReason("no inbox")
    return [RunRequest(run_key=_run_key(DEFAULT_CITY, name)) for name in sorted(os.listdir(LANDING))]
