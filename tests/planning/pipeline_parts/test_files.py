"""Whose scripts, notebooks, documents and tests are."""

from __future__ import annotations

import json

import pytest

from planning.pipeline_parts.made import HOMES, ORDERS, RECIPE, TWO, places_of
from relayout.inventory import take_inventory
from relayout.planning.pipeline_parts import pipeline_parts
from relayout.tree import SYMLINK, Tree


def notebook(code: str) -> str:
    cell = {"cell_type": "code", "source": [code], "metadata": {}, "outputs": []}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("scripts/orders_backfill.py", "orders:scripts/orders_backfill.py"),
        ("scripts/orders/backfill.py", "orders:scripts/backfill.py"),
        ("scripts/orders-backfill.sh", "orders:scripts/orders-backfill.sh"),
        ("notebooks/orders_eda.ipynb", "orders:notebooks/orders_eda.ipynb"),
        ("docs/ORDERS.md", "orders:docs/ORDERS.md"),
        ("docs/orders/model.png", "orders:docs/model.png"),
        ("tests/test_orders.py", "orders:tests/test_orders.py"),
        ("sql/orders_check.sql", "orders:scripts/sql/orders_check.sql"),
    ],
)
def test_a_file_that_carries_a_name(path: str, place: str) -> None:
    assert places_of({path: notebook("1") if path.endswith("ipynb") else "print(1)\n"}) == {
        path: place
    }


@pytest.mark.parametrize(
    "path",
    [
        "scripts/reorders.py",
        "scripts/orders_vs_customers.py",
        "scripts/load.py",
        "config/orders.yaml",
        "config/orders/settings.py",
        "data/orders/readme.md",
        "migrations/orders/0001.sql",
        "README.md",
    ],
)
def test_what_only_looks_like_a_part(path: str) -> None:
    assert places_of({path: "print(1)\n"}) == {}


@pytest.mark.parametrize(
    "code",
    [
        'con.execute("select * from marts.fct_orders")\n',
        'con.execute(f"""\n  SELECT * FROM {schema}.fct_orders""")\n',
        'frame.to_sql("raw_orders", con, schema="shop_raw")\n',
        'con.execute("insert into shop_raw.raw_orders values (1)")\n',
        'import os\nfolder = os.path.join(os.getcwd(), "dbt_orders", "seeds")\n',
        'import subprocess\nsubprocess.run("cd dbt_orders && dbt run", shell=True)\n',
    ],
)
def test_a_script_or_notebook_that_reads_tables_or_names_the_folder(code: str) -> None:
    assert places_of({"scripts/load.py": code}) == {"scripts/load.py": "orders:scripts/load.py"}
    assert places_of({"load.ipynb": notebook(code)}) == {
        "load.ipynb": "orders:notebooks/load.ipynb"
    }


@pytest.mark.parametrize(
    "code",
    [
        '"""Reads from fct_orders."""\n',
        'print("loading from fct_orders")\n',
        'con.execute("select * from elsewhere.raw_orders")\n',
        'con.execute("with fct_orders as (select 1) select * from fct_orders")\n',
        'con.execute("select * from fct_orders join dim_customers using (id)")\n',
        'folders = ["dbt_orders", "dbt_customers"]\n',
        'files = ["dbt_orders/seeds", "config/all.yaml"]\n',
        "x = (\n",
    ],
)
def test_a_script_of_none_or_of_several(code: str) -> None:
    files = {"scripts/load.py": code, "config/all.yaml": "a: 1\n"}
    assert places_of(files) == {}


def test_a_shell_script_that_enters_the_folder_and_one_that_runs_the_platform() -> None:
    files = {
        "scripts/build.sh": "#!/bin/sh\ncd dbt_orders && dbt build\n",
        "scripts/up.sh": "#!/bin/sh\ndocker compose up -d\ncd dbt_orders && dbt build\n",
        "scripts/note.sh": "#!/bin/sh\n# cd dbt_orders\necho hello\n",
    }
    assert places_of(files) == {"scripts/build.sh": "orders:scripts/build.sh"}


def test_helpers_follow_who_uses_them() -> None:
    files = {
        "scripts/orders_load.py": "from lib.client import get\nfrom lib.dates import day\n",
        "scripts/customers_load.py": "from lib.dates import day\n",
        "lib/__init__.py": "",
        "lib/client.py": "from lib.retry import again\nget = 1\n",
        "lib/retry.py": "again = 1\n",
        "lib/dates.py": "day = 1\n",
        "lib/unused.py": "",
    }
    found = places_of(files)
    assert found["lib/client.py"] == "orders:scripts/lib/client.py"
    assert found["lib/retry.py"] == "orders:scripts/lib/retry.py"
    assert found["lib/dates.py"] == ":shared/dates.py"
    assert "lib/unused.py" not in found


def test_a_program_that_only_one_pipeline_starts_goes_with_it() -> None:
    start = (
        "import subprocess\nfrom pathlib import Path\nfrom dagster import asset\n"
        "ROOT = Path(__file__).parent.parent\n@asset(group_name='orders')\ndef raw():\n"
        "    subprocess.run(['python', str(ROOT / 'src' / 'scrape.py')])\n"
    )
    defs = "from dagster import Definitions\nfrom flow.a import raw\ndefs = Definitions([raw])\n"
    files = {"flow/a.py": start, "flow/defs.py": defs, "src/scrape.py": "print(1)\n"}
    assert places_of(files)["src/scrape.py"] == "orders:scripts/scrape.py"


def test_tests_follow_what_they_test() -> None:
    files = {
        "scripts/orders_load.py": "from lib.dates import day\ndef load(): ...\n",
        "scripts/customers_load.py": "from lib.dates import day\n",
        "lib/dates.py": "day = 1\n",
        "scripts/other.py": "x = 1\n",
        "tests/conftest.py": "",
        "tests/test_load.py": "from scripts.orders_load import load\n",
        "tests/test_dates.py": "from lib.dates import day\n",
        "tests/test_both.py": "import scripts.orders_load, scripts.customers_load\n",
        "tests/test_other.py": "from scripts.other import x\n",
    }
    found = places_of(files)
    assert found["tests/test_load.py"] == "orders:tests/test_load.py"
    assert found["tests/test_dates.py"] == "shared:tests/test_dates.py"
    assert {"tests/test_both.py", "tests/test_other.py", "tests/conftest.py"}.isdisjoint(found)


def test_nothing_moves_that_is_in_its_place() -> None:
    files = {
        "pipelines/__init__.py": "",
        "pipelines/orders/__init__.py": "",
        "pipelines/orders/dbt/dbt_project.yml": "name: shop\n",
        "pipelines/orders/orchestration/definitions.py": (
            "from dagster import Definitions\nd = Definitions()\n"
        ),
        "pipelines/orders/scripts/load.py": "",
        "pipelines/shared/utilities/dates.py": "",
        "platform/orchestration/workspace.yaml": "load_from: []\n",
        "tools/scripts/orders.py": "",
        "docs/orders.md": "",
    }
    assert places_of(files, {}) == {}


def test_a_repository_without_dbt_has_no_parts() -> None:
    assert (
        places_of({"scripts/orders.py": "", "dagster/workspace.yaml": "load_from: []\n"}, {}) == {}
    )


def test_the_name_of_the_repository_tells_nothing_where_there_are_several() -> None:
    files = {
        "README.md": "# Orders\n",
        "docs/orders_guide.md": "",
        "scripts/orders_up.sh": "echo\n",
    }
    assert places_of(files) == {}
    assert "docs/orders_guide.md" in places_of(files, ORDERS)


def test_two_files_never_get_one_place() -> None:
    files = {f"{folder}/orders.py": "print(1)\n" for folder in ("scripts", "src", "bin", "jobs")}
    assert len(set(places_of(files, TWO).values())) == len(files)


def test_links_and_submodules_get_no_part() -> None:
    tree = Tree.of({**TWO, "scripts/orders.py": "print(1)\n", "scripts/orders_old.py": "orders.py"})
    linked = tree.with_modes({"scripts/orders_old.py": SYMLINK})
    found = pipeline_parts(take_inventory(linked), RECIPE, HOMES)
    assert "scripts/orders.py" in found
    assert "scripts/orders_old.py" not in found
