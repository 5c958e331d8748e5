from __future__ import annotations

import pytest
from tests.inventory.dagster.trees import modules_of

from relayout.inventory.dagster import STAGES, DagsterModule, Definition, stages_of
from relayout.inventory.dagster.stage_words import stage_in


def stage(assets: str, path: str = "src/shop/defs/tables.py", **others: str) -> tuple[str, str]:
    """Return the stage and the reason of one file of assets."""
    files = {path: f"from dagster import *\n{assets}"}
    files |= {f"src/shop/defs/{n}.py": f"from dagster import *\n{c}" for n, c in others.items()}
    found = stages_of(modules_of(files))[path]
    return found.name, found.reason


def test_a_source_is_raw_whatever_it_is_called() -> None:
    code = "@asset\ndef dim_days(): ...\n"
    user = "@asset(deps=['dim_days'])\ndef sales(): ...\n"
    assert stage(code, other=user) == ("raw", "dim_days has nothing upstream, 1 asset downstream")
    assert stage(code) == ("dimensional", "dim_days says so by its name")


@pytest.mark.parametrize(
    "code",
    [
        "x = SourceAsset('fact_orders')",
        "x = AssetSpec('fact_orders')",
        "@observable_source_asset\ndef fact_orders(): ...\n",
    ],
)
def test_what_is_made_outside_is_raw(code: str) -> None:
    assert stage(code) == ("raw", "fact_orders is made outside")


def test_the_group_counts_before_the_name() -> None:
    code = "@asset(group_name='marts', deps=['a'])\ndef stg_orders(): ...\n"
    assert stage(code) == ("facts", "stg_orders is in the group marts")


def test_the_prefix_of_the_key_counts_before_the_folder() -> None:
    code = "@asset(key_prefix=['lake', 'silver'], deps=['a'])\ndef orders(): ...\n"
    assert stage(code, "src/shop/defs/gold/tables.py") == (
        "processed",
        "lake/silver/orders has silver in its key",
    )


def test_the_folder_counts_before_the_name() -> None:
    code = "@asset(deps=['a'])\ndef stg_orders(): ...\n"
    assert stage(code, "src/shop/defs/marts/tables.py") == ("facts", "stg_orders stands in marts/")


@pytest.mark.parametrize("group", ["marts", "gold", "data_marts"])
def test_marts_have_dimensions_as_well(group: str) -> None:
    code = f"@asset(group_name='{group}', deps=['a'])\ndef dim_orders(): ...\n"
    reason = f"dim_orders is in the group {group}, and is a dimension by its name"
    assert stage(code) == ("dimensional", reason)


def test_a_group_of_facts_has_no_dimensions() -> None:
    code = "@asset(group_name='facts', deps=['a'])\ndef dim_orders(): ...\n"
    assert stage(code) == ("facts", "dim_orders is in the group facts")


def test_the_package_says_nothing() -> None:
    code = "@asset(deps=['a'])\ndef orders(): ...\n"
    assert stage(code, "src/metrics/tables.py") == ("processed", "orders depends on a")
    assert stage(code, "metrics/tables.py") == ("processed", "orders depends on a")
    assert stage(code, "raw-orders/raw_orders/tables.py") == ("processed", "orders depends on a")
    assert stage(code, "raw-x/src/raw_x/defs/tables.py") == ("processed", "orders depends on a")
    assert stage(code, "raw-x/src/raw_x/gold/tables.py") == ("facts", "orders stands in gold/")


def test_the_name_counts_before_that_of_the_file() -> None:
    code = "@asset(deps=['a'])\ndef fct_orders(): ...\n"
    assert stage(code, "src/shop/defs/staging.py") == ("facts", "fct_orders says so by its name")
    code = "@asset(deps=['a'])\ndef orders(): ...\n"
    assert stage(code, "src/shop/defs/dim_tables.py") == (
        "dimensional",
        "orders stands in dim_tables.py",
    )


def test_an_asset_with_something_upstream_is_not_raw_by_its_name() -> None:
    code = "@asset(deps=['pages'])\ndef raw_extraction(): ...\n"
    assert stage(code) == ("processed", "raw_extraction depends on pages")


def test_what_brings_branches_together_is_consolidated() -> None:
    code = "@asset(deps=['left', 'right'])\ndef both(): ...\n"
    left = "@asset\ndef a(): ...\n@asset(deps=[a])\ndef left(): ...\n"
    right = "@asset\ndef b(): ...\n@asset(deps=[b])\ndef right(): ...\n"
    assert stage(code, left=left, right=right) == (
        "consolidated",
        "both brings left and right together",
    )
    right = "@asset(deps=['left'])\ndef right(): ...\n"
    assert stage(code, left=left, right=right) == ("processed", "both depends on left")


def test_what_builds_on_a_later_stage_is_no_earlier_one() -> None:
    report = "@asset(deps=['fct_orders', 'a'])\ndef dashboard(): ...\n"
    facts = "@asset(deps=['a'])\ndef fct_orders(): ...\n"
    assert stage(report, facts=facts) == ("facts", "dashboard builds on fct_orders")


def test_an_asset_alone_is_raw() -> None:
    assert stage("@asset\ndef orders(): ...\n") == (
        "raw",
        "orders has nothing upstream or downstream",
    )


def test_what_cannot_be_told_is_processed() -> None:
    code = "@multi_asset(specs=load())\ndef orders(): ...\n"
    assert stage(code) == ("processed", "orders says no more of its stage")


def test_a_file_goes_where_most_of_its_assets_do() -> None:
    code = (
        "@asset\ndef dim_days(): ...\n"
        "@asset(deps=['a'])\ndef dim_people(): ...\n"
        "@asset(deps=['a'])\ndef dim_places(): ...\n"
    )
    user = "@asset(deps=['dim_days'])\ndef sales(): ...\n"
    assert stage(code, other=user) == (
        "dimensional",
        "2 of its 3 assets: dim_people says so by its name",
    )
    two = "@asset\ndef pages(): ...\n@asset(deps=[pages])\ndef summary(): ...\n"
    assert stage(two) == (
        "raw",
        "1 of its 2 assets: pages has nothing upstream, 1 asset downstream",
    )
    multi = (
        "@multi_asset(outs={'a': AssetOut(), 'b': AssetOut()}, group_name='gold')\ndef x(): ...\n"
        "@asset(group_name='bronze')\ndef c(): ...\n"
    )
    assert stage(multi) == ("facts", "2 of its 3 assets: x is in the group gold")


def test_lists_of_assets_are_no_assets() -> None:
    code = (
        "@asset(deps=['a'])\ndef fct_orders(): ...\n@asset(deps=['a'])\ndef fct_people(): ...\n"
        "one = [fct_orders]\ntwo = [fct_people]\nthree = one + two\n"
    )
    assert stage(code) == ("facts", "all of its 2 assets: fct_orders says so by its name")


def test_assets_that_a_function_makes_say_what_it_gives_all_of_them() -> None:
    code = (
        "def make(table):\n"
        "    @asset(name=table, group_name='bronze', deps=['a'])\n"
        "    def made(): ...\n"
        "    return made\n"
    )
    listed = "tables = [make(t) for t in read_names()]\n"
    added = "tables = []\nfor t in read_names():\n    tables.append(make(t))\n"
    assert stage(code + listed) == ("raw", "tables is in the group bronze")
    assert stage(code + added) == ("raw", "tables is in the group bronze")


def test_tests_are_not_part_of_the_graph() -> None:
    files = {
        "shop/orders.py": "from dagster import asset\n@asset\ndef orders(): ...\n",
        "tests/test_orders.py": (
            "from dagster import asset\n@asset(deps=['orders'])\ndef other(): ...\n"
        ),
    }
    reason = stages_of(modules_of(files))["shop/orders.py"].reason
    assert reason == "orders has nothing upstream or downstream"


def test_circles_and_long_chains_have_stages() -> None:
    def one(name: str, *upstream: str) -> Definition:
        return Definition(name, "asset", 1, 1, asset_keys=(name,), upstream=upstream)

    chain = [one("n0"), *(one(f"n{i}", f"n{i - 1}") for i in range(1, 3_000))]
    modules = {
        "shop/circle.py": DagsterModule("shop/circle.py", (one("a", "b"), one("b", "a"))),
        "shop/chain.py": DagsterModule("shop/chain.py", tuple(reversed(chain))),
    }
    assert {p: s.name for p, s in stages_of(modules).items()} == dict.fromkeys(modules, "processed")


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("raw", "raw"),
        ("RAW_DATA", "raw"),
        ("bronze_layer", "raw"),
        ("ingestion", "raw"),
        ("staging", "processed"),
        ("stg_orders", "processed"),
        ("int_orders_joined", "processed"),
        ("SilverTables", "processed"),
        ("cleaned-orders", "processed"),
        ("merged_orders", "consolidated"),
        ("ttb_consolidated_data", "consolidated"),
        ("dim_raw_types", "dimensional"),
        ("fact_clean_sales", "facts"),
        ("data_marts", "facts"),
        ("reporting", "facts"),
        ("orders", None),
        ("factory_orders", None),
        ("dimmer", None),
        ("internal_orders", None),
        ("print_int", None),
        ("", None),
        ("2024", None),
    ],
)
def test_words_say_a_stage(name: str, stage: str | None) -> None:
    assert stage_in(name) == stage
    assert stage is None or stage in STAGES
