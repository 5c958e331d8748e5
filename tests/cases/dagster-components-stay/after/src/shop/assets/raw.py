import dagster as dg

from shop.resources.warehouse import DuckWarehouse


@dg.asset(group_name="raw")
def raw_orders(warehouse: DuckWarehouse):
    """Orders as the shop sends them."""
    return [{"id": 1, "amount": 3}]


@dg.asset
def clean_orders(raw_orders):
    return [order for order in raw_orders if order["amount"]]
