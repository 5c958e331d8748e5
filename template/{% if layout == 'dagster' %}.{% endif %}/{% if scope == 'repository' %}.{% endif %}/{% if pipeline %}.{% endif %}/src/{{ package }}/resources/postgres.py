"""Tables in PostgreSQL."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import dagster as dg
import pandas as pd
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Table,
    create_engine,
    inspect,
    make_url,
)
from sqlalchemy.exc import ArgumentError
from sqlalchemy.schema import CreateSchema

DRIVER = "postgresql+psycopg2"


class PostgresUrlError(ValueError):
    """The URL of the database cannot be used. The message never contains the password."""


class PostgresTables(dg.ConfigurableIOManager):
    """Tables in PostgreSQL, written in one transaction each. An asset's key prefix is its schema.

    As with DuckDB, the metadata `partition_expr` of an asset names the column that tells its
    partitions apart, or a column for each dimension.
    """

    url: str

    def handle_output(self, context: dg.OutputContext, obj: pd.DataFrame) -> None:
        """Store a table, or replace those of its rows that belong to the partitions of the run."""
        schema, name = _place(context.asset_key)
        expression = context.definition_metadata.get("partition_expr")
        with self._connect() as connection:
            connection.execute(CreateSchema(schema, if_not_exists=True))
            if inspect(connection).has_table(name, schema):
                table = _stored(connection, schema, name)
                connection.execute(table.delete().where(*_rows(context, table, expression)))
            obj.to_sql(name, connection, schema=schema, if_exists="append", index=False)
        context.add_output_metadata({"dagster/row_count": len(obj), "table": f"{schema}.{name}"})

    def load_input(self, context: dg.InputContext) -> pd.DataFrame:
        """Return a table, or those of its rows that belong to the partitions that are asked for."""
        schema, name = _place(context.asset_key)
        upstream = context.upstream_output
        expression = upstream.definition_metadata.get("partition_expr") if upstream else None
        with self._connect() as connection:
            table = _stored(connection, schema, name)
            selected = table.select().where(*_rows(context, table, expression))
            return pd.read_sql(selected, connection)

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        try:
            url = make_url(self.url)
        except ArgumentError:
            message = (
                "the URL of the database does not look like postgresql://user:password@host/name"
            )
            raise PostgresUrlError(message) from None
        if url.get_backend_name() not in {"postgresql", "postgres"}:
            raise PostgresUrlError(f"the database is {url.get_backend_name()}, not PostgreSQL")
        engine = create_engine(url.set(drivername=DRIVER))
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()


def _place(key: dg.AssetKey) -> tuple[str, str]:
    schema = key.path[-2] if len(key.path) > 1 else "public"
    return schema, key.path[-1]


def _stored(connection: Connection, schema: str, name: str) -> Table:
    return Table(name, MetaData(), schema=schema, autoload_with=connection)


def _rows(
    context: dg.OutputContext | dg.InputContext, table: Table, expression: Any
) -> list[ColumnElement[bool]]:
    """Return the conditions for the rows of the partitions at hand; none if there are no partitions."""
    if not context.has_asset_partitions:
        return []
    definition = context.asset_partitions_def
    keys = context.asset_partition_keys
    if not isinstance(definition, dg.MultiPartitionsDefinition):
        return _condition(table.c[expression], definition, set(keys))
    conditions = []
    for dimension in definition.partitions_defs:
        wanted = {
            key.keys_by_dimension[dimension.name]
            for key in keys
            if isinstance(key, dg.MultiPartitionKey)
        }
        column = table.c[expression[dimension.name]]
        conditions += _condition(column, dimension.partitions_def, wanted)
    return conditions


def _condition(
    column: Column[Any], definition: dg.PartitionsDefinition[str], keys: Collection[str]
) -> list[ColumnElement[bool]]:
    if not isinstance(definition, dg.TimeWindowPartitionsDefinition):
        return [column.in_(sorted(keys))]
    windows = [definition.time_window_for_partition_key(key) for key in keys]
    if not windows:
        return [column.in_([])]
    # Dagster asks for partitions that follow each other.
    first = min(window.start for window in windows)
    last = max(window.end for window in windows)
    return [column >= _naive(first), column < _naive(last)]


def _naive(moment: datetime) -> datetime:
    """Return a time as it is stored: days begin at midnight, whatever the time zone."""
    return moment.replace(tzinfo=None)
