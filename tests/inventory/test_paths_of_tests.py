"""Which paths are those of tests: by what a file is called, and by the folders that it is in."""

import pytest

from relayout.inventory.paths_of_tests import among_tests, is_for_tests, is_test


@pytest.mark.parametrize(
    ("path", "by_name", "by_place"),
    [
        ("test_orders.py", True, True),
        ("src/orders_test.py", True, True),
        ("conftest.py", True, True),
        ("tests/airflow/dags.py", False, True),
        ("src/test/data.py", False, True),
        ("src/testing/data.py", False, False),
        ("tests.py", False, False),
    ],
)
def test_a_file_is_one_of_tests_by_its_name_or_place(
    path: str, by_name: bool, by_place: bool
) -> None:
    assert (is_test(path), is_for_tests(path)) == (by_name, by_place)


def test_folders_of_tests() -> None:
    assert among_tests("tests")
    assert among_tests("src/test/data")
    assert not among_tests("")
    assert not among_tests("Tests")
