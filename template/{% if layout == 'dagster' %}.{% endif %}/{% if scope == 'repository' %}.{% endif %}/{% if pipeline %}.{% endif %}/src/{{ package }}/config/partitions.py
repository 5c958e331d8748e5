"""How assets are partitioned: by day, and by day and channel."""

from datetime import datetime

import dagster as dg

DATE = "date"
CHANNEL = "channel"
CHANNEL_NAMES = ("store", "web")

DAILY = dg.DailyPartitionsDefinition(start_date=datetime(2025, 7, 1))
CHANNELS = dg.StaticPartitionsDefinition(list(CHANNEL_NAMES))
DATE_AND_CHANNEL = dg.MultiPartitionsDefinition({DATE: DAILY, CHANNEL: CHANNELS})


def date_and_channel(date: str, channel: str) -> dg.MultiPartitionKey:
    """Return the key of the partition of a channel on a day, such as 2025-07-31."""
    return dg.MultiPartitionKey({DATE: date, CHANNEL: channel})


def dimensions(key: str) -> tuple[str, str]:
    """Return date and channel of a key that `date_and_channel` made, also if it became plain text."""
    parts = DATE_AND_CHANNEL.get_partition_key_from_str(key).keys_by_dimension
    return parts[DATE], parts[CHANNEL]
