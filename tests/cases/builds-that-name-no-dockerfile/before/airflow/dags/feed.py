from datetime import datetime

from airflow import DAG
from airflow.providers.docker.operators.docker import DockerOperator

with DAG("feed", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    DockerOperator(task_id="check", image="feed", command="true")
