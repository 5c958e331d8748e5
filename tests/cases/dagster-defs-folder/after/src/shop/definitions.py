from dagster import (
    Definitions,
    definitions,
    load_asset_checks_from_modules,
    load_assets_from_modules,
)
from shop.checks import quality
from shop.assets import raw
from shop.resources import warehouse
from shop.jobs.jobs import daily, weekly
from shop.jobs.schedules import schedules


@definitions
def defs():
    return Definitions.merge(
        Definitions(
            assets=load_assets_from_modules([raw]),
            asset_checks=load_asset_checks_from_modules([quality]),
            jobs=[daily, weekly],
            schedules=[*schedules],
        ),
        warehouse.resources(),
    )
