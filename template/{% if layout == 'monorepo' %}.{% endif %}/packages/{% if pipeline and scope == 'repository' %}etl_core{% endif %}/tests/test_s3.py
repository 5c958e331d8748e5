"""Objects in a bucket of a real server, asked by the real client."""

import threading
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, SSLError
from botocore.paginate import Paginator

from etl_core.retry import Backoff
from etl_core.s3 import Bucket, MissingObjectError, S3Error, TransientS3Error, client

QUICK = Backoff(attempts=3, base=0)


@pytest.fixture
def bucket(s3: None) -> Bucket:
    """Return an empty bucket of this test's own."""
    connection = client()
    name = uuid.uuid4().hex
    connection.create_bucket(Bucket=name)
    return Bucket(name, connection, backoff=QUICK)


def refusing(bucket: Bucket, *errors: Exception) -> tuple[Bucket, list[float]]:
    """Return the same bucket, whose first calls fail with these errors, and the waits so far."""
    connection = client()
    pending = list(errors)
    call: Callable[..., Any] = connection.put_object

    def put_object(**arguments: object) -> object:
        if pending:
            raise pending.pop(0)
        return call(**arguments)

    connection.put_object = put_object  # type: ignore[method-assign]
    waits: list[float] = []
    return Bucket(bucket.name, connection, backoff=QUICK, sleep=waits.append), waits


def answer(code: str, status: int) -> ClientError:
    return ClientError(
        {"Error": {"Code": code, "Message": "m"}, "ResponseMetadata": {"HTTPStatusCode": status}},  # type: ignore[typeddict-item]
        "PutObject",
    )


def test_what_is_written_is_read_with_the_same_etag(bucket: Bucket) -> None:
    etag = bucket.write("a/b.csv", b"x,y\n", "text/csv")
    assert '"' not in etag
    assert bucket.read("a/b.csv") == (b"x,y\n", etag)
    (found,) = bucket.objects("a/")
    assert (found.key, found.etag, found.size) == ("a/b.csv", etag, 4)
    assert bucket.write("a/b.csv", b"x,y\n", "text/csv") == etag
    assert bucket.write("a/b.csv", b"z\n", "text/csv") != etag


def test_a_listing_is_whole_however_many_pages_it_has(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    paginate = Paginator.paginate
    monkeypatch.setattr(
        Paginator,
        "paginate",
        lambda self, **arguments: paginate(self, **arguments, PaginationConfig={"PageSize": 2}),
    )
    keys = [f"many/{number}" for number in range(5)]
    for key in (*reversed(keys), "other"):
        bucket.write(key, b"", "text/plain")
    assert [found.key for found in bucket.objects("many/")] == keys
    assert bucket.objects("none/") == []


def test_what_is_missing_is_said_at_once(bucket: Bucket) -> None:
    with pytest.raises(MissingObjectError, match=f"get s3://{bucket.name}/lost: NoSuchKey"):
        bucket.read("lost")
    with pytest.raises(MissingObjectError, match="NoSuchBucket"):
        Bucket("no-such-bucket", client(), backoff=QUICK).objects("")


@pytest.mark.parametrize(
    "error",
    [
        answer("SlowDown", 503),
        answer("InternalError", 500),
        answer("Whatever", 502),
        answer("RequestTimeout", 400),
        EndpointConnectionError(endpoint_url="http://s3"),
    ],
    ids=["busy", "internal", "gateway", "timeout", "no connection"],
)
def test_a_failure_that_may_pass_is_tried_again(bucket: Bucket, error: Exception) -> None:
    flaky, waits = refusing(bucket, error, error)
    assert flaky.write("k", b"x", "text/plain")
    assert len(waits) == 2
    assert bucket.read("k")[0] == b"x"


def test_it_gives_up_after_the_last_attempt(bucket: Bucket) -> None:
    flaky, waits = refusing(bucket, *[answer("SlowDown", 503)] * 3)
    with pytest.raises(TransientS3Error, match=f"put s3://{bucket.name}/k: SlowDown: m"):
        flaky.write("k", b"x", "text/plain")
    assert len(waits) == 2
    assert bucket.objects("") == []


@pytest.mark.parametrize(
    "error", [answer("AccessDenied", 403), SSLError(endpoint_url="https://s3", error="expired")]
)
def test_what_will_not_pass_is_not_tried_again(bucket: Bucket, error: Exception) -> None:
    flaky, waits = refusing(bucket, error)
    with pytest.raises(S3Error) as failed:
        flaky.write("k", b"x", "text/plain")
    assert not isinstance(failed.value, TransientS3Error)
    assert waits == []


def test_every_retry_is_told(bucket: Bucket, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []
    connection = refusing(bucket, answer("SlowDown", 503))[0]._client
    told = Bucket(bucket.name, connection, backoff=QUICK, told=lambda: heard.append("again"))
    told.write("k", b"x", "text/plain")
    assert heard == ["again"]
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "s3.retry"
    ]


class Busy(BaseHTTPRequestHandler):
    """Answers every request with 503, and counts them."""

    asked = 0

    def do_GET(self) -> None:
        Busy.asked += 1
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def test_nobody_else_makes_a_call_again(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    with HTTPServer(("127.0.0.1", 0), Busy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(TransientS3Error):
            Bucket("b", client(), backoff=QUICK).read("k")
        server.shutdown()
        thread.join()
    assert Busy.asked == QUICK.attempts


def test_no_server_is_a_failure_that_may_pass(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    with pytest.raises(TransientS3Error, match="Could not connect"):
        Bucket("b", client(), backoff=QUICK).read("k")


def test_an_environment_that_says_nonsense_is_an_error(
    s3: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "nonsense")
    with pytest.raises(S3Error, match="no client for S3"):
        client()


def test_no_credentials_are_an_error_that_will_not_pass(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(S3Error, match="Unable to locate credentials") as failed:
        Bucket(bucket.name, client(), backoff=QUICK).read("k")
    assert not isinstance(failed.value, TransientS3Error)
