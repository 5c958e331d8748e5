"""Asset checks."""

from dagster import asset_check

from shop.assets.raw import orders


@asset_check(asset=orders)
def has_orders():
    return True
