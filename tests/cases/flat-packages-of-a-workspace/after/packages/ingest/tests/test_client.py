from ingest.s3.client import fetch


def test_fetch() -> None:
    assert fetch("x") == ["x-A", "x-B"]
