"""Tables in DuckDB: a file, and no server."""

from pathlib import Path
from typing import Any

from dagster import InitResourceContext
from dagster_duckdb_pandas import DuckDBPandasIOManager


class DuckDBTables(DuckDBPandasIOManager):
    """Tables in a DuckDB file, whose folder is made if needed. An asset's key prefix is its schema."""

    def create_io_manager(self, context: InitResourceContext) -> Any:
        Path(self.database).parent.mkdir(parents=True, exist_ok=True)
        return super().create_io_manager(context)
