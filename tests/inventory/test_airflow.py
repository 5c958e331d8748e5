"""Modules with DAGs."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.airflow import airflow_modules
from relayout.tree import Tree


def ids(text: str) -> tuple[str, ...] | None:
    tree = Tree.of({"dags/a.py": text})
    found = airflow_modules(tree, take_inventory(tree).python)
    return found["dags/a.py"].dag_ids if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'from airflow import DAG\nwith DAG("orders", schedule=None) as d:\n    pass\n',
            ("orders",),
        ),
        ('from airflow import DAG\nd = DAG(dag_id="orders")\n', ("orders",)),
        ("from airflow.decorators import dag\n@dag\ndef orders(): ...\n", ("orders",)),
        ('from airflow.sdk import dag\n@dag(dag_id="o")\ndef orders(): ...\n', ("o",)),
        (
            "from airflow.decorators import dag\n@dag(schedule=None)\ndef orders(): ...\n",
            ("orders",),
        ),
        ('from cosmos import DbtDag\nd = DbtDag(dag_id="orders")\n', ("orders",)),
        ("import airflow\nd = airflow.DAG(name())\n", ()),
    ],
)
def test_modules_that_define_one(text: str, expected: tuple[str, ...]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "from airflow import DAG\n",
        'from networkx import DAG\nd = DAG("orders")\n',
        "DAG('orders')\n",
        "from airflow import DAG\nwith DAG(\n",
        "",
    ],
)
def test_modules_that_define_none(text: str) -> None:
    assert ids(text) is None
