"""A table goes into the warehouse, and comes out."""

import os
from collections.abc import Iterator
from datetime import datetime

import pandas as pd
import pytest

from pipelines.shared.utilities.locations import database_file
from pipelines.shared.utilities.warehouse import (
    BATCH,
    DBT_TARGET,
    Warehouse,
    WarehouseError,
    open_warehouse,
    target,
)

# The name of a database that may be changed, on the server that PGHOST names.
DATABASE = os.environ.get("TEST_PGDATABASE", "")
NO_SERVER = "TEST_PGDATABASE names no database"
PIPELINE = "shared_test"
NOON = datetime(2025, 7, 1, 12)


@pytest.fixture(
    params=[
        "duckdb",
        pytest.param("postgres", marks=pytest.mark.skipif(not DATABASE, reason=NO_SERVER)),
    ]
)
def warehouse(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Warehouse]:
    monkeypatch.setenv(DBT_TARGET, request.param)
    monkeypatch.setenv("PGDATABASE", DATABASE)
    with open_warehouse(PIPELINE) as warehouse:
        warehouse.connection.cursor().execute(f'drop schema if exists "{PIPELINE}_raw" cascade')
        warehouse.connection.commit()
        yield warehouse


def rows(*values: str) -> pd.DataFrame:
    return pd.DataFrame({"id": list(values), "at": [pd.Timestamp(NOON)] * len(values)})


def test_what_goes_in_comes_out(warehouse: Warehouse) -> None:
    table = pd.DataFrame(
        {"id": ["1", None, "it's 5 %s ?; --"], "at": [pd.Timestamp(NOON), None, None]}
    )
    assert warehouse.replace_table("records", table) == 3
    found = warehouse.read_table("records", schema="raw")
    assert list(found.columns) == ["id", "at"]
    plain = [
        [None if pd.isna(value) else value for value in row]
        for row in found.itertuples(index=False)
    ]
    assert plain == [["1", NOON], [None, None], ["it's 5 %s ?; --", None]]


def test_a_table_takes_the_place_of_what_was_there(warehouse: Warehouse) -> None:
    warehouse.replace_table("records", rows("1", "2"))
    warehouse.replace_table("records", rows("3"))
    assert list(warehouse.read_table("records", schema="raw")["id"]) == ["3"]
    warehouse.replace_table("records", rows())
    assert warehouse.read_table("records", schema="raw").empty


def test_what_was_there_stays_if_the_new_table_is_refused(warehouse: Warehouse) -> None:
    warehouse.replace_table("records", rows("1"))
    with pytest.raises(Exception, match="no time"):
        warehouse.replace_table("records", rows("2").assign(at="no time"))
    warehouse.connection.rollback()
    assert list(warehouse.read_table("records", schema="raw")["id"]) == ["1"]


def test_a_new_column_is_added(warehouse: Warehouse) -> None:
    warehouse.replace_table("records", rows("1"))
    warehouse.replace_table("records", rows("1").assign(note="x"))
    assert list(warehouse.read_table("records", schema="raw").columns) == ["id", "at", "note"]


def test_many_rows_are_inserted(warehouse: Warehouse) -> None:
    names = [str(number) for number in range(BATCH + 1)]
    assert warehouse.replace_table("records", rows(*names)) == BATCH + 1
    assert sorted(warehouse.read_table("records", schema="raw")["id"]) == sorted(names)


def test_a_pipeline_has_a_file_of_its_own() -> None:
    with open_warehouse("orders"), open_warehouse("customers"):
        assert database_file("orders").is_file()
        assert database_file("customers").is_file()


def test_a_warehouse_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DBT_TARGET, "oracle")
    with pytest.raises(WarehouseError, match="known are duckdb, postgres, trino"):
        target()
