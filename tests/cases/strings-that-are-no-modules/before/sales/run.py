"""sales.orders"""

import logging
import os
import sqlite3

from sales import orders

log = logging.getLogger("sales")
TABLE = "sales.orders"
SETTINGS = {"table": "sales.orders", "topic": "sales.orders.load", "source_url": "sales.orders"}
COLUMNS = ["sales.orders", "sales.customers"]


class Warehouse:
    def table(self, name):
        return f"{name}: {TABLE}"

    def read_sql_table(self, name, schema=None):
        return [name, schema]


def patch(url):
    return url


def main():
    """Load sales.orders, and

    sales.orders
    """
    "sales.orders"
    warehouse = Warehouse()
    print("sales.orders", "sales.orders.load", "The module sales.orders loads orders.")
    log.info("sales.orders")
    print(warehouse.table("sales.orders"), warehouse.read_sql_table("sales.orders", schema="sales"))
    print(f"sales.{TABLE}", f"orders.{len(COLUMNS)}", b"sales.orders", "sales.orders.missing")
    print(os.path.exists("orders.json"), sqlite3.connect("utils.db").total_changes)
    print("sales", "utils", "orders", "sales.orders ", "sales orders", "sales/other", ".orders")
    print(patch("/sales.orders"), getattr(orders, "load")(), SETTINGS["table"], __doc__)
    if "sales.json" in COLUMNS:
        raise ValueError("sales.orders")


if __name__ == "__main__":
    main()
