import pytest
pytestmark = pytest.mark.integration
from kafka_producer import SalesDataProducer


def test_class():
    assert SalesDataProducer
