"""Definitions object of repo."""

import pipelines.assets.raw.orders
from dagster import (
    load_assets_from_modules,
    repository,
    with_resources,
)

from pipelines.assets.raw.sales import daily
from pipelines.assets import facts
from pipelines.resources.warehouse import warehouse

from pipelines.jobs.jobs import greeting
from pipelines.jobs.schedules import nightly


@repository
def analytics():
    return [
        greeting,
        nightly,
        *with_resources(
            load_assets_from_modules([daily, facts], key_prefix="sales"), {"warehouse": warehouse}
        ),
        *load_assets_from_modules([pipelines.assets.raw.orders], group_name="orders"),
    ]
