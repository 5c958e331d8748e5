from dagster import asset


@asset(group_name="energy")
def usage() -> int:
    return 1
