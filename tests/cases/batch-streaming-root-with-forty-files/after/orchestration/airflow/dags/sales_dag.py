from datetime import datetime
from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.operators.bash import BashOperator
from sales.etl.extract import get_data_files
from sales.etl.load import load_to_postgres
from dag_helpers import default_args

with DAG("sales_daily", default_args=default_args, start_date=datetime(2024, 1, 1)) as dag:
    a = PythonOperator(task_id="extract", python_callable=get_data_files, op_args=["/opt/airflow/data"])
    b = BashOperator(task_id="batch", bash_command="spark-submit /opt/airflow/sales_batch_job.py")
    a >> b
