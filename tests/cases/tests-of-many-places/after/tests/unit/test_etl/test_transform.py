from orders.etl.transform import with_total


def test_total():
    assert with_total({"count": "2", "price": "3"})["total"] == 6
