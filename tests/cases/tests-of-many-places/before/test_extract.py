from etl.extract_orders import read_orders


def test_read(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("id,count\n7,2\n")
    assert read_orders(file) == [{"id": "7", "count": "2"}]
