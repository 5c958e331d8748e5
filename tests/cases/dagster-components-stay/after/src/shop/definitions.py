from pathlib import Path

from dagster import (
    Definitions,
    definitions,
    load_definitions_from_modules,
    load_from_defs_folder,
)
from shop.jobs import jobs, schedules
from shop.checks import quality
from shop.assets import raw
from shop.resources import warehouse


@definitions
def defs():
    return Definitions.merge(
        load_from_defs_folder(path_within_project=Path(__file__).parent),
        load_definitions_from_modules([raw, quality, jobs, schedules]),
        warehouse.resources(),
    )
