"""The job of every night."""

from importlib import import_module

from dagster import define_asset_job

till = import_module("shop.assets.till-receipts")

refresh = define_asset_job("refresh", selection=[till.receipts])
