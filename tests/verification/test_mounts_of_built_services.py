"""What the check of mounts says of services that are built since the package is installed."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.migration import Migration, migrate
from relayout.planning.plan import Options
from relayout.recipes import Recipe
from relayout.suite import load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification import Check, Evidence
from relayout.verification.mounts import check_mounts_resolve
from workbench import SUITE

RECIPE: Recipe = load_recipe("batch-streaming", recipes_folder(SUITE))
COMPOSE = "docker-compose.yml"
IMAGE = "infrastructure/docker/airflow/Dockerfile"
FILES = {
    COMPOSE: (
        "services:\n  airflow:\n    image: apache/airflow:2.9.2\n    environment:\n"
        "      EXECUTOR: LocalExecutor\n      PYTHONPATH: /opt/airflow\n    volumes:\n"
        "      - ./airflow/dags:/opt/airflow/dags\n      - ./etl:/opt/airflow/etl\n"
    ),
    "airflow/dags/daily.py": (
        "from airflow import DAG\nfrom etl.extract_rows import rows\n\n"
        'with DAG("daily"):\n    rows()\n'
    ),
    "etl/extract_rows.py": 'def rows():\n    """Return none."""\n    return []\n',
}


@pytest.fixture(scope="module")
def migration() -> Migration:
    tree, options = Tree.of(FILES), Options("batch-streaming", "sales")
    return migrate(tree, RECIPE, options, lambda plan: None)


def checked(migration: Migration, path: str = COMPOSE, old: str = "", new: str = "") -> Check:
    """Return the check of a migration of which one text is another."""
    text = migration.after.read(path).decode()
    assert old in text
    after = migration.after.with_content(
        {path: text.replace(old, new).encode() if old else text.encode()}
    )
    evidence = Evidence(
        take_inventory(after), RECIPE, "sales", migration.inventory, migration.plan,
        original=migration.original, split=migration.split,
    )  # fmt: skip
    check = check_mounts_resolve(evidence)
    assert check is not None
    return check


def test_what_the_migration_writes_passes(migration: Migration) -> None:
    assert checked(migration).passed
    text = migration.after.read(COMPOSE).decode()
    assert "PYTHONPATH" not in text
    assert "./src/sales:/opt/sales/src/sales" in text
    assert IMAGE in migration.after


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        (
            COMPOSE,
            "BASE_IMAGE: apache/airflow:2.9.2",
            "BASE_IMAGE: apache/airflow:2.8",
            "not built from",
        ),
        (IMAGE, "FROM ${BASE_IMAGE}\n", "FROM python:3.12\n", "not built from"),
        (COMPOSE, "context: .", "context: ./src", "not built from"),
        (COMPOSE, "EXECUTOR: LocalExecutor", "OTHER: x", "other names"),
        (COMPOSE, "./orchestration/airflow/dags:", "./src:", "airflow had airflow/dags/daily.py"),
    ],
)
def test_what_is_not_as_it_was_is_said(
    migration: Migration, path: str, old: str, new: str, problem: str
) -> None:
    check = checked(migration, path, old, new)
    assert not check.passed
    assert problem in " ".join(check.details)
