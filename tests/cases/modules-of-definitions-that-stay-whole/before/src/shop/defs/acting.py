"""Customers, registered where they are defined."""

import dagster as dg

REGISTRY = {}


def register(asset):
    REGISTRY[asset.key] = asset


@dg.asset
def customers():
    return ["Ada"]


register(customers)

customers_job = dg.define_asset_job("customers_job", selection=list(REGISTRY.values()))
