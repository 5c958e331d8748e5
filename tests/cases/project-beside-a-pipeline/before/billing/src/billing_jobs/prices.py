"""Prices of what was ordered."""


def price(article):
    return {"pen": 2, "paper": 5}.get(article, 0)
