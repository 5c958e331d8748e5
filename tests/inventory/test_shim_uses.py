"""Who uses a shim: what imports it, names it in a string, or starts it."""

from __future__ import annotations

import json

from relayout.inventory import take_inventory
from relayout.inventory.shim_uses import uses_of
from relayout.inventory.shims import shims_of
from shim_trees import shimmed
from workbench import Files

ORDERS = "src/shop/defs/orders.py"
JOBS = "src/shop/defs/jobs.py"
DEFS = "src/shop/defs/__init__.py"
RESOURCES = "src/shop/resources/__init__.py"


def uses(files: Files) -> dict[str, list[str]]:
    """Return the uses of each shim that has any, each as ``path:line: text``."""
    contents = {p: c.encode() if isinstance(c, str) else c for p, c in files.items()}
    inventory = take_inventory(shimmed().tree.with_content(contents))
    found = uses_of(inventory, shims_of(inventory))
    return {s: [f"{u.path}:{u.line}: {u.text}" for u in us] for s, us in found.items() if us}


def test_nothing_uses_the_shims_of_a_repository_that_was_rewritten() -> None:
    assert uses({}) == {}


def test_imports() -> None:
    program = (
        "import shop.defs.orders as o\n"
        "from shop.defs import orders\n"
        "from shop.defs.jobs import daily as d, jobs\n"
        "from shop.resources import HOST\n"
        "from shop.defs import VERSION\n"
    )
    assert uses({"tools/report.py": program}) == {
        DEFS: ["tools/report.py:5: from shop.defs import VERSION"],
        ORDERS: [
            "tools/report.py:1: import shop.defs.orders",
            "tools/report.py:2: from shop.defs import orders",
        ],
        JOBS: [
            "tools/report.py:3: from shop.defs.jobs import daily",
            "tools/report.py:3: from shop.defs.jobs import jobs",
        ],
        RESOURCES: ["tools/report.py:4: from shop.resources import HOST"],
    }


def test_relative_imports() -> None:
    assert uses({"src/shop/checks/fresh.py": "from ..defs.orders import total\n"}) == {
        ORDERS: ["src/shop/checks/fresh.py:1: from ..defs.orders import total"]
    }


def test_what_uses_the_new_paths_uses_no_shim() -> None:
    program = (
        "from shop.assets.raw import total\n"
        "from shop.resources import resources\n"
        "import shop.resources.resources\n"
        "NAMES = ['shop.resources.resources.HOST', 'shop.assets', 'shop.nothing']\n"
    )
    assert uses({"tools/report.py": program}) == {}


def test_strings_that_name_modules_and_what_is_in_them() -> None:
    program = (
        "import importlib\nfrom unittest import mock\n\n"
        "importlib.import_module('shop.defs.jobs')\n"
        "mock.patch('shop.defs.orders._tax')\n"
        "ENTRY = 'shop.defs.jobs:daily'\n"
        "importlib.import_module('.orders', 'shop.defs')\n"
        "FILE = 'src/shop/defs/orders.py'\n"
    )
    assert uses({"tools/report.py": program}) == {
        DEFS: ["tools/report.py:7: shop.defs"],
        JOBS: ["tools/report.py:4: shop.defs.jobs", "tools/report.py:6: shop.defs.jobs:daily"],
        ORDERS: [
            "tools/report.py:5: shop.defs.orders._tax",
            "tools/report.py:7: .orders",
            "tools/report.py:8: src/shop/defs/orders.py",
        ],
    }


def test_a_name_that_is_made_when_the_program_runs_may_be_any_of_the_folder() -> None:
    program = (
        "import importlib\nimport sys\n\nimportlib.import_module(f'shop.defs.{sys.argv[1]}')\n"
    )
    found = uses({"tools/report.py": program})
    assert set(found) == {DEFS, JOBS, ORDERS}


def test_configuration_and_runner_files() -> None:
    pyproject = (
        '[project]\nname = "shop"\nversion = "0.3.1"\n\n'
        '[project.scripts]\ntotal = "shop.defs.orders:total"\n\n'
        '[tool.dagster]\nmodule_name = "shop.defs.jobs"\n'
    )
    make = "run:\n\tpython -m shop.defs.orders\n\tpython src/shop/defs/jobs.py\n"
    found = uses({"pyproject.toml": pyproject, "Makefile": make})
    assert found[ORDERS] == [
        "Makefile:2: shop.defs.orders",
        "pyproject.toml:6: src/shop/defs/orders.py",
    ]
    assert found[JOBS] == [
        "Makefile:3: src/shop/defs/jobs.py",
        "pyproject.toml:9: shop.defs.jobs",
    ]


def test_notebooks() -> None:
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": ["x = 1\n", "from shop.defs.orders import total\n", "%run src/shop/defs/jobs.py"],
    }
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    found = uses({"look.ipynb": json.dumps(notebook, indent=1)})
    assert found[ORDERS] == ["look.ipynb:10: from shop.defs.orders import total"]
    assert [use.partition(":")[0] for use in found[JOBS]] == ["look.ipynb"]


def test_what_documents_say_is_no_use() -> None:
    text = "The jobs were in `src/shop/defs/jobs.py`.\n\n[then](src/shop/defs/orders.py)\n"
    assert uses({"README.md": text}) == {}


def test_files_that_cannot_be_read_use_nothing() -> None:
    assert (
        uses({"broken.py": "import (\n", "binary.py": b"\0\xff", "cut.ipynb": '{"cells": ['}) == {}
    )
