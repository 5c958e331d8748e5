"""A real S3 server inside this process, for tests and for runs on a developer's machine.

It is moto's server, which keeps everything in memory; the real client speaks to it over HTTP. It
needs `moto[server]`, which is a tool of development and no dependency.
"""

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from moto.server import ThreadedMotoServer

_OTHERS = frozenset(
    {
        "AWS_ENDPOINT_URL",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
        "AWS_PROFILE",
        "AWS_SESSION_TOKEN",
    }
)


@contextmanager
def embedded_s3() -> Iterator[str]:
    """Serve S3 on a free port of this machine, and give its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it tells of every request
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def environment(endpoint: str, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment in which boto3 speaks to this server, and cannot speak to another."""
    kept = {name: value for name, value in environ.items() if name not in _OTHERS}
    return kept | {
        "AWS_ENDPOINT_URL_S3": endpoint,
        "AWS_ACCESS_KEY_ID": "embedded",
        "AWS_SECRET_ACCESS_KEY": "embedded",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        # Files of the machine's owner may name other endpoints and roles.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
