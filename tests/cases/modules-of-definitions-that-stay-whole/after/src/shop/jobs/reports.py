"""A job with its schedule, in a folder of the layout."""

import dagster as dg

reports = dg.define_asset_job("reports")
reports_daily = dg.ScheduleDefinition(job=reports, cron_schedule="@daily")
