from dagster import load_assets_from_package_module, load_assets_from_package_name

from . import core

CORE = "core"

core_assets = load_assets_from_package_module(package_module=core, group_name=CORE)
marketing_assets = load_assets_from_package_name(
    "jaffle.assets.marketing",  # by its name
    group_name="marketing",
    key_prefix=["marketing"],
)
