from dagster import Definitions, load_asset_checks_from_modules

from jaffle.checks.core import checks
from .assets import core_assets, marketing_assets
from .jobs import everything_job
from jaffle.jobs.schedules import nightly

defs = Definitions(
    assets=[*core_assets, *marketing_assets],
    asset_checks=load_asset_checks_from_modules([checks]),
    jobs=[everything_job],
    schedules=[nightly],
)
