from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("daily", start_date=datetime(2024, 1, 1), schedule="@daily") as dag:
    BashOperator(task_id="load", bash_command="load-rates")
