from utils.db import connect


def test_connect():
    assert connect() == "connected"
