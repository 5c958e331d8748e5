import dagster as dg

from shop.defs.orders import clean_orders


@dg.asset_check(asset=clean_orders)
def has_orders(clean_orders):
    return dg.AssetCheckResult(passed=bool(clean_orders))
