"""The folders that Airflow loads DAGs from, and what it finds modules in there."""

from __future__ import annotations

import pytest

from relayout.running.airflow_folders import DagFolder, dag_folders
from relayout.tree import Tree
from workbench import Files

DAG = "from airflow import DAG\n\nwith DAG('sales'):\n    pass\n"
FACTORY = "from airflow_yaml import load_all\n\nload_all(globals(), 'dag')\n"
COMPOSE = """\
services:
  scheduler:
    image: apache/airflow:3.3.2
    environment:
      PYTHONPATH: /opt/airflow/src:/opt/airflow
    volumes:
      - ./pipelines:/opt/airflow/dags
      - ./operators:/opt/airflow/plugins
      - ./src:/opt/airflow/src:ro
      - logs:/opt/airflow/logs
      - ./.env:/opt/airflow/.env
"""


def found(files: Files) -> dict[str, DagFolder]:
    return {folder.path: folder for folder in dag_folders(Tree.of(files))}


def test_a_folder_called_dags_is_one_with_its_siblings() -> None:
    files = {
        "airflow/dags/team/sales.py": DAG,
        "airflow/plugins/operators.py": "",
        "airflow/config/airflow_local_settings.py": "",
        "airflow/airflow.cfg": "",
        "src/shop/__init__.py": "",
    }
    [folder] = dag_folders(Tree.of(files))
    assert (folder.path, folder.files, folder.front) == ("airflow/dags", (), ())
    assert folder.back == ("src", "airflow/dags", "airflow/config", "airflow/plugins")
    assert folder.plugins == "airflow/plugins"
    home = {"config": "airflow/config", "dags": "airflow/dags", "plugins": "airflow/plugins"}
    assert dict(folder.home) == home


def test_containers_say_where_the_folders_are() -> None:
    files = {
        "docker-compose.yml": COMPOSE,
        "pipelines/sales.py": DAG,
        "operators/copy.py": "",
        "src/shop/etl.py": "",
        ".env": "PASSWORD=1\n",
    }
    folder = found(files)["pipelines"]
    assert folder.plugins == "operators"
    assert folder.front[:1] == ("src",)
    assert ("/opt/airflow/dags", "pipelines") in folder.mounts
    assert dict(folder.home)["src"] == "src"
    assert dict(folder.home)["plugins"] == "operators"


def test_an_image_may_have_the_dags_instead() -> None:
    dockerfile = "FROM apache/airflow:3.3.2\nENV PYTHONPATH=/opt/airflow\nCOPY . /opt/airflow/\n"
    files = {"Dockerfile": dockerfile, "dags/sales.py": DAG, "etl/load.py": ""}
    folder = found(files)["dags"]
    assert folder.mounts == (("/opt/airflow", ""),)
    assert folder.front == ("",)
    assert dict(folder.home)["etl"] == "etl"


def test_a_setting_may_name_the_folder() -> None:
    compose = (
        "services:\n  airflow:\n    image: apache/airflow\n"
        "    environment: {AIRFLOW__CORE__DAGS_FOLDER: /code/flows}\n    volumes: ['.:/code']\n"
    )
    assert list(found({"compose.yml": compose, "flows/sales.py": DAG})) == ["flows"]


def test_dags_that_stand_alone_are_loaded_by_themselves() -> None:
    files = {"jobs/sales.py": DAG, "jobs/notes.py": "import airflow\n", "jobs/load.py": ""}
    [folder] = dag_folders(Tree.of(files))
    assert (folder.path, folder.files) == ("jobs", ("jobs/sales.py",))


def test_a_folder_of_generated_dags_needs_none_that_is_written_down() -> None:
    assert list(found({"dags/generate.py": FACTORY, "dags/jobs.yml": ""})) == ["dags"]


def test_folders_that_belong_together_are_one() -> None:
    assert list(found({"dags/a/dags/one.py": DAG, "dags/two.py": DAG})) == ["dags"]
    assert list(found({"a/dags/one.py": DAG, "b/dags/two.py": DAG})) == ["a/dags", "b/dags"]


@pytest.mark.parametrize(
    "path",
    ["tests/dags/test_sales.py", "tests/sales.py", "__legacy/dags/sales.py", "dags/notes.md"],
)
def test_what_airflow_does_not_load_is_left_out(path: str) -> None:
    assert dag_folders(Tree.of({path: DAG})) == ()


@pytest.mark.parametrize("text", ["services: [", "\0\1\2", "services: {a: {volumes: [1, {}]}}", ""])
def test_broken_files_raise_nothing(text: str) -> None:
    files = {"docker-compose.yml": text, "Dockerfile": text, "dags/a.py": DAG + text}
    assert list(found({**files, "dags/b.py": b"\xff\xfeairflow"})) == ["dags"]
