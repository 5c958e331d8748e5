"""Objects in one S3 bucket, with failures that may pass told from those that will not.

The endpoint, the region and the credentials are found as boto3 finds them: `AWS_ENDPOINT_URL_S3`,
`AWS_ENDPOINT_URL`, `AWS_DEFAULT_REGION`, profiles, the role of the container. boto3's own retries
are off: a call is made again here and nowhere else, so that `Backoff` says how often.

https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ChecksumError,
    ClientError,
    FlexibleChecksumError,
    HTTPClientError,
    IncompleteReadError,
    SSLError,
)
from botocore.exceptions import ConnectionError as NoConnectionError

from etl_core.logs import facts
from etl_core.retry import DEFAULT, Backoff, Failure, retry

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

Result = TypeVar("Result")

log = logging.getLogger(__name__)

_TRANSIENT_CODES = frozenset(
    {
        "InternalError",
        "OperationAborted",
        "RequestTimeout",
        "ServiceUnavailable",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
_TRANSIENT_STATUSES = frozenset({429, 500, 502, 503, 504})
_TRANSIENT_ERRORS = (
    ChecksumError,
    FlexibleChecksumError,
    HTTPClientError,
    IncompleteReadError,
    NoConnectionError,
)


class S3Error(Exception):
    """S3 did not do what it was asked; the message says what, and the answer."""


class TransientS3Error(S3Error):
    """The same, for a reason that may pass: no connection, or a server that is busy."""


class MissingObjectError(S3Error):
    """There is no such object, or no such bucket."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What a listing says of an object. The ETag changes when the content does."""

    key: str
    etag: str
    size: int


def client() -> "S3Client":
    """Return a client for the endpoint and the credentials that the environment names.

    Raises:
        S3Error: the environment does not say enough, or nonsense.
    """
    config = Config(
        connect_timeout=10, read_timeout=60, retries={"total_max_attempts": 1, "mode": "standard"}
    )
    try:
        return boto3.Session().client("s3", config=config)
    except (BotoCoreError, ValueError) as error:
        raise S3Error(f"no client for S3: {error}") from error


class Bucket:
    """One bucket. Every method makes its call again while the failure may pass."""

    def __init__(
        self,
        name: str,
        client: "S3Client",
        *,
        backoff: Backoff = DEFAULT,
        sleep: Callable[[float], None] = time.sleep,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the bucket's name and how to reach it; `told` is called when a call is made again."""
        self.name = name
        self._client = client
        self._backoff = backoff
        self._sleep = sleep
        self._told = told

    def objects(self, prefix: str) -> list[StoredObject]:
        """Return the objects under a prefix, by key; all of them, however many pages that takes.

        Raises:
            MissingObjectError: there is no such bucket.
            S3Error: S3 refused, or did not answer however often it was asked.
        """

        def pages() -> list[StoredObject]:
            paginator = self._client.get_paginator("list_objects_v2")
            return [
                StoredObject(item["Key"], _plain(item["ETag"]), item["Size"])
                for page in paginator.paginate(Bucket=self.name, Prefix=prefix)
                for item in page.get("Contents", [])
            ]

        return sorted(self._until_it_works("list", prefix, pages), key=lambda item: item.key)

    def read(self, key: str) -> tuple[bytes, str]:
        """Return an object's content, and the ETag that belongs to this content.

        Raises:
            MissingObjectError: there is no such object.
            S3Error: S3 refused, or did not answer however often it was asked.
        """

        def get() -> tuple[bytes, str]:
            answer = self._client.get_object(Bucket=self.name, Key=key)
            return answer["Body"].read(), _plain(answer["ETag"])

        return self._until_it_works("get", key, get)

    def write(self, key: str, content: bytes, content_type: str) -> str:
        """Put an object in one piece, in place of any that was there, and return its ETag.

        S3 shows the old object or the new one, never a part: a put that breaks off leaves nothing.
        https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel

        Raises:
            MissingObjectError: there is no such bucket.
            S3Error: S3 refused, or did not answer however often it was asked.
        """

        def put() -> str:
            answer = self._client.put_object(
                Bucket=self.name, Key=key, Body=content, ContentType=content_type
            )
            return _plain(answer["ETag"])

        return self._until_it_works("put", key, put)

    def _until_it_works(self, verb: str, key: str, call: Callable[[], Result]) -> Result:
        def attempt() -> Result:
            with _told_apart(f"{verb} s3://{self.name}/{key}"):
                return call()

        return retry(
            attempt,
            on=(TransientS3Error,),
            backoff=self._backoff,
            sleep=self._sleep,
            told=self._failed,
        )

    def _failed(self, failure: Failure) -> None:
        log.warning(
            "s3.retry",
            extra=facts(
                attempt=failure.attempt,
                reason=str(failure.error),
                delay=round(failure.delay, 3),
            ),
        )
        self._told()


def _plain(etag: str) -> str:
    """Return an ETag without its quotes, which not every server puts in every answer."""
    return etag.strip('"')


@contextmanager
def _told_apart(where: str) -> Iterator[None]:
    """Raise what boto3 raises as one of the errors above."""
    try:
        yield
    except ClientError as error:
        answer = error.response.get("Error", {})
        code = answer.get("Code", "")
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        message = f"{where}: {code}: {answer.get('Message', '')}"
        if code in {"NoSuchKey", "NoSuchBucket"}:
            raise MissingObjectError(message) from error
        if code in _TRANSIENT_CODES or status in _TRANSIENT_STATUSES:
            raise TransientS3Error(message) from error
        raise S3Error(message) from error
    except SSLError as error:  # a connection, and yet no retry repairs a certificate
        raise S3Error(f"{where}: {error}") from error
    except _TRANSIENT_ERRORS as error:
        raise TransientS3Error(f"{where}: {error}") from error
    except BotoCoreError as error:
        raise S3Error(f"{where}: {error}") from error
