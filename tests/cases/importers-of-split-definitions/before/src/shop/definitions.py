import dagster as dg

from shop.defs import assets, jobs, reports

names = sorted(vars(reports))

defs = dg.Definitions(
    assets=dg.load_assets_from_modules([assets, reports]),
    asset_checks=dg.load_asset_checks_from_modules([assets, reports]),
    jobs=[jobs.nightly, jobs.hourly],
    schedules=[jobs.every_night],
    sensors=[jobs.new_files],
)
