from checks import is_positive


def test_positive():
    assert is_positive(1)
