import pytest
from airflow import DAG


@pytest.fixture
def dag():
    return DAG("tried")
