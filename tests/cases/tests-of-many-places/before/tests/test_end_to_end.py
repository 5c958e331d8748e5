from etl.extract_orders import read_orders
from etl.transform_orders import with_total


def test_all_of_it(orders_file):
    assert [with_total(order)["total"] for order in read_orders(orders_file)] == [6]
