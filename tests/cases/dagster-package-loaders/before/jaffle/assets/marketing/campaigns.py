from dagster import asset


@asset
def campaigns():
    return ["spring"]


@asset
def fct_campaigns(campaigns):
    return len(campaigns)
