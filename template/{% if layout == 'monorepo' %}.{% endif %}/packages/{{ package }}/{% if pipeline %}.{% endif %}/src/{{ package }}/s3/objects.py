"""Which objects are inputs, and where the result of each one goes."""

from collections.abc import Callable

from etl_core.retry import Backoff
from etl_core.s3 import Bucket, StoredObject, client

CONTENT_TYPE = "text/csv; charset=utf-8"


def buckets(
    source: str, target: str, backoff: Backoff, told: Callable[[], None]
) -> tuple[Bucket, Bucket]:
    """Return the bucket to read from and the one to write to; `told` hears of every retry.

    Raises:
        S3Error: the environment does not say how to reach S3.
    """
    connection = client()
    return (
        Bucket(source, connection, backoff=backoff, told=told),
        Bucket(target, connection, backoff=backoff, told=told),
    )


def inputs(bucket: Bucket, prefix: str) -> list[StoredObject]:
    """Return the CSV objects under a prefix, by key.

    Raises:
        S3Error: they cannot be listed.
    """
    return [found for found in bucket.objects(prefix) if found.key.endswith(".csv")]


def result_key(key: str, source_prefix: str, target_prefix: str) -> str:
    """Return where the result of an input goes: always the same place, so that a retry replaces."""
    return target_prefix + key.removeprefix(source_prefix)
