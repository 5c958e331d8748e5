import pytest
pytestmark = pytest.mark.integration
from sales.streaming.producers import SalesDataProducer


def test_class():
    assert SalesDataProducer
