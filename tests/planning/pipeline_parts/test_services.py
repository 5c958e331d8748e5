"""Folders that stay whole, folders of the platform, and packages that dbt projects share."""

from __future__ import annotations

import pytest

from planning.pipeline_parts.made import ORDERS, TWO, parts_of, places_of

COMPOSE = "services:\n  web:\n    build: {}\n"


def test_a_service_that_compose_builds_stays_whole() -> None:
    files = {
        "compose.yaml": COMPOSE.format("./web"),
        "web/Dockerfile": "FROM python:3.12\nCOPY . .\n",
        "web/app.py": 'con.execute("select * from fct_orders")\n',
        "web/orders.py": "",
    }
    assert places_of(files) == {p: f":service/{p}" for p in files if p != "compose.yaml"}


def test_the_image_of_an_orchestrator_is_no_service() -> None:
    files = {
        "compose.yaml": COMPOSE.format("./dagster"),
        "dagster/Dockerfile": "FROM python:3.12\n",
        "dagster/workspace.yaml": "load_from: []\n",
        "dagster/orders.py": "from dagster import asset\n@asset\ndef orders(): ...\n",
    }
    assert places_of(files) == {
        "dagster/Dockerfile": ":platform-orchestration/Dockerfile",
        "dagster/workspace.yaml": ":platform-orchestration/workspace.yaml",
        "dagster/orders.py": "orders:orchestration/orders.py",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[project]\nname = "lib"\n'),
        ("package.json", "{}"),
        ("Chart.yaml", "name: a\n"),
    ],
)
def test_a_project_of_its_own_stays_whole(name: str, text: str) -> None:
    files = {f"lib/{name}": text, "lib/orders.py": "x = 1\n", "lib/orders.sql": "select 1\n"}
    assert set(places_of(files).values()) == {f":service/{path}" for path in files}


def test_an_application_stays_whole() -> None:
    files = {"web/main.py": "import fastapi\n", "web/orders.py": ""}
    assert set(places_of(files).values()) == {":service/web/main.py", ":service/web/orders.py"}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("monitoring/alerts.yml", ":platform-monitoring/alerts.yml"),
        ("security/roles.yml", ":platform-security/roles.yml"),
        ("governance/owners.yml", ":platform-governance/owners.yml"),
        ("orchestration/dagster.yaml", ":platform-orchestration/dagster.yaml"),
        ("workspace.yaml", ":platform-orchestration/workspace.yaml"),
    ],
)
def test_folders_of_the_platform(path: str, place: str) -> None:
    assert places_of({path: "a: 1\n"}) == {path: place}


def test_several_folders_of_the_platform_keep_their_names() -> None:
    files = {"dagster/Dockerfile": "FROM a\n", "airflow/Dockerfile": "FROM a\n"}
    assert places_of(files) == {p: f":platform-orchestration/{p}" for p in files}


def test_what_is_imported_cannot_stand_in_the_platform() -> None:
    files = {
        "monitoring/ping.py": "p = 1\n",
        "monitoring/run.py": "from monitoring.ping import p\n",
    }
    assert places_of(files) == {
        "monitoring/ping.py": ":shared/monitoring/ping.py",
        "monitoring/run.py": ":platform-monitoring/run.py",
    }


def test_a_dbt_project_moves_whole_and_a_package_is_shared() -> None:
    files = {
        **ORDERS,
        "dbt_orders/packages.yml": "packages:\n  - local: ../dbt_common\n",
        "dbt_orders/target/manifest.json": "{}",
        "dbt_common/dbt_project.yml": "name: money\nmacro-paths: [macros]\n",
        "dbt_common/macros/money.sql": "{% macro money() %}1{% endmacro %}\n",
    }
    found = parts_of(files)
    assert {found[p].section for p in files} == {"dbt"}
    assert {found[p].pipeline for p in files if p.startswith("dbt_orders/")} == {"orders"}
    assert found["dbt_common/macros/money.sql"].inner == "money/macros/money.sql"
    assert found["dbt_common/macros/money.sql"].pipeline == "shared"


def test_hostile_files_do_no_harm() -> None:
    files: dict[str, bytes | str] = {
        "scripts/orders_a.py": b"\xff\xfe\x00",
        "scripts/b.py": "x = (" * 5000,
        "scripts/c.py": "x = '" + "select from " * 100_000 + "'\n",
        "scripts/d.sh": b"\x00\x01" * 1000,
        "scripts/e.sh": "cd " + "dbt_orders" * 100_000 + "\n",
        "notebooks/f.ipynb": "{",
        "compose.yaml": "services: [",
        "docker-compose.yml": "services:\n  a:\n    build: 1\n    volumes: {a: b}\n",
        "dagster/workspace.yaml": "load_from: {{{",
    }
    assert parts_of({**TWO, **files})["scripts/orders_a.py"].pipeline == "orders"


def test_the_order_of_the_files_changes_nothing() -> None:
    files = {
        **TWO,
        "scripts/orders_load.py": "from lib.dates import day\n",
        "scripts/customers_load.py": "from lib.dates import day\n",
        "lib/dates.py": "day = 1\n",
    }
    assert dict(parts_of(files)) == dict(parts_of(dict(reversed(files.items()))))


def test_a_stack_keeps_what_its_compose_file_starts() -> None:
    run = "from airflow import DAG\nwith DAG('a'):\n    x = 'cd dbt_orders && dbt run'\n"
    files = {
        "airflow/docker-compose.yaml": "services:\n  a:\n    image: apache/airflow:2.9.0\n",
        "airflow/dags/daily.py": run,
        "airflow/plugins/tool.py": "x = 1\n",
        "airflow/orders.sh": "echo\n",
        "airflow/airflow.cfg": "[core]\n",
    }
    found = places_of(files, ORDERS)
    assert found.pop("airflow/dags/daily.py") == "orders:orchestration/dags/daily.py"
    assert found == {path: f":service/{path}" for path in found}
    assert len(found) == 4


def test_a_folder_with_an_image_of_its_own_stays_whole() -> None:
    files = {"extract/docker/Dockerfile": "FROM a\nCOPY . .\n", "extract/etl/orders.py": ""}
    assert places_of(files) == {path: f":service/{path}" for path in files}


def test_an_astro_project_in_a_folder_stays_with_its_dbt_project() -> None:
    files = {
        "flow/Dockerfile": "FROM quay.io/astronomer/astro-runtime:12.0.0\n",
        "flow/dags/orders.py": "from airflow import DAG\nd = DAG('orders')\n",
        "flow/include/dbt/dbt_project.yml": "name: stock\n",
    }
    assert places_of(files) == {path: f":service/{path}" for path in files}


def test_an_adopted_repository_keeps_all_that_the_layout_has() -> None:
    files = {
        ".copier-answers.yml": "layout: pipeline-centric\n",
        "docker/dagster.yaml": "a: 1\n",
        "docker/Dockerfile": "FROM a\n",
        "pipelines/orders.py": "",
        "tools/scripts/orders.sh": "echo\n",
    }
    assert places_of(files) == {}
