from __future__ import annotations

import time
from functools import partial

import pytest
from tests.inventory.dagster.test_sayings import ASSETS, BEFORE
from tests.inventory.dagster.trees import definitions_of, modules_of

from relayout.inventory import take_inventory
from relayout.inventory.dagster import dagster_modules
from relayout.inventory.python import read_python
from relayout.inventory.resolution import Resolver
from relayout.tree import Tree

ASSET = "import dagster as dg\n\n\n@dg.asset\ndef orders(): ...\n"


class Unread(Tree):
    """A tree that may not be read any more."""

    def read(self, path: str) -> bytes:
        raise AssertionError(f"{path} was read")


def test_a_repository_without_dagster_is_not_parsed_again() -> None:
    tree = Tree.of({"shop/a.py": "import pandas", "shop/b.py": "from .a import x"})
    paths = sorted(tree)
    python = dict(zip(paths, map(partial(read_python, tree=tree), paths), strict=True))
    unread = Unread({p: tree[p] for p in paths}, tree.read)
    assert dagster_modules(unread, python, Resolver(tree, python)) == {}


def test_modules_beside_definitions_are_read_too() -> None:
    files = {
        "src/shop/__init__.py": "",
        "src/shop/cli.py": "def main(): ...\n",
        "src/shop/defs/__init__.py": "",
        "src/shop/defs/orders.py": ASSET,
        "src/shop/defs/text.py": "LIMIT = 3\ndef clean(text): ...\nclass Row: ...\n",
        "src/shop/defs/deeper/more.py": "def more(): ...\n",
        "tests/test_orders.py": "from shop.defs.orders import orders\ndef test_it(): ...\n",
        "tests/helpers.py": "def help(): ...\n",
        "tests/test_graph.py": ASSET,
    }
    found = modules_of(files)
    assert list(found) == [
        "src/shop/defs/__init__.py",
        "src/shop/defs/orders.py",
        "src/shop/defs/text.py",
        "tests/test_graph.py",
    ]
    kinds = [(d.name, d.kind) for d in found["src/shop/defs/text.py"].definitions]
    assert kinds == [("LIMIT", "value"), ("clean", "function"), ("Row", "class")]
    assert not found["src/shop/defs/text.py"].defines


def test_modules_that_know_dagster_through_others_are_read() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/dagster_names.py": "from dagster import asset, ConfigurableResource\n",
        "shop/base.py": (
            "from shop.dagster_names import *\nclass Store(ConfigurableResource):\n    url: str\n"
        ),
        "shop/assets/one.py": "from shop.dagster_names import asset\n@asset\ndef one(): ...\n",
        "shop/stores/two.py": "import shop.base\nclass S3(shop.base.Store): ...\ns3 = S3(url='')\n",
        "shop/other/three.py": "import os\n",
    }
    found = modules_of(files)
    assert {p: [d.kind for d in m.definitions] for p, m in found.items()} == {
        "shop/assets/one.py": ["asset"],
        "shop/base.py": ["resource"],
        "shop/stores/two.py": ["resource", "resource"],
        "shop/dagster_names.py": [],
        "shop/__init__.py": [],
    }


def test_what_only_names_definitions_of_others_defines_nothing() -> None:
    files = {
        "shop/definitions.py": """
            from dagster import Definitions, load_assets_from_modules, define_asset_job
            from shop import orders
            from shop.orders import table, jobs
            loaded = load_assets_from_modules([orders])
            listed = [table, orders.table]
            by_name = {"a": table}
            added = [*jobs] + jobs
            alias = orders.table
            own = [define_asset_job("own"), *jobs]
            defs = Definitions(assets=[*loaded, *listed], jobs=own)
            again = [defs]
            """,
        "shop/orders.py": """
            from dagster import asset, define_asset_job
            @asset
            def table(): ...
            jobs = [define_asset_job("all")]
            tables = [table]
            """,
        "shop/__init__.py": "",
    }
    kinds = {name: d.kind for name, d in definitions_of(files).items()}
    assert kinds == {
        **dict.fromkeys(("loaded", "listed", "by_name", "added", "alias"), "value"),
        "own": "asset_job",
        "defs": "definitions",
        "again": "definitions",
    }
    assert definitions_of(files, "shop/orders.py")["tables"].kind == "asset"


def test_what_is_too_far_away_to_be_told_does_not_hide_what_is_nearer() -> None:
    functions = [f"def f{i}():\n    return f{i + 1}()\n" for i in range(60)]
    code = f"x = f0()\n{''.join(functions)}def f60():\n    return orders\ny = f59()\n"
    found = definitions_of(f"{ASSET}{code}")
    assert (found["x"].kind, found["y"].kind) == ("value", "asset")
    assets = "".join(f"@dg.asset\ndef a{i}(): ...\n" for i in range(3_000))
    named = ", ".join(f"a{i}" for i in range(3_000))
    found = definitions_of(f"import dagster as dg\nevery = [{named}]\n{assets}")
    assert all(d.kind == "asset" for d in found.values())


def test_lines_take_decorators_in_and_names_keep_their_order() -> None:
    code = (
        "from dagster import asset, Config\n"
        "\n"
        "# about the asset\n"
        "@asset(\n"
        "    group_name='a',\n"
        ")\n"
        "def one():\n"
        "    return 1\n"
        "\n"
        "a, (b, *c) = 1, (2, 3)\n"
        "class Settings(Config):\n"
        "    x: int = 1\n"
        "d = e = 4\n"
        "f: int\n"
        "g: int = 5\n"
        "with open('x') as h: pass\n"
    )
    found = definitions_of(code)
    assert [(d.name, d.first_line, d.last_line) for d in found.values()] == [
        ("one", 4, 8),
        ("a", 10, 10),
        ("b", 10, 10),
        ("c", 10, 10),
        ("Settings", 11, 12),
        ("d", 13, 13),
        ("e", 13, 13),
        ("g", 15, 15),
        ("h", 16, 16),
    ]


def test_notebooks_and_files_that_are_no_python_are_left_out() -> None:
    tree = Tree.of(
        {
            "shop/orders.py": ASSET,
            "shop/broken.py": "import dagster\ndef (",
            "shop/binary.py": b"\x00\xff\xfe import dagster",
            "shop/look.ipynb": '{"cells": [], "metadata": {}, "nbformat": 4}',
        }
    )
    found = take_inventory(tree).dagster
    assert [d.name for d in found["shop/orders.py"].definitions] == ["orders"]
    assert "shop/look.ipynb" not in found
    assert all(not m.definitions for p, m in found.items() if p != "shop/orders.py")


HOSTILE = {
    "a long sum": "x = " + " + ".join(["[orders]"] * 700),
    "deep lists": "x = " + "[" * 80 + "orders" + "]" * 80,
    "deep calls": "x = " + "dg.asset(" * 80 + "orders" + ")" * 80,
    "texts that double": "t0 = 'abc'\n"
    + "\n".join(f"t{i + 1} = t{i} + t{i}" for i in range(60))
    + "\n@dg.asset(name=t60)\ndef x(): ...\n",
    "lists that double": "l0 = ['abc']\n"
    + "\n".join(f"l{i + 1} = [*l{i}, *l{i}]" for i in range(60))
    + "\n@dg.asset(deps=l60)\ndef x(): ...\n",
    "functions that double": "\n".join(
        f"def f{i}():\n    return f{i + 1}() + f{i + 1}()" for i in range(60)
    )
    + "\nx = f0()\n",
    "a chain of names": "n0 = orders\n" + "\n".join(f"n{i + 1} = n{i}" for i in range(900)) + "\n",
    "a chain of assets": "".join(
        f"@dg.asset(deps=[a{i + 1}])\ndef a{i}(): ...\n" for i in range(1_000)
    ),
    "a chain of keys": "".join(
        f"@dg.asset(key=a{i + 1}.key)\ndef a{i}(): ...\n" for i in range(1_000)
    ),
    "a chain of jobs": "".join(
        f"j{i} = dg.ScheduleDefinition(job=j{i + 1})\n" for i in range(1_000)
    ),
    "a chain of factories": "".join(f"def f{i}(n):\n    return f{i + 1}(n)\n" for i in range(1_000))
    + "x = dg.asset(name=f0('a'))\n",
    "a chain of classes": "".join(f"class C{i}(C{i + 1}): ...\n" for i in range(1_000)),
    "many appends": "x = []\n" + "x.append(orders)\n" * 5_000,
    "a long line": "x = [" + "orders, " * 50_000 + "]",
    "names in a circle": "a = b\nb = c\nc = a\nclass A(B): ...\nclass B(A): ...\nx = A()\n",
}


@pytest.mark.parametrize("code", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_code_is_read_in_time(code: str) -> None:
    started = time.perf_counter()
    found = definitions_of(f"{ASSET}{code}\n")
    assert time.perf_counter() - started < 5
    assert found["orders"].kind == "asset"


def test_files_that_are_cut_off_never_raise() -> None:
    code = f"{BEFORE}\n" + "\n".join(
        case.code.replace("x", f"x{i}") for i, case in enumerate(ASSETS)
    )
    for end in range(0, len(code), 97):
        modules_of({"shop/defs/module.py": code[:end], "shop/orders.py": ASSET})


def test_line_ends_and_encodings_do_not_matter() -> None:
    code = (
        "# -*- coding: latin-1 -*-\r\nimport dagster as dg\r\n\r\n"
        "@dg.asset(name='\xe9')\r\ndef x(): ...\r\n"
    )
    found = definitions_of({"shop/defs/module.py": code.encode("latin-1")})["x"]
    assert (found.asset_keys, found.first_line, found.last_line) == (("\xe9",), 4, 5)
    found = definitions_of({"shop/defs/module.py": b"\xef\xbb\xbf" + ASSET.encode()})["orders"]
    assert found.first_line == 4
