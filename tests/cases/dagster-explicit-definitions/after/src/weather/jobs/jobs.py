"""Jobs."""

from dagster import define_asset_job

hourly = define_asset_job("hourly", selection="*")
