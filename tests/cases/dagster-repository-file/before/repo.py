"""Everything that the analytics instance runs."""

import assets.orders
from dagster import (
    ScheduleDefinition,
    job,
    load_assets_from_modules,
    load_assets_from_package_module,
    op,
    repository,
    with_resources,
)

import assets.sales as sales
from resources.warehouse import warehouse


@op
def greet():
    return "hello"


@job
def greeting():
    greet()


nightly = ScheduleDefinition(job=greeting, cron_schedule="0 3 * * *")


@repository
def analytics():
    return [
        greeting,
        nightly,
        *with_resources(
            load_assets_from_package_module(sales, key_prefix="sales"), {"warehouse": warehouse}
        ),
        *load_assets_from_modules([assets.orders], group_name="orders"),
    ]
