"""What the cities deliver, as it is."""
from dagster import AssetExecutionContext, AssetSpec, asset

from .partitions import city_days, daily
from .resources import Landing
from .text import EMPTY

# a supplier's table that nobody here fills
operators = AssetSpec("operators", group_name="suppliers")


@asset(partitions_def=city_days, group_name="landing")
def landed_trips(context: AssetExecutionContext, landing: Landing):
    key = context.partition_key.keys_by_dimension
    return [r for r in landing.rows("trips.csv") if r["city"] == key["city"] and r["day"] == key["day"]]


@asset(partitions_def=daily, group_name="landing")
def landed_weather(context: AssetExecutionContext, landing: Landing):
    # degrees that are missing come as "-"
    return [r for r in landing.rows("weather.csv") if r["day"] == context.partition_key and r["degrees"] not in EMPTY]


@asset(group_name="landing", kinds={"csv"})
def landed_stations(landing: Landing):
    return landing.rows("stations.csv")
