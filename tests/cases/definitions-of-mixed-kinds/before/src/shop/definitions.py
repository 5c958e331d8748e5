import dagster as dg

from shop.defs import orders
from shop.defs.jobs import daily, daily_job, late_orders, reload_job

defs = dg.Definitions(
    assets=dg.load_assets_from_modules([orders]),
    jobs=[daily_job, reload_job],
    schedules=[daily],
    sensors=[late_orders],
)
