"""Whose the code of an orchestrator is."""

from __future__ import annotations

from planning.pipeline_parts.made import CUSTOMERS, ORDERS, TWO, places_of

ASSETS = "from dagster import asset\n@asset(group_name={group!r})\ndef {name}(): ...\n"
DEFS = (
    "from dagster import Definitions\nfrom {module} import {name}\ndefs = Definitions([{name}])\n"
)
DAG = "from airflow import DAG\nwith DAG({name!r}) as dag:\n    {body}\n"


def asset(name: str, group: str = "none") -> str:
    return ASSETS.format(name=name, group=group)


def test_the_one_code_location_of_a_pipeline_becomes_its_definitions() -> None:
    code = (
        'import os\nfrom dagster import Definitions\nos.chdir("dbt_orders")\ndefs = Definitions()\n'
    )
    assert places_of(
        {"dagster/pipelines.py": code, "dagster/workspace.yaml": "load_from: []\n"}
    ) == {
        "dagster/pipelines.py": "orders:orchestration/definitions.py",
        "dagster/workspace.yaml": ":platform-orchestration/workspace.yaml",
    }


def test_a_code_location_of_one_pipeline_goes_with_all_that_it_loads() -> None:
    files = {
        "flow/__init__.py": "",
        "flow/definitions.py": DEFS.format(module="flow.assets.a", name="orders_raw"),
        "flow/assets/__init__.py": "",
        "flow/assets/a.py": "from flow.clock import now\n" + asset("orders_raw", "orders"),
        "flow/clock.py": "now = 1\n",
        "flow/unused.py": "",
        "flow/notes.md": "",
    }
    assert places_of(files) == {
        "flow/__init__.py": "orders:orchestration/__init__.py",
        "flow/definitions.py": "orders:orchestration/definitions.py",
        "flow/assets/__init__.py": "orders:orchestration/assets/__init__.py",
        "flow/assets/a.py": "orders:orchestration/assets/a.py",
        "flow/clock.py": "orders:orchestration/clock.py",
        "flow/unused.py": "orders:orchestration/unused.py",
        "flow/notes.md": "orders:orchestration/notes.md",
    }


def test_a_code_location_of_several_is_taken_apart() -> None:
    files = {
        "flow/__init__.py": "",
        "flow/defs.py": (
            "from dagster import Definitions\nfrom .a import orders_raw\n"
            "from .b import customers_raw\n"
            "defs = Definitions([orders_raw, customers_raw])\n"
        ),
        "flow/a.py": "from .io import store\n" + asset("orders_raw"),
        "flow/b.py": "from .io import store\nfrom .people import ask\n" + asset("customers_raw"),
        "flow/io.py": "store = 1\n",
        "flow/people.py": "ask = 1\n",
    }
    found = places_of(files)
    assert found["flow/defs.py"] == ":platform-orchestration/flow/defs.py"
    assert found["flow/a.py"] == "orders:orchestration/a.py"
    assert found["flow/b.py"] == "customers:orchestration/b.py"
    assert found["flow/io.py"] == ":shared/io.py"
    assert found["flow/people.py"] == "customers:orchestration/people.py"


def test_the_only_pipeline_has_the_code_location() -> None:
    files = {"flow/defs.py": DEFS.format(module="a", name="x").replace("from a", "from flow.a")}
    files["flow/a.py"] = asset("x")
    assert places_of(files, ORDERS)["flow/defs.py"] == "orders:orchestration/definitions.py"
    assert places_of(files, TWO) == {}


def test_a_definitions_object_in_a_package_marker() -> None:
    files = {
        "flow/__init__.py": "from dagster import Definitions\nfrom . import a\n"
        "defs = Definitions([a.x])\n",
        "flow/a.py": asset("x"),
    }
    assert places_of(files, ORDERS) == {
        "flow/__init__.py": "orders:orchestration/definitions.py",
        "flow/a.py": "orders:orchestration/a.py",
    }


def test_a_folder_never_hides_the_package() -> None:
    files = {
        "flow/__init__.py": "from dagster import Definitions\nfrom .pipelines import x\n"
        "d = Definitions([x])\n",
        "flow/pipelines/__init__.py": asset("x"),
    }
    found = places_of(files, ORDERS)
    place = "orders:orchestration/pipeline_definitions/__init__.py"
    assert found["flow/pipelines/__init__.py"] == place


def test_dagster_code_in_a_dbt_folder_leaves_it() -> None:
    files = {
        "dbt_orders/assets.py": "from .names import n\n" + asset("x"),
        "dbt_orders/names.py": "n = 1\n",
        "dbt_orders/load.py": "print(1)\n",
        "dbt_orders/models/py_model.py": "def model(dbt, session): ...\n",
    }
    assert places_of(files) == {
        "dbt_orders/assets.py": "orders:orchestration/assets.py",
        "dbt_orders/names.py": "orders:orchestration/names.py",
        "dbt_orders/load.py": "orders:dbt/load.py",
        "dbt_orders/models/py_model.py": "orders:dbt/models/py_model.py",
    }


def test_code_that_the_dbt_folder_itself_needs_stays() -> None:
    files = {
        "dbt_orders/assets.py": asset("x"),
        "dbt_orders/run.py": "from assets import x\n",
    }
    assert places_of(files)["dbt_orders/assets.py"] == "orders:dbt/assets.py"


def test_a_dag_that_needs_nothing_goes_to_its_pipeline_and_the_others_stay_together() -> None:
    files = {
        "airflow/dags/orders.py": DAG.format(name="load_orders", body="pass"),
        "airflow/dags/all.py": "import names\n" + DAG.format(name="all", body="pass"),
        "airflow/dags/names.py": "",
        "airflow/airflow.cfg": "[core]\n",
    }
    assert places_of(files) == {
        "airflow/dags/orders.py": "orders:orchestration/orders.py",
        "airflow/dags/all.py": ":platform-orchestration/dags/all.py",
        "airflow/dags/names.py": ":platform-orchestration/dags/names.py",
        "airflow/airflow.cfg": ":platform-orchestration/airflow.cfg",
    }


def test_the_dags_of_the_only_pipeline_go_as_one_folder() -> None:
    run = "x = 'cd dbt_orders && dbt run'"
    files = {
        "dags/daily.py": "from names import n\n" + DAG.format(name="daily", body=run),
        "dags/names.py": "n = 1\n",
        "dags/sql/a.sql": "select 1\n",
        "dags/run_test.py": DAG.format(name="t", body="pass"),
    }
    assert places_of(files, ORDERS) == {path: f"orders:orchestration/{path}" for path in files}


def test_the_folders_of_an_astro_project_stay() -> None:
    files = {
        ".astro/config.yaml": "project:\n  name: shop\n",
        "dags/daily.py": DAG.format(name="orders", body="pass"),
        "include/names.py": "n = 1\n",
    }
    found = places_of(files, {**ORDERS, **CUSTOMERS})
    assert found["dags/daily.py"] == ":service/dags/daily.py"
    assert found["include/names.py"] == ":service/include/names.py"


def test_the_packages_beside_dags_stay_with_them() -> None:
    files = {
        "orchestration/bundle/dags/all.py": "from ours.names import n\n"
        + DAG.format(name="all", body="pass"),
        "orchestration/bundle/ours/__init__.py": "",
        "orchestration/bundle/ours/names.py": "n = 1\n",
        "orchestration/bundle/tests/test_names.py": "from ours.names import n\n",
    }
    assert places_of(files) == {
        path: f":platform-orchestration/{path.removeprefix('orchestration/')}" for path in files
    }


def test_dags_of_no_pipeline_stay_in_a_folder_of_that_name() -> None:
    files = {"dags/all.py": DAG.format(name="all", body="pass"), "dags/a.sql": "select 1\n"}
    assert places_of(files) == {path: f":platform-orchestration/{path}" for path in files}
