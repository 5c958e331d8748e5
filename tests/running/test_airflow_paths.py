"""Names of files in what a DAG says lead to what became of the files."""

from __future__ import annotations

import pytest

from relayout.running.airflow_folders import DagFolder
from relayout.running.airflow_paths import Paths, Side, outcomes
from relayout.tree import Tree

MOVES = {
    "airflow/dags/sales.py": "orchestration/airflow/dags/sales.py",
    "airflow/dags/sql/load.sql": "orchestration/airflow/dags/sql/load.sql",
    "etl/load_funcs.py": "src/shop/etl/load.py",
    "scripts/run.sh": "orchestration/scripts/run.sh",
    "jobs.py": "jobs.py",
}
PARTS = {"jobs.py": ["jobs/one.py", "jobs/two.py"]}
BEFORE = DagFolder(
    "airflow/dags",
    mounts=(("/opt/airflow/dags", "airflow/dags"), ("/app", "")),
    home=(("dags", "airflow/dags"), ("etl", "etl")),
)
AFTER = DagFolder(
    "orchestration/airflow/dags",
    mounts=(("/opt/airflow/dags", "orchestration/airflow/dags"), ("/app", "")),
    home=(("dags", "orchestration/airflow/dags"),),
)


def paths() -> Paths:
    became = outcomes(MOVES, PARTS)
    old = Tree.of(dict.fromkeys(MOVES, ""))
    new = Tree.of(dict.fromkeys([target for targets in became.values() for target in targets], ""))
    return Paths(Side(old, (BEFORE,)), Side(new, (AFTER,)), became)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("@repository@/etl/load_funcs.py:load", "@repository@/src/shop/etl/load.py:load"),
        ("@home@/etl/load_funcs.py:load", "@repository@/src/shop/etl/load.py:load"),
        ("python /app/etl/load_funcs.py --day 1", "python -m shop.etl.load --day 1"),
        ("PYTHONPATH=/app python etl/load_funcs.py", "python src/shop/etl/load.py"),
        ("bash scripts/run.sh", "bash /app/orchestration/scripts/run.sh"),
        ("@repository@/airflow/dags/sql", "@repository@/orchestration/airflow/dags/sql"),
        ("cd /app && ./run.sh", "cd /app && ./orchestration/scripts/run.sh"),
        ("etl.load_funcs.load", "shop.etl.load.load"),
        ("@repository@/jobs.py:second", "@repository@/jobs/two.py:second"),
        ("/opt/airflow/dags/sql/load.sql", "@home@/dags/sql/load.sql"),
    ],
)
def test_names_that_lead_to_the_same_are_the_same(was: str, now: str) -> None:
    assert paths().same_text(was, now)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("@repository@/etl/load_funcs.py:load", "@repository@/src/shop/etl/load.py:other"),
        ("bash scripts/run.sh", "bash orchestration/airflow/dags/sales.py"),
        ("bash scripts/run.sh", "bash scripts/gone.sh"),
        ("bash scripts/run.sh", "bash orchestration/scripts/run.sh --again"),
        ("etl.load_funcs.load", "shop.etl.load.other"),
        ("extract", "load"),
        ("", "etl"),
    ],
)
def test_other_texts_are_not(was: str, now: str) -> None:
    assert not paths().same_text(was, now)


def test_values_are_compared_to_the_bottom() -> None:
    was = {"sql": ["@repository@/airflow/dags/sql/load.sql", 1, None]}
    now = {"sql": ["@repository@/orchestration/airflow/dags/sql/load.sql", 1, None]}
    assert paths().same(was, now)
    assert not paths().same(was, {"sql": now["sql"][:2]})
    assert not paths().same(was, {**now, "more": 1})
    assert not paths().same(1, "1")


def test_what_a_repository_has_of_its_own_is_no_package_to_install() -> None:
    assert paths().is_own("etl.gone")
    assert paths().is_own("shop")
    assert not paths().is_own("pandas")
    assert not paths().is_own("airflow.providers.google")
