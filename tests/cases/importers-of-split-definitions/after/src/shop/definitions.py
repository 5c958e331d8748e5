import dagster as dg

from shop.assets import raw as assets, facts as reports
from shop.checks import assets_checks
from shop.jobs import jobs, sensors as jobs_sensors, schedules as jobs_schedules

names = sorted(vars(reports))

defs = dg.Definitions(
    assets=dg.load_assets_from_modules([assets, reports]),
    asset_checks=dg.load_asset_checks_from_modules([assets_checks, reports]),
    jobs=[jobs.nightly, jobs.hourly],
    schedules=[jobs_schedules.every_night],
    sensors=[jobs_sensors.new_files],
)
