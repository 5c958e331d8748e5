from etl.load import QUERY


def test_query() -> None:
    assert QUERY.strip() == "select 1"
