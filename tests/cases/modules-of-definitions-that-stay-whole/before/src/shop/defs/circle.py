"""An asset that knows its job, and a job of that asset."""

import dagster as dg


@dg.asset
def orders(context):
    context.log.info("part of %s", nightly.name)
    return [1, 2]


nightly = dg.define_asset_job("nightly", selection=[orders])
