from dagster import Definitions, ScheduleDefinition, define_asset_job
from dagster import load_assets_from_modules as assets_of

from weather.assets import forecasts, stations
from weather.tools import loading

hourly = define_asset_job("hourly", selection="*")

# the older ones: load_assets_from_package_module(assets), load_from_defs_folder()
defs = Definitions(
    assets=[*assets_of([stations], group_name="stations"), *assets_of([forecasts])],
    jobs=[hourly],
    schedules=[ScheduleDefinition(job=hourly, cron_schedule="0 * * * *")],
    metadata={"loader": "load_assets_from_package_name('weather.assets')", "by": loading.NAME},
)
