from dagster import asset, asset_check

from .assets import orders


@asset(deps=[orders])
def revenue():
    return 1


@asset_check(asset=revenue)
def is_positive():
    return True
