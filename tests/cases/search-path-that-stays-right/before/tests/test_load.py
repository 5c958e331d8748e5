import factories
import shop.load


def test_order():
    assert factories.ORDER and shop.load
