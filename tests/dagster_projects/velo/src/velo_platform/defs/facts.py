import dagster as dg

from velo_platform.defs.cleaning import *
from velo_platform.defs.dimensions import dim_city
from velo_platform.defs.partitions import daily


@dg.asset(partitions_def=daily, group_name="marts")
def fct_minutes(context, trips_with_weather, dim_city):
    context.log.info("for %s", context.partition_key)
    return {c: sum(t["minutes"] for t in trips_with_weather if t["city"] == c) for c in dim_city}


@dg.asset(partitions_def=daily, group_name="marts", deps=[dim_city])
def fct_long_trips(trips_with_weather):
    return [t for t in trips_with_weather if t["minutes"] > MOST_MINUTES / 2]


@dg.asset_check(asset=fct_minutes)
def minutes_are_positive(fct_minutes):
    return dg.AssetCheckResult(passed=all(m >= 0 for m in fct_minutes.values()))
