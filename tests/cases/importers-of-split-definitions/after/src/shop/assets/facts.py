from dagster import asset, asset_check

from shop.assets.raw import orders


@asset(deps=[orders])
def revenue():
    return 1


@asset_check(asset=revenue)
def is_positive():
    return True
