"""Receipts; the till's maker named the file."""

from dagster import asset


@asset
def receipts() -> list[int]:
    return [1]
