"""What runs when."""

from dagster import define_asset_job

nightly = define_asset_job("nightly", selection="*")
hourly = define_asset_job("hourly", selection="orders")


def last_run() -> str:
    return f"last run of {nightly.name}"
