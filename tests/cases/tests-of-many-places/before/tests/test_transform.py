import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))

from etl.transform_orders import with_total


def test_total():
    assert with_total({"count": "2", "price": "3"})["total"] == 6
