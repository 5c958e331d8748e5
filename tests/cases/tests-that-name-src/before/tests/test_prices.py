import src.shop.prices
from src.shop import prices
from shop.prices import gross


def test_one_module(monkeypatch):
    monkeypatch.setattr("src.shop.prices.RATE", 5)
    assert prices.gross(1) == 5
    assert src.shop.prices.gross(1) == 5
