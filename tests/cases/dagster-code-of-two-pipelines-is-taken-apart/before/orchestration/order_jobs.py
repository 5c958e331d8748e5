"""Runs the dbt project of the orders."""

import subprocess
from pathlib import Path

from dagster import Definitions, asset

from clock import today

PROJECT = Path(__file__).parent.parent / "dbt_orders"


@asset(group_name="orders")
def orders_built() -> str:
    subprocess.run(["dbt", "build"], cwd=PROJECT, check=True)
    return today()


defs = Definitions(assets=[orders_built])
