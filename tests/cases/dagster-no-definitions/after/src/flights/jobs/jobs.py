"""Jobs of runs."""

import os

from dagster import define_asset_job

refresh = define_asset_job("refresh", selection="*")

if os.getenv("BACKFILL"):
    backfill = define_asset_job("backfill", selection="*")
