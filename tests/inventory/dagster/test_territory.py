from __future__ import annotations

import pytest

from relayout.inventory.dagster import DagsterModule, Definition, definition_folders
from relayout.inventory.dagster.territory import is_part


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("shop/defs/orders.py", True),
        ("orders.py", True),
        ("tests/orders.py", False),
        ("shop/tests/orders.py", False),
        ("shop/test_orders.py", False),
        ("shop/conftest.py", False),
        ("setup.py", False),
        ("__legacy/shop/orders.py", False),
        ("shop/orders.ipynb", False),
    ],
)
def test_which_files_may_be_part(path: str, expected: bool) -> None:
    assert is_part(path) is expected


def test_folders_have_more_than_a_definitions_object() -> None:
    def module(path: str, *kinds: str) -> tuple[str, DagsterModule]:
        return path, DagsterModule(path, tuple(Definition("x", kind, 1, 1) for kind in kinds))

    modules = dict(
        [
            module("shop/definitions.py", "definitions", "value", "function"),
            module("shop/defs/orders.py", "asset"),
            module("shop/config/settings.py", "config", "class"),
            module("shop/plain/x.py", "class", "function", "value"),
            module("tests/graph.py", "asset"),
        ]
    )
    assert definition_folders(modules) == {"shop/defs", "shop/config"}
