from dagster import asset, asset_check


@asset
def orders():
    return [1, 2]


@asset_check(asset=orders)
def has_orders():
    return True
