from dagster import sensor, RunRequest
from dagster_slack import SlackResource

from flights.jobs.jobs import refresh


@sensor(job=refresh)
def new_files(slack: SlackResource):
    slack.get_client().chat_postMessage(channel="#flights", text="new files")
    return RunRequest()
