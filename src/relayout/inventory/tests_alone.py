"""What tests alone find: code that is no test is not started with their search path.

``tests/airflow/__init__.py`` is ``airflow`` for the tests beside it, where pytest puts ``tests/``
on the search path, and for no DAG that they import.
"""

from __future__ import annotations

from collections.abc import Iterable

from relayout.inventory.paths_of_tests import among_tests
from relayout.inventory.search_paths import SearchPath


def found_by_tests_alone(files: Iterable[str], path: str) -> bool:
    """Tell whether all files are in folders of tests, and the one at ``path`` is in none."""
    found = [*files]
    return bool(found) and all(map(among_tests, found)) and not among_tests(path)


def search_path_for(path: str, where: SearchPath) -> SearchPath:
    """Return a search path that a file is given, without folders of tests if it is in none."""
    if among_tests(path):
        return where
    return SearchPath(*(tuple(f for f in part if not among_tests(f)) for part in where))
