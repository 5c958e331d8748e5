from orders.etl.extract import read_orders
from orders.etl.transform import with_total


def test_all_of_it(orders_file):
    assert [with_total(order)["total"] for order in read_orders(orders_file)] == [6]
