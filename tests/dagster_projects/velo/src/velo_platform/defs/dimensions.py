from dagster import asset

from velo_platform.defs import text


@asset(group_name="marts")
def dim_station(stations):
    return {text.squeeze(s["station"]).lower(): s for s in stations}


@asset(group_name="marts", deps=["docks", "operators"])
def dim_city(dim_station):
    return sorted({s["city"] for s in dim_station.values()})
