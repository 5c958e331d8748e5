"""Clean trips, weather and stations, with the checks of trips."""

import logging

import dagster as dg
from dagster import AssetIn, asset

from velo_platform.defs.partitions import city_days, daily
from velo_platform.defs.text import squeeze, to_day, to_number

log = logging.getLogger(__name__)

MOST_MINUTES = 24 * 60  # a bike that is away longer is stolen


def _typed(row):
    return {**row, "day": to_day(row["day"]), "minutes": to_number(row["minutes"])}


@asset(partitions_def=city_days, group_name="clean")
def trips(landed_trips):
    kept = [_typed(row) for row in landed_trips]
    log.info("%d trips", len(kept))
    return [row for row in kept if row["minutes"] <= MOST_MINUTES]


@asset(partitions_def=daily, ins={"readings": AssetIn("landed_weather")}, group_name="clean")
def weather(readings):
    return {row["city"]: to_number(row["degrees"]) for row in readings}


@dg.multi_asset(
    outs={"stations": dg.AssetOut(group_name="clean"), "docks": dg.AssetOut(group_name="clean")},
    deps=["operators"],
)
def stations_and_docks(landed_stations):
    named = [{**row, "station": squeeze(row["station"])} for row in landed_stations]
    return named, sum(int(row["docks"]) for row in named)


# ---------------------------------------------------------------------------
# Checks
# ---------------------------------------------------------------------------


@dg.asset_check(asset=trips, blocking=True)
def trips_are_short(trips):
    return dg.AssetCheckResult(passed=all(0 <= row["minutes"] <= MOST_MINUTES for row in trips))


@dg.asset_check(asset="stations")
def stations_have_names(stations):
    """No name is empty, and none has two spaces."""
    names = [row["station"] for row in stations]
    return dg.AssetCheckResult(passed=all(n and n == squeeze(n) for n in names))
