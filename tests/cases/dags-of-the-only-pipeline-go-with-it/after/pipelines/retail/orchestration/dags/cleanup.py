from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("cleanup", start_date=datetime(2024, 1, 1), schedule="@weekly") as dag:
    EmptyOperator(task_id="nothing")
