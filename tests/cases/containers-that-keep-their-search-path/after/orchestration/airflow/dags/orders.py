from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator
from data_platform.etl.extract import read

with DAG("orders", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="read", python_callable=read)
