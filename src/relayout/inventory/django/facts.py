"""What is asked of a module of a Django project without parsing it."""

from __future__ import annotations

from posixpath import basename, dirname

from relayout.inventory.django.names import is_of_django
from relayout.inventory.paths_of_tests import among_tests
from relayout.inventory.python import PythonFile


def origins_of(file: PythonFile) -> frozenset[str]:
    """Return the dotted names that a file imports by absolute imports."""
    return frozenset(
        f"{name.module}.{name.name}" if name.name else name.module
        for name in file.imports
        if not name.level
    )


def imports_django(file: PythonFile) -> bool:
    """Tell whether a file imports Django, or a part of it."""
    return any(
        is_of_django(module)
        for statement in file.statements
        if not statement.level
        for module in statement.modules
    )


def is_test(path: str) -> bool:
    """Tell whether a path is that of a module of tests, or of what stands with them."""
    return has_name_of_test(path) or among_tests(dirname(path))


def has_name_of_test(path: str) -> bool:
    """Tell whether a module is called as test runners find them, or as what configures them."""
    name = basename(path)
    return (
        name.startswith("test_")
        or name in ("tests.py", "test.py", "conftest.py")
        or (name.endswith("_test.py"))
    )
