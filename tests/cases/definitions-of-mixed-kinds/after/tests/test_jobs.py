from unittest import mock

from shop.jobs.sensors import _seen
from shop.jobs.jobs import daily_job
from shop.utils.jobs_utils import state_file


def test_job():
    assert daily_job.name == "daily_job"


def test_state():
    with mock.patch.dict("os.environ", {"STATE": "/nowhere"}):
        assert str(state_file()) == "/nowhere/orders.json"
        assert _seen() == []
