from dagster import asset


@asset
def orders():
    return [1, 2]
