from data_platform.etl.extract import get_data_files


def test_rows(tmp_path):
    (tmp_path / "a.csv").write_text("a\n1\n")
    assert get_data_files(tmp_path / "a.csv") == [{"a": "1"}]
