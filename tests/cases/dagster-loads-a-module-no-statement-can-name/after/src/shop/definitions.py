"""All that Dagster loads."""

from dagster import Definitions, load_assets_from_modules

from shop.assets.raw import orders
from importlib import import_module
from shop.jobs.jobs import refresh

defs = Definitions(
    assets=load_assets_from_modules(
        [orders, import_module("shop.assets.raw.till_receipts", __package__)]
    ),
    jobs=[refresh],
)
