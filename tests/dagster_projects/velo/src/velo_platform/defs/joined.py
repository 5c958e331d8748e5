import dagster as dg

from .partitions import city_days, daily


@dg.asset(
    partitions_def=daily,
    group_name="joined",
    ins={"trips": dg.AssetIn(partition_mapping=dg.MultiToSingleDimensionPartitionMapping("day"))},
)
def trips_with_weather(trips, weather):
    by_city = trips.values() if isinstance(trips, dict) else [trips]
    return [{**row, "degrees": weather.get(row["city"])} for rows in by_city for row in rows]
