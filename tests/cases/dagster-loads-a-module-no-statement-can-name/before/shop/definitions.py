"""All that Dagster loads."""

from dagster import Definitions, load_assets_from_package_module

from . import assets
from .jobs import refresh

defs = Definitions(
    assets=load_assets_from_package_module(assets),
    jobs=[refresh],
)
