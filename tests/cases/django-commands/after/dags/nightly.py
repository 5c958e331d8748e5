import subprocess
import sys

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("nightly") as dag:
    BashOperator(task_id="load", bash_command="cd /srv/shop && shop-load-orders x.csv")


def check():
    """Run python manage.py check_orders."""
    subprocess.run([sys.executable, "-m", "shop.cli.check_orders"], check=True)
