"""Which tests move, what they move with, and where."""

from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.planning.components import components
from relayout.planning.homes import Homes
from relayout.planning.territories import find_homes
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree

RECIPE = load_recipe("batch-streaming", recipes_folder(find_suite()))
EXTRACT = "import pandas\n\n\ndef extract(path):\n    return pandas.read_csv(path)\n"
USES = "from etl.extract_orders import extract\n\n\ndef test_it():\n    assert extract\n"
PLAIN = "def test_it():\n    assert True\n"


def places(**files: str) -> dict[str, str]:
    """Return where tests go below tests/, by path."""
    tree = Tree.of(files | {"etl/extract_orders.py": EXTRACT})
    inventory = take_inventory(tree)
    homes: Homes = find_homes(inventory, RECIPE, "orders")
    found = components(inventory, RECIPE, homes)
    folders = {"unit-tests": "unit", "integration-tests": "integration"}
    return {
        path: f"{folders[component.section]}/{component.inner}"
        for path, component in found.items()
        if component.section in folders
    }


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("test_extract.py", USES, "unit/test_etl/test_extract.py"),
        ("tests/test_extract.py", USES, "unit/test_etl/test_extract.py"),
        ("test/test_extract.py", USES, "unit/test_etl/test_extract.py"),
        ("etl/test_extract.py", USES, "unit/test_etl/test_extract.py"),
        ("etl/tests/test_extract.py", USES, "unit/test_etl/test_extract.py"),
        ("tests/test_plain.py", PLAIN, "unit/test_plain.py"),
        ("etl/test_plain.py", PLAIN, "unit/test_etl/test_plain.py"),
        ("quality/tests/test_plain.py", PLAIN, "unit/test_quality/test_plain.py"),
        (
            "tests/test_dags.py",
            f"import airflow\n\n\n{PLAIN}",
            "unit/test_orchestration/test_dags.py",
        ),
        ("tests/test_rows.py", f"import pyspark\n\n\n{PLAIN}", "unit/test_spark/test_rows.py"),
        ("test_integration_all.py", USES, "integration/test_integration_all.py"),
        ("tests/test_end_to_end.py", USES, "integration/test_end_to_end.py"),
        ("tests/e2e/test_all.py", USES, "integration/test_e2e/test_all.py"),
        (
            "tests/test_marked.py",
            f"import pytest\n\npytestmark = pytest.mark.integration\n\n\n{PLAIN}",
            "integration/test_marked.py",
        ),
    ],
)
def test_where_a_test_goes(path: str, text: str, place: str) -> None:
    assert places(**{path: text}) == {path: place}


@pytest.mark.parametrize(
    "files",
    [
        {"tests/unit/test_a.py": USES},
        {"tests/integration/test_a.py": USES},
        {"tests/test_a.py": USES, "Makefile": "test:\n\tpython -m unittest discover tests\n"},
        {"tests/test_a.py": "import rows\n", "tests/rows.py": "ROWS = 1\n"},
        {
            "tests/etl/test_a.py": f"from ..rows import ROWS\n{USES}",
            "tests/etl/__init__.py": "",
            "tests/__init__.py": "",
            "tests/rows.py": "ROWS = 1\n",
        },
        {"tests/test_a.py": f"import rows.all\n{USES}", "tests/rows/all.py": "ROWS = 1\n"},
        {"tests/test_a.py": USES, "run.py": 'from pathlib import Path\n\nrun("test_a.py")\n'},
        {"dbt/dbt_project.yml": "name: x\nprofile: x\n", "dbt/tests/test_a.py": USES},
    ],
)
def test_what_stays(files: dict[str, str]) -> None:
    assert places(**files) == {}


def test_no_other_test_goes_below_a_conftest() -> None:
    conftest = "import pytest\n"
    files = {"etl/conftest.py": conftest, "etl/test_a.py": USES, "tests/test_b.py": USES}
    assert places(**files) == {
        "etl/conftest.py": "unit/test_etl/conftest.py",
        "etl/test_a.py": "unit/test_etl/test_a.py",
        "tests/test_b.py": "unit/test_b.py",
    }


def test_of_two_of_one_name_one_gets_a_number() -> None:
    files = {"etl/test_a.py": USES, "tests/test_a.py": PLAIN}
    assert sorted(places(**files).values()) == ["unit/test_a_2.py", "unit/test_etl/test_a.py"]


def test_the_conftest_of_the_root_stays() -> None:
    assert places(**{"conftest.py": "", "test_a.py": USES}) == {
        "test_a.py": "unit/test_etl/test_a.py"
    }


DAG = "from airflow import DAG\n\ndag = DAG('daily')\n"


def test_a_dag_that_is_only_called_a_test_is_none() -> None:
    assert places(**{"dags/dag_test.py": DAG, "dags/test_dag.py": DAG}) == {}
    tested = places(**{"dags/test_dag.py": f"{DAG}\n\n{PLAIN}"})
    assert tested == {"dags/test_dag.py": "unit/test_orchestration/test_dag.py"}


def test_two_folders_for_one_component_stay_apart() -> None:
    files = {f"tests/{name}/__init__.py": "" for name in ("daily", "hourly")}
    files |= {f"tests/{name}/test_{name}.py": USES for name in ("daily", "hourly")}
    assert places(**files) == {
        "tests/daily/__init__.py": "unit/test_etl/__init__.py",
        "tests/daily/test_daily.py": "unit/test_etl/test_daily.py",
        "tests/hourly/__init__.py": "unit/test_hourly/__init__.py",
        "tests/hourly/test_hourly.py": "unit/test_hourly/test_hourly.py",
    }


def test_what_only_starts_the_tests_beside_code_goes_with_them() -> None:
    files = {
        "etl/test_a.py": USES,
        "etl/run_tests.py": "import pytest\n",
        "etl/test_all.sh": "pytest\n",
    }
    files |= {"etl/latest_rows.py": "ROWS = 1\n", "etl/load_tests.csv": "a\n"}
    assert places(**files) == {
        "etl/run_tests.py": "unit/test_etl/run_tests.py",
        "etl/test_a.py": "unit/test_etl/test_a.py",
        "etl/test_all.sh": "unit/test_etl/test_all.sh",
    }
