"""``verify --run`` has Airflow load the DAGs of a small repository, before and after an adoption."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from relayout.running import run_checks
from relayout.verification import Check
from workbench import Files, Result, commit_all, snapshot

pytestmark = pytest.mark.layout_build

SALES = """\
import os
import sys

sys.path.insert(0, "/opt/airflow")
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import Variable
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import Param, TaskGroup, task
from etl.extract_funcs import extract
from shop_operators import Copy

REGION = Variable.get("shop_region")
assert os.environ["SHOP_CODE"]
with DAG(
    "sales",
    schedule="@daily",
    start_date=datetime.now(),
    params={"rows": Param(3, type="integer")},
    default_args={"owner": "ada", "retries": 2, "retry_delay": timedelta(minutes=5)},
):
    first = PythonOperator(task_id="extract", python_callable=extract, op_kwargs={"r": REGION})
    with TaskGroup("load"):
        copy = Copy(task_id="copy", trigger_rule="all_done")
        run = BashOperator(task_id="run", bash_command="python /opt/airflow/etl/report.py")

        @task
        def count(n): ...

        count.expand(n=[1, 2])
        copy >> run
    first >> copy
"""
FACTORY = """\
import pathlib

import yaml
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

for job in yaml.safe_load(open("/opt/airflow/dags/jobs.yml")):
    with DAG(job["name"], schedule=job.get("schedule")) as dag:
        EmptyOperator(task_id="start") >> EmptyOperator(task_id="end")
    globals()[job["name"]] = dag
"""
SHOP: Files = {
    "README.md": "Airflow loads dags\n",
    "requirements.txt": "apache-airflow==3.3.2\n",
    "docker-compose.yml": (
        "services:\n  airflow:\n    image: apache/airflow:3.3.2\n    command: standalone\n"
        "    environment:\n      PYTHONPATH: /opt/airflow\n    volumes:\n"
        "      - ./airflow/dags:/opt/airflow/dags\n"
        "      - ./airflow/plugins:/opt/airflow/plugins\n      - ./etl:/opt/airflow/etl\n"
    ),
    "etl/__init__.py": "",
    "etl/extract_funcs.py": "import helpers\n\n\ndef extract(r):\n    return helpers.rows(r)\n",
    "etl/report.py": "print('report')\n",
    "helpers.py": "def rows(r):\n    return [r]\n",
    "airflow/dags/sales.py": SALES,
    "airflow/dags/factory.py": FACTORY,
    "airflow/dags/jobs.yml": "- {name: hourly, schedule: '@hourly'}\n- {name: by_hand}\n",
    "airflow/dags/cloud.py": (
        "from airflow.providers.nowhere.operators.copy import CopyOperator\n"
        "from airflow import DAG\n\ndag = DAG('cloud')\n"
    ),
    "airflow/dags/.airflowignore": "old.*\n",
    "airflow/dags/old.py": "from airflow import DAG\n\nraise ValueError('not looked at')\n",
    "airflow/plugins/shop_operators.py": (
        "from airflow.sdk import BaseOperator\n\n\nclass Copy(BaseOperator):\n"
        "    def execute(self, context): ...\n"
    ),
}


def check_of(path: Path, python: Path) -> Check:
    said: list[str] = []
    [check] = run_checks(path, [str(python)], said.append)
    assert check.name == "same-dags"
    return check


def test_an_adoption_keeps_every_dag(
    repository: Callable[[Files], Path], adopt: Callable[..., Result], airflow_python: Path
) -> None:
    path = repository(SHOP)
    done = adopt(path, "--layout", "src-layout", "--package", "shop")
    before = snapshot(path)
    check = check_of(path, airflow_python)
    print(done.stdout)
    print(check)
    assert check.details == ()
    assert snapshot(path) == before
