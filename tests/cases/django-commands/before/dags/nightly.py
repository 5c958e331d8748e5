import subprocess
import sys

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("nightly") as dag:
    BashOperator(task_id="load", bash_command="cd /srv/shop && python manage.py load_orders x.csv")


def check():
    """Run python manage.py check_orders."""
    subprocess.run([sys.executable, "manage.py", "check_orders"], check=True)
