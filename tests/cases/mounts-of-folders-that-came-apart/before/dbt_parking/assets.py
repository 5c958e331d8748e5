from dagster import asset


@asset
def spaces() -> int:
    return 1
