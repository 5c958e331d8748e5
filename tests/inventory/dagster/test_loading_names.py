from __future__ import annotations

import ast

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.dagster.loading_names import LoadingNames
from relayout.tree import Tree

CODE = """
import dagster
import dagster as dg
import dagster_aws
from dagster import asset, load_defs as all_of
from dagster.components import load_from_defs_folder
import shop.defs.orders
import shop.defs.sales as s
from shop import defs
from . import near
from .defs import sales as other
if x:
    import shop.defs.orders as twice
else:
    import shop.defs.sales as twice
"""
FILES = {
    "shop/__init__.py": "",
    "shop/start.py": CODE,
    "shop/near.py": "",
    "shop/defs/__init__.py": "",
    "shop/defs/orders.py": "",
    "shop/defs/sales.py": "",
}


def names(path: str = "shop/start.py") -> LoadingNames:
    return LoadingNames(path, take_inventory(Tree.of(FILES)))


def expression(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body


@pytest.mark.parametrize(
    ("code", "function"),
    [
        ("asset", "asset"),
        ("all_of", "load_defs"),
        ("dg.asset", "asset"),
        ("dagster.components.load_defs", "load_defs"),
        ("load_from_defs_folder", "load_from_defs_folder"),
        ("dagster_aws.s3", ""),
        ("unknown", ""),
        ("(lambda: 1)", ""),
    ],
)
def test_a_function_is_dagsters_by_its_import(code: str, function: str) -> None:
    assert names().function(expression(code)) == function


@pytest.mark.parametrize(
    ("code", "file", "spelled"),
    [
        ("shop.defs.orders", "shop/defs/orders.py", "shop.defs.orders"),
        ("s", "shop/defs/sales.py", "shop.defs.sales"),
        ("defs", "shop/defs/__init__.py", "shop.defs"),
        ("defs.orders", "shop/defs/orders.py", "shop.defs.orders"),
        ("near", "shop/near.py", ".near"),
        ("other", "shop/defs/sales.py", ".defs.sales"),
        ("sys.modules[__name__]", "shop/start.py", None),
        ("import_module('shop.near')", "shop/near.py", "shop.near"),
        ("twice", None, None),
        ("missing", None, None),
        ("defs.missing", None, "shop.defs.missing"),
        ("f()", None, None),
    ],
)
def test_a_module_has_a_file_and_a_name(code: str, file: str | None, spelled: str | None) -> None:
    located = names().module(expression(code))
    assert (located.file if located is not None else None) == file
    assert names().spelled(expression(code)) == spelled


def test_a_package_calls_itself_by_a_dot() -> None:
    own = names("shop/defs/__init__.py")
    assert own.spelled(expression("sys.modules[__name__]")) == "."
    assert own.text(expression("__name__")) == own.text(expression("__package__")) == "shop.defs"
