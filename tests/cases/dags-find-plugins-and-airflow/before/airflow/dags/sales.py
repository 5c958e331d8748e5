"""Sales, every night."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

from etl.load import load_orders
from shop_operators import CopyOperator
from team.notices import tell

with DAG("sales", schedule="@daily", start_date=datetime(2024, 1, 1), on_failure_callback=tell):
    copied = CopyOperator(task_id="copy")
    copied >> PythonOperator(task_id="load", python_callable=load_orders)
