from dagster import resource


@resource
def warehouse(_):
    return {}
