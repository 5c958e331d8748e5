"""Orders, as the till writes them."""

from dagster import asset

from shop.resources.resources import Warehouse


@asset
def orders(warehouse: Warehouse) -> None:
    print(warehouse.path)
