from dagster import AssetCheckResult, asset_check

from jaffle.assets.raw.core.items import items


@asset_check(asset=items)
def items_are_there(items):
    return AssetCheckResult(passed=bool(items))
