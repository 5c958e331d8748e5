from pipelines.city_traffic.scripts.report import QUERY


def test_query() -> None:
    assert "fct_traffic" in QUERY
