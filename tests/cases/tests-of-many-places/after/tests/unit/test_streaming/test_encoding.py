from sample import EVENT

from orders.streaming.order_producer import encoded


def test_encoding():
    assert encoded(EVENT) == b'{"count": 2, "id": 7}'
