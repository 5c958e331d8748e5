"""The warehouse that dbt builds in, for Python: one table in, one table out.

DBT_TARGET names it, as it does for dbt. What a server needs is read from the same variables that
the profiles of dbt read. The driver of a server comes with its dbt adapter.
"""

import importlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import duckdb
import pandas as pd

from pipelines.shared.utilities.locations import database_file

DBT_TARGET = "DBT_TARGET"
TARGETS = ("duckdb", "postgres", "trino")
BATCH = 500


class WarehouseError(RuntimeError):
    """There is no such warehouse; the message says what to set."""


def target() -> str:
    """Return the name of the warehouse: duckdb, unless DBT_TARGET says another.

    Raises:
        WarehouseError: it is none that is known.
    """
    name = os.environ.get(DBT_TARGET) or "duckdb"
    if name not in TARGETS:
        raise WarehouseError(f"{DBT_TARGET} is {name!r}; known are {', '.join(TARGETS)}")
    return name


class Warehouse:
    """The tables of one pipeline, in schemas that begin with its name."""

    def __init__(self, connection: Any, pipeline: str, placeholder: str) -> None:
        self.connection = connection
        self.pipeline = pipeline
        self.placeholder = placeholder

    def replace_table(self, name: str, table: pd.DataFrame, schema: str = "raw") -> int:
        """Put a table in place of what was there, and return how many rows it has.

        The table stays as it is for views that read it: rows are exchanged, columns only added.
        If it fails, what was there is there still; with Trino, where its catalogue does that.
        """
        self._begin()
        place = self._place(schema, name)
        columns = {column: _sql_type(table[column]) for column in table.columns}
        declared = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self._execute(f'create schema if not exists "{self.pipeline}_{schema}"')
        self._execute(f"create table if not exists {place} ({declared})")
        for column, kind in columns.items():
            self._execute(f'alter table {place} add column if not exists "{column}" {kind}')
        self._execute(f"delete from {place}")
        self._insert(place, table)
        self.connection.commit()
        return len(table)

    def read_table(self, name: str, schema: str = "marts") -> pd.DataFrame:
        """Return all rows of a table."""
        cursor = self._cursor()
        cursor.execute(f"select * from {self._place(schema, name)}")
        names = [column[0] for column in cursor.description]
        return pd.DataFrame(cursor.fetchall(), columns=names)

    def _cursor(self) -> Any:
        return self.connection.cursor()

    def _begin(self) -> None:
        """Begin a transaction, where the driver does not do so by itself."""

    def _place(self, schema: str, name: str) -> str:
        return f'"{self.pipeline}_{schema}"."{name}"'

    def _execute(self, statement: str, values: tuple[object, ...] = ()) -> None:
        cursor = self._cursor()
        cursor.execute(statement, values)
        if cursor.description:
            cursor.fetchall()

    def _insert(self, place: str, table: pd.DataFrame) -> None:
        """Insert rows in batches: many rows for one statement."""
        names = ", ".join(f'"{column}"' for column in table.columns)
        markers = f"({', '.join([self.placeholder] * len(table.columns))})"
        for start in range(0, len(table), BATCH):
            batch = table[start : start + BATCH]
            rows = ", ".join([markers] * len(batch))
            values = (value for row in batch.itertuples(index=False) for value in row)
            plain = tuple(None if pd.isna(value) else value for value in values)
            self._execute(f"insert into {place} ({names}) values {rows}", plain)


class DuckDBWarehouse(Warehouse):
    """A file, and no server. It reads a table of pandas where it is."""

    def _cursor(self) -> Any:
        # A cursor of DuckDB is another connection, with transactions of its own.
        return self.connection

    def _begin(self) -> None:
        self.connection.begin()

    def _insert(self, place: str, table: pd.DataFrame) -> None:
        self.connection.register("delivered", table)
        names = ", ".join(f'"{column}"' for column in table.columns)
        self.connection.execute(f"insert into {place} ({names}) select {names} from delivered")
        self.connection.unregister("delivered")


def _sql_type(values: "pd.Series[Any]") -> str:
    """Return the type of a column, by a name that every warehouse knows."""
    return "timestamp(6)" if pd.api.types.is_datetime64_any_dtype(values) else "varchar"


@contextmanager
def open_warehouse(pipeline: str) -> Iterator[Warehouse]:
    """Open the warehouse of a pipeline, and close it afterwards.

    Raises:
        WarehouseError: DBT_TARGET names none that is known.
        KeyError: a variable that the server needs is not set; it is named.
    """
    openers = {"duckdb": _duckdb, "postgres": _postgres, "trino": _trino}
    warehouse = openers[target()](pipeline)
    with closing(warehouse.connection):
        yield warehouse


def _duckdb(pipeline: str) -> Warehouse:
    path = database_file(pipeline)
    path.parent.mkdir(parents=True, exist_ok=True)
    return DuckDBWarehouse(duckdb.connect(path), pipeline, "?")


def _postgres(pipeline: str) -> Warehouse:
    # Its library reads PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE itself.
    driver = importlib.import_module("psycopg2")
    return Warehouse(driver.connect(""), pipeline, "%s")


def _trino(pipeline: str) -> Warehouse:
    driver = importlib.import_module("trino")
    password = os.environ.get("TRINO_PASSWORD")
    user = os.environ["TRINO_USER"]
    connection = driver.dbapi.connect(
        host=os.environ["TRINO_HOST"],
        port=int(os.environ.get("TRINO_PORT", "8080")),
        user=user,
        catalog=os.environ["TRINO_CATALOG"],
        http_scheme="https" if password else "http",
        auth=driver.auth.BasicAuthentication(user, password) if password else None,
    )
    return Warehouse(connection, pipeline, "?")
