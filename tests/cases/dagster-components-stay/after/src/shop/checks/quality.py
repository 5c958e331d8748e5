import dagster as dg

from shop.assets.raw import clean_orders


@dg.asset_check(asset=clean_orders)
def has_orders(clean_orders):
    return dg.AssetCheckResult(passed=bool(clean_orders))
