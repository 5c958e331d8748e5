def test_file(orders_file):
    assert orders_file.exists()
