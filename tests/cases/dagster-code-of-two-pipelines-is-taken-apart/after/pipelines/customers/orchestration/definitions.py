"""Runs the dbt project of the customers."""

import subprocess
from pathlib import Path

from dagster import Definitions, asset

from pipelines.shared.utilities.clock import today
from pipelines.customers.orchestration.people import count

PROJECT = Path(__file__).resolve().parents[1] / "dbt"


@asset(group_name="customers")
def customers_built() -> str:
    subprocess.run(["dbt", "build"], cwd=PROJECT, check=True)
    return f"{count()} on {today()}"


defs = Definitions(assets=[customers_built])
