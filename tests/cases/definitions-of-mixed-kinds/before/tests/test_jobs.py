from unittest import mock

from shop.defs.jobs import _seen, daily_job, state_file


def test_job():
    assert daily_job.name == "daily_job"


def test_state():
    with mock.patch.dict("os.environ", {"STATE": "/nowhere"}):
        assert str(state_file()) == "/nowhere/orders.json"
        assert _seen() == []
