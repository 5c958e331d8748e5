"""Counts yesterday's cars. Reads from fct_parking now and then."""

import duckdb

from pipelines.shared.utilities.dates import today

QUERY = """
    select count(*)
    from marts.fct_traffic
    where day = ?
"""


def main() -> None:
    with duckdb.connect("city.duckdb") as connection:
        print(connection.execute(QUERY, [today()]).fetchone())


if __name__ == "__main__":
    main()
