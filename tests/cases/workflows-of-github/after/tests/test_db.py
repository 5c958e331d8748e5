from pipelines.utils.db import connect


def test_connect():
    assert connect() == "connected"
