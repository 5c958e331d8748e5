import sys, os
sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from etl.transform_funcs import clean


def test_clean():
    assert clean([1]) == [1]
