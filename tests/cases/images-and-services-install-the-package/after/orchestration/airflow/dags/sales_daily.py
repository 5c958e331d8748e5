from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

from data_platform.etl.extract import get_data_files

with DAG("sales_daily", start_date=datetime(2024, 1, 1), schedule="@daily") as dag:
    PythonOperator(task_id="extract", python_callable=get_data_files)
