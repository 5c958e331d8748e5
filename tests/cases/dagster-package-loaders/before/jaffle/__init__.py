from dagster import Definitions, load_asset_checks_from_package_module

from .assets import core
from .assets import core_assets, marketing_assets
from .jobs import everything_job
from .schedules import nightly

defs = Definitions(
    assets=[*core_assets, *marketing_assets],
    asset_checks=load_asset_checks_from_package_module(core),
    jobs=[everything_job],
    schedules=[nightly],
)
