"""What the tests share: an S3 server, and an environment that knows no other."""

import logging
from collections.abc import Iterator

import pytest

from etl_core.embedded_s3 import embedded_s3, environment


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Return the address of an S3 server that is there for all tests."""
    with embedded_s3() as address:
        yield address


@pytest.fixture
def s3(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let boto3 find that server."""
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    for name, value in environment(endpoint, {}).items():
        monkeypatch.setenv(name, value)


@pytest.fixture(autouse=True)
def untouched_logging() -> Iterator[None]:
    """Give the test runner its own handlers back: a run takes the logging of the process over."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
