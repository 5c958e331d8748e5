from factories import order


def test_order():
    assert order() == 1
