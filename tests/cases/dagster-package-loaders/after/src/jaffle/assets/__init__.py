from dagster import load_assets_from_modules

from . import core
from jaffle.assets.raw.core import items
from jaffle.assets.raw.marketing import campaigns

CORE = "core"

core_assets = load_assets_from_modules(modules=[items], group_name=CORE)
marketing_assets = load_assets_from_modules(
    [campaigns],  # by its name
    group_name="marketing",
    key_prefix=["marketing"],
)
