from dagster import asset

from .daily import DAYS


@asset(partitions_def=DAYS)
def fct_sales(daily_sales):
    return daily_sales
