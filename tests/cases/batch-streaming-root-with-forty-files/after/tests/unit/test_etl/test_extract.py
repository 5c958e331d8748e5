from sales.etl.extract import get_data_files


def test_files(tmp_path):
    (tmp_path / "a.csv").write_text("id\n1\n")
    assert get_data_files(tmp_path) == ["a.csv"]
