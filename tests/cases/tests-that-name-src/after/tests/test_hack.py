from shop.prices import (
    RATE,
    gross,  # the old name
)


def test_gross():
    assert gross(1) == RATE
