"""The definitions of the shop."""

from dagster import Definitions, load_assets_from_modules

from . import resources as res
from .assets import orders

resources = {"warehouse": res.Warehouse(path="data/shop.db")}

defs = Definitions(assets=load_assets_from_modules([orders]), resources=resources)
