from fixtures_for_orders import ROWS


def test_rows():
    assert ROWS
