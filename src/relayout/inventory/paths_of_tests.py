"""Which paths are those of tests: by what a file is called, and by the folders that it is in."""

from __future__ import annotations

from posixpath import dirname

_FOLDERS = frozenset({"test", "tests"})


def is_test(path: str) -> bool:
    """Tell whether pytest would collect a Python file, or configure itself from it."""
    name = path.rpartition("/")[2]
    return name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"


def among_tests(folder: str) -> bool:
    """Tell whether a folder is one of tests, or below one."""
    return not _FOLDERS.isdisjoint(folder.split("/"))


def is_for_tests(path: str) -> bool:
    """Tell whether pytest collects a file, or the file stands among those that it collects."""
    return is_test(path) or among_tests(dirname(path))
