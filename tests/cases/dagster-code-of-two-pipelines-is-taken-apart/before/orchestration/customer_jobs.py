"""Runs the dbt project of the customers."""

import subprocess
from pathlib import Path

from dagster import Definitions, asset

from clock import today
from people import count

PROJECT = Path(__file__).parent.parent / "dbt_customers"


@asset(group_name="customers")
def customers_built() -> str:
    subprocess.run(["dbt", "build"], cwd=PROJECT, check=True)
    return f"{count()} on {today()}"


defs = Definitions(assets=[customers_built])
