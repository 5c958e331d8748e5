"""What tests alone find: code that is no test is not started with their search path.

``tests/airflow/__init__.py`` is ``airflow`` for the tests beside it, where pytest puts ``tests/``
on the search path, and for no DAG that they import.
"""

from __future__ import annotations

from collections.abc import Iterable

from relayout.inventory.search_paths import SearchPath

_TESTS = frozenset({"test", "tests"})


def is_of_tests(files: Iterable[str], path: str) -> bool:
    """Tell whether all files are in folders of tests, and the one at ``path`` is in none."""
    found = [*files]
    return bool(found) and all(map(_in_tests, found)) and not _in_tests(path)


def search_path_for(path: str, where: SearchPath) -> SearchPath:
    """Return a search path that a file is given, without folders of tests if it is in none."""
    if _in_tests(path):
        return where
    return SearchPath(*(tuple(f for f in part if not _in_tests(f)) for part in where))


def _in_tests(path: str) -> bool:
    return not _TESTS.isdisjoint(path.split("/"))
