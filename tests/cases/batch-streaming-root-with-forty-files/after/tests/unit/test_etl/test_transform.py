from sales.etl.transform import clean


def test_clean():
    assert clean([1]) == [1]
