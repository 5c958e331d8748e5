import pytest
from pipelines.orders.clean import clean


def test_clean():
    assert clean([1, None]) == [1]
