from shop.prices import total


def test_total(amounts):
    assert total(amounts) == 3
