"""Where the shop keeps its data."""

from dagster import ConfigurableResource


class Warehouse(ConfigurableResource):
    path: str
