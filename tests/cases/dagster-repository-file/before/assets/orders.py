from dagster import asset


@asset
def raw_orders():
    return [1]


@asset
def order_count(raw_orders):
    return len(raw_orders)
