import os
import sys

sys.path.insert(0, os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "..", "orchestration", "airflow", "dags")))

import daily

from test_orchestration.helpers import only


def test_name():
    assert only([daily.DAG]).__name__ == "DAG"
