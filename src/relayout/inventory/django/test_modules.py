"""Tests that need Django: its test classes, its client, its database."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from relayout.inventory.django.facts import is_test, origins_of
from relayout.inventory.django.modules import ProjectModules
from relayout.inventory.django.origins import is_for_tests
from relayout.source import nodes_of

_FIXTURES = frozenset(
    {
        "admin_client", "admin_user", "async_client", "async_rf", "db", "django_assert_num_queries",
        "django_db_blocker", "django_db_setup", "django_user_model", "live_server", "rf",
        "transactional_db",
    }
)  # fmt: skip
"""Fixtures of pytest-django whose names say so
(https://pytest-django.readthedocs.io/en/latest/helpers.html#fixtures)."""

_MARK = re.compile(rb"\bmark\.django_db\b")
_SIGN = re.compile("|".join(rf"\b{name}\b" for name in sorted(_FIXTURES)).encode())

_SET_UP = frozenset({"django", "django.setup"})


def what_test_needs(path: str, modules: ProjectModules) -> str:
    """Return what of Django a module needs to test something; empty if it does not.

    Tests of commands that need no more than ``call_command`` are none of them.
    """
    origins = sorted(origins_of(modules.python[path]))
    needed = next((origin for origin in origins if is_for_tests(origin)), "")
    if needed or not is_test(path):
        return needed
    if not _SET_UP.isdisjoint(origins):
        return "django"
    text = modules.tree.read(path)
    if _MARK.search(text):
        return "pytest.mark.django_db"
    return next(_fixtures(modules.parsed(path)), "") if _SIGN.search(text) else ""


def _fixtures(module: ast.Module) -> Iterator[str]:
    """Yield fixtures of pytest-django that a module asks for and does not define."""
    nodes = nodes_of(module)
    functions = [n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    defined = {function.name for function in functions}
    for function in functions:
        wanted = {argument.arg for argument in function.args.args} & _FIXTURES
        yield from (f"the fixture {name}" for name in sorted(wanted - defined))
