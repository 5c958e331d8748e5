"""Orders, as the till has them."""

from dagster import asset


@asset
def orders() -> list[int]:
    return [1, 2]
