from airflow import DAG
from pipelines.models.tables import METADATA

dag = DAG("nightly", default_args=METADATA)
