import os

from dagster import Definitions, asset

SEEDS = os.path.join(os.getcwd(), "pipelines/parking/dbt/models")


@asset(group_name="parking")
def parking_raw() -> int:
    return len(os.listdir(SEEDS))


defs = Definitions(assets=[parking_raw])
