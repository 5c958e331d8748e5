import pytest


@pytest.fixture
def orders_file(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text("id,count,price\n7,2,3\n")
    return file
