import pytest

from orders.streaming.order_producer import encoded

pytestmark = [pytest.mark.integration]


def test_a_broker_takes_it():
    assert encoded({}) == b"{}"
