from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.utils.trigger_rule import TriggerRule

with DAG("daily", start_date=datetime(2025, 1, 1), schedule="@daily", catchup=False):
    BashOperator(task_id="report", bash_command="date", trigger_rule=TriggerRule.ALL_DONE)
