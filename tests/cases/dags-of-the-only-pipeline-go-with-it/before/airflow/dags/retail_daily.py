from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("retail_daily", start_date=datetime(2024, 1, 1), schedule="@daily") as dag:
    BashOperator(task_id="build", bash_command="cd /opt/airflow/transform && dbt build")
