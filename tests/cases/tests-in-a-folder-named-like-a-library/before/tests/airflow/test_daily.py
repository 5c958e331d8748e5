import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "airflow", "dags"))

import daily

from tests.airflow.helpers import only


def test_name():
    assert only([daily.DAG]).__name__ == "DAG"
