from etl.transform_numbers import doubled


def test_two():
    assert doubled(2) == 4
