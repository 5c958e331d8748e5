"""``verify --run`` has Airflow load the DAGs of a small repository before and after."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from relayout.errors import Refusal
from relayout.running import run_checks
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
    start_date=datetime(2024, 1, 1),
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


def test_airflow_loads_both_states_and_what_changed_since_is_told(
    repository: Callable[[Files], Path], adopt: Callable[..., Result], airflow_python: Path
) -> None:
    """One run for all of it, and each state once: Airflow is slow to import."""
    path = repository(SHOP)
    assert adopt(path, "--layout", "src-layout", "--package", "shop").status in (0, 1)
    jobs = path / "airflow" / "dags" / "jobs.yml"
    jobs.write_text("- {name: weekly, schedule: '@weekly'}\n- {name: by_hand}\n")
    commit_all(path, "Less often")
    before, said = snapshot(path), list[str]()
    [check] = run_checks(path, [str(airflow_python)], said.append)
    assert check.name == "same-dags"
    assert set(check.details) == {
        "DAG hourly: is gone",
        "DAG weekly: was not there before",
    }
    numbers = {"dags": 2, "tasks": 6, "dependencies": 3, "task_groups": 1}
    assert {name: check.figures[name] for name in numbers} == numbers
    assert check.figures["before"] == numbers
    assert check.figures["missing_packages"] == ["airflow.providers.nowhere"]
    wanted = ["AIRFLOW_VAR_SHOP_REGION", "SHOP_CODE"]
    assert check.figures["variables_without_value"] == wanted
    assert any("airflow/dags/cloud.py: does not load, as before" in text for text in said)
    assert snapshot(path) == before


def test_an_environment_without_airflow_is_refused(
    repository: Callable[[Files], Path], adopt: Callable[..., Result]
) -> None:
    path = repository({"dags/sales.py": "from airflow import DAG\n\nDAG('sales')\n"})
    assert adopt(path, "--layout", "src-layout").status in (0, 1)
    with pytest.raises(Refusal, match="has no Airflow: No module named 'airflow'"):
        run_checks(path, [sys.executable], lambda _: None)
