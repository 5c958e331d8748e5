from numbers_etl.etl.transform import doubled


def test_two():
    assert doubled(2) == 4
