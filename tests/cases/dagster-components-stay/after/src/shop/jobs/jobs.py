import dagster as dg

daily = dg.define_asset_job("daily", selection="*")
weekly = dg.define_asset_job("weekly", selection=["raw_orders"])
