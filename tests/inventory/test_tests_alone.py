"""Folders of tests are on the search path of tests alone."""

from __future__ import annotations

import pytest

from relayout.inventory.search_paths import SearchPath
from relayout.inventory.tests_alone import found_by_tests_alone, search_path_for


@pytest.mark.parametrize(
    ("files", "path", "expected"),
    [
        (["tests/airflow/__init__.py"], "dags/daily.py", True),
        (["tests/airflow/__init__.py"], "tests/airflow/test_daily.py", False),
        (["tests/a.py", "lib/a.py"], "dags/daily.py", False),
        (["contests/a.py"], "dags/daily.py", False),
        ([], "dags/daily.py", False),
    ],
)
def test_what_is_of_tests(files: list[str], path: str, expected: bool) -> None:
    assert found_by_tests_alone(files, path) is expected


def test_other_code_is_not_given_folders_of_tests() -> None:
    where = SearchPath(("lib",), ("tests", "tests/airflow"), ("", "src"), ())
    assert search_path_for("tests/test_a.py", where) == where
    assert search_path_for("dags/a.py", where) == SearchPath(("lib",), (), ("", "src"), ())
