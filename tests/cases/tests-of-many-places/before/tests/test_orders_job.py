import os


def test_nothing_sets_the_cluster_here():
    assert "SPARK_MASTER" not in os.environ
