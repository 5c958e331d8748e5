import datetime

import dagster as dg

from velo_platform.definitions import defs as load
from velo_platform.defs import cleaning, landing
from velo_platform.defs.cleaning import MOST_MINUTES, _typed, stations_and_docks, trips_are_short
from velo_platform.defs.facts import fct_long_trips, minutes_are_positive
from velo_platform.defs.resources import SAMPLES, Landing, ShelfIOManager


def test_typed():
    row = {"day": "2024-03-01", "minutes": "7,5"}
    assert _typed(row) == {"day": datetime.date(2024, 3, 1), "minutes": 7.5}


def test_stations():
    named, docks = stations_and_docks(Landing(folder=str(SAMPLES)).rows("stations.csv"))
    assert named[0]["station"] == "Bahnhof SBB"
    assert docks == 100


def test_checks():
    assert trips_are_short([{"minutes": 1}]).passed
    assert not trips_are_short([{"minutes": MOST_MINUTES + 1}]).passed
    assert not minutes_are_positive({"basel": -1}).passed


def test_most_minutes(monkeypatch):
    assert len(fct_long_trips([{"minutes": 800}])) == 1
    monkeypatch.setattr(cleaning, "MOST_MINUTES", 10)
    row = {"day": "2024-03-01", "minutes": "30"}
    assert cleaning.trips([row]) == []


def test_one_day(tmp_path):
    done = dg.materialize(
        [landing.landed_trips, cleaning.trips],
        partition_key=dg.MultiPartitionKey({"day": "2024-03-01", "city": "basel"}),
        resources={"landing": Landing(folder=str(SAMPLES)), "io_manager": ShelfIOManager(folder=str(tmp_path))},
    )
    assert [row["minutes"] for row in done.output_for_node("trips")] == [12.0, 7.5]


def test_everything_is_loaded():
    defs = load()
    assert len(defs.resolve_asset_graph().get_all_asset_keys()) == 13
    assert {j.name for j in defs.resolve_all_job_defs()} >= {"city_job", "nightly_job", "trips_job"}
