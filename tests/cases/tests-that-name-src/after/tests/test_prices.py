import shop.prices
from shop import prices
from shop.prices import gross


def test_one_module(monkeypatch):
    monkeypatch.setattr("shop.prices.RATE", 5)
    assert prices.gross(1) == 5
    assert shop.prices.gross(1) == 5
