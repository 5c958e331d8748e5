"""The definitions of the shop."""

from dagster import Definitions, load_assets_from_modules

from shop.resources import resources as res
from shop.assets import raw as orders

resources = {"warehouse": res.Warehouse(path="data/shop.db")}

defs = Definitions(assets=load_assets_from_modules([orders]), resources=resources)
