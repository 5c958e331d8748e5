from airflow import DAG
from models.tables import METADATA

dag = DAG("nightly", default_args=METADATA)
