"""Loads what the sensors say: the table is the pipeline's own."""

import duckdb

from lib.dates import today


def load(path: str = "city.duckdb") -> None:
    with duckdb.connect(path) as connection:
        connection.execute("insert into city_raw.raw_parking values (?)", [today()])


if __name__ == "__main__":
    load()
