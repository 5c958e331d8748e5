from etl.transform_numbers import doubled
from tests.values import NUMBERS


def test_all():
    assert [doubled(number) for number in NUMBERS] == [2, 4]
