import os

from dagster import define_asset_job, sensor, RunRequest
from dagster_slack import SlackResource

refresh = define_asset_job("refresh", selection="*")

if os.getenv("BACKFILL"):
    backfill = define_asset_job("backfill", selection="*")


@sensor(job=refresh)
def new_files(slack: SlackResource):
    slack.get_client().chat_postMessage(channel="#flights", text="new files")
    return RunRequest()
