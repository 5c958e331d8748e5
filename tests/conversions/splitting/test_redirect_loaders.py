"""Loaders of Dagster that are given modules get the parts that hold what they load."""

from __future__ import annotations

import pytest

from conversions.splitting.split_package import redirection_of, with_edits
from relayout.planning.split import Part, Split

MIXED = "src/app/defs/orders.py"
CODE = """\
from dagster import asset, asset_check, define_asset_job, job

from .raw import payments


@asset
def orders():
    return 1


@asset_check(asset=orders)
def has_rows():
    return True


@job
def nightly():
    pass


paid_job = define_asset_job("paid_job", selection=[payments])
"""
RAW = "from dagster import asset\n\n\n@asset\ndef payments():\n    return 1\n"
SPLIT = Split(
    MIXED,
    "assets",
    (
        Part("src/app/defs/orders_checks.py", "checks", ("has_rows",)),
        Part("src/app/defs/orders_jobs.py", "jobs", ("nightly", "paid_job")),
    ),
)
FILES = {MIXED: CODE, "src/app/defs/raw.py": RAW}
USE = "src/app/definitions.py"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "from dagster import load_asset_checks_from_modules\nfrom .defs import orders\n"
            "checks = load_asset_checks_from_modules([orders])\n",
            "from dagster import load_asset_checks_from_modules\nfrom .defs import orders_checks\n"
            "checks = load_asset_checks_from_modules([orders_checks])\n",
        ),
        (
            "import dagster as dg\nfrom .defs import orders, raw\n"
            "defs = dg.load_definitions_from_modules([raw, orders])\n",
            "import dagster as dg\nfrom .defs import orders, orders_checks, orders_jobs, raw\n"
            "defs = dg.load_definitions_from_modules([raw, orders, orders_checks, orders_jobs])\n",
        ),
        (
            "import dagster as dg\nfrom .defs import orders\n"
            "modules = [\n    orders,\n]\n"
            "assets = dg.load_assets_from_modules(modules=modules)\n",
            "import dagster as dg\nfrom .defs import orders, orders_jobs\n"
            "modules = [\n    orders,\n    orders_jobs,\n]\n"
            "assets = dg.load_assets_from_modules(modules=modules)\n",
        ),
        (
            "from dagster import load_asset_checks_from_modules as load\nimport app.defs.orders\n"
            "checks = load((app.defs.orders,))\n",
            "from dagster import load_asset_checks_from_modules as load\n"
            "import app.defs.orders_checks\n"
            "checks = load((app.defs.orders_checks,))\n",
        ),
    ],
)
def test_a_list_of_modules_gets_the_parts_that_hold_what_is_loaded(
    code: str, expected: str
) -> None:
    """Assets are loaded from where they are imported, too: the job has those that it selects."""
    redirection = redirection_of({**FILES, USE: code}, SPLIT)
    assert redirection.findings == ()
    assert with_edits(code, redirection.edits[USE]) == expected


def test_a_module_of_which_only_the_rest_is_loaded_stays_alone() -> None:
    code = (
        "from dagster import load_assets_from_modules as load\nfrom .defs import orders\n"
        "load([orders])\n"
    )
    split = Split(MIXED, "assets", SPLIT.parts[:1])
    redirection = redirection_of({**FILES, USE: code}, split)
    assert redirection.splits == (split,)
    assert USE not in redirection.edits
