from dagster import asset


@asset
def items():
    return [1, 2]


@asset
def comments(items):
    return items
