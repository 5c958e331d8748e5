import os

from orders.spark.orders_job import rows_of


class Rows(list):
    count = list.__len__


def test_rows(session, monkeypatch):
    monkeypatch.setattr(session, "parquet", lambda path: Rows([path]), raising=False)
    assert rows_of(session, "bronze") == 1


def test_there_is_no_cluster():
    assert os.environ["SPARK_MASTER"] == "local[1]"
