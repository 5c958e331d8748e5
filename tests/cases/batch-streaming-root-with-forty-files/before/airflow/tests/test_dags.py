import os
from airflow.models import DagBag


def test_no_errors():
    bag = DagBag(os.path.join(os.path.dirname(__file__), "..", "dags"))
    assert not bag.import_errors
