import dagster as dg


class DuckWarehouse(dg.ConfigurableResource):
    path: str = "shop.duckdb"


@dg.definitions
def resources() -> dg.Definitions:
    return dg.Definitions(resources={"warehouse": DuckWarehouse()})
