import pytest


@pytest.fixture
def rows():
    return [1, 2, 3]
