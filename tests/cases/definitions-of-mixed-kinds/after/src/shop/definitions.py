import dagster as dg

from shop.assets import raw as orders
from shop.jobs.schedules import daily
from shop.jobs.jobs import daily_job, reload_job
from shop.jobs.sensors import late_orders

defs = dg.Definitions(
    assets=dg.load_assets_from_modules([orders]),
    jobs=[daily_job, reload_job],
    schedules=[daily],
    sensors=[late_orders],
)
