from dagster import DailyPartitionsDefinition, asset

DAYS = DailyPartitionsDefinition(start_date="2024-01-01")


@asset(partitions_def=DAYS, required_resource_keys={"warehouse"})
def daily_sales(context):
    return context.partition_key
