"""Orders, as the till writes them."""

from dagster import asset

from ..resources import Warehouse


@asset
def orders(warehouse: Warehouse) -> None:
    print(warehouse.path)
