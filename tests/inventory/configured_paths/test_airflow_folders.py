"""Airflow has its folders of DAGs and plugins on the search path without being told."""

from __future__ import annotations

from relayout.inventory import take_inventory
from relayout.inventory.configured_paths.airflow_folders import read_airflow_folders
from relayout.tree import Tree
from workbench import Files

DAG = "from airflow import DAG\nfrom lib.words import greet\n"
FILES: Files = {
    "batch/dags/sub/daily.py": DAG,
    "batch/dags/lib/words.py": "def greet():\n    pass\n",
    "batch/plugins/hooks.py": "",
}


def test_modules_below_the_folder_find_what_is_in_it_and_among_the_plugins() -> None:
    found = {entry.covers: entry.folders for entry in read_airflow_folders(Tree.of(FILES), ())}
    both = ("batch/dags", "batch/plugins")
    assert found == dict.fromkeys(FILES, both)


def test_imports_are_found_there() -> None:
    inventory = take_inventory(Tree.of(FILES))
    found = {
        str(name): resolution.files
        for name, resolution in inventory.resolutions("batch/dags/sub/daily.py")
        if resolution.works
    }
    assert found == {"from lib.words import greet": ("batch/dags/lib/words.py",)}


def test_a_folder_of_that_name_without_a_dag_says_nothing() -> None:
    assert not list(read_airflow_folders(Tree.of({"dags/a.py": "import os\n"}), ()))
    assert not list(read_airflow_folders(Tree.of({"dags/a.py": DAG}), {"dags/a.py"}))


def test_airflow_is_there_whoever_declares_it() -> None:
    """A test puts a folder of that name on the search path, and imports a DAG."""
    test = (
        "import sys\nfrom pathlib import Path\n\n"
        "sys.path.insert(0, str(Path(__file__).parents[1]))\n"
        "sys.path.insert(0, str(Path(__file__).parents[2] / 'dags'))\n\nimport daily\n"
    )
    files = {"dags/daily.py": "from airflow import DAG\n", "tests/airflow/test_daily.py": test}
    inventory = take_inventory(Tree.of({**files, "tests/airflow/__init__.py": ""}))
    [(_, resolution)] = inventory.resolutions("dags/daily.py")
    assert not resolution.files
    [_, _, (_, of_test)] = inventory.resolutions("tests/airflow/test_daily.py")
    assert of_test.files == ("dags/daily.py",)
