"""A Dagster project has the same definitions afterwards, and its code locations load them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from relayout.inventory import take_inventory
from relayout.planning.homes import Home
from relayout.planning.plan import Move, Plan
from relayout.suite import load_recipe, recipes_folder
from relayout.tree import Tree
from relayout.verification.dagster_definitions import check_dagster_definitions
from relayout.verification.evidence import Check, Evidence
from workbench import SUITE

RECIPE = load_recipe("src-layout", recipes_folder(SUITE))

RAW = """\
import dagster as dg

from .partitions import daily


@dg.asset(partitions_def=daily, group_name="bronze")
def orders():
    return 1


@dg.asset_check(asset=orders)
def orders_are_there():
    return dg.AssetCheckResult(passed=True)
"""
CLEAN = """\
import dagster as dg

from .raw import orders


@dg.asset(deps=[orders])
def clean_orders(): ...
"""
JOBS = """\
import dagster as dg

nightly = dg.define_asset_job("nightly", selection="*")
at_night = dg.ScheduleDefinition(job=nightly, cron_schedule="0 3 * * *")
"""
LOADING = """\
from dagster import Definitions, load_asset_checks_from_modules, load_assets_from_package_module

from shop import defs
from shop.defs import raw
from shop.defs.jobs import at_night, nightly

definitions = Definitions(
    assets=load_assets_from_package_module(defs),
    asset_checks=load_asset_checks_from_modules([raw]),
    jobs=[nightly],
    schedules=[at_night],
)
"""
BEFORE: Mapping[str, str] = {
    "pyproject.toml": '[tool.dagster]\nmodule_name = "shop.definitions"\n',
    "shop/__init__.py": "",
    "shop/definitions.py": LOADING,
    "shop/defs/__init__.py": "",
    "shop/defs/partitions.py": (
        "from dagster import DailyPartitionsDefinition\n\n"
        'daily = DailyPartitionsDefinition(start_date="2024-01-01")\n'
    ),
    "shop/defs/raw.py": RAW,
    "shop/defs/clean.py": CLEAN,
    "shop/defs/jobs.py": JOBS,
}
TARGETS = {
    "shop/__init__.py": "src/shop/__init__.py",
    "shop/definitions.py": "src/shop/definitions.py",
    "shop/defs/partitions.py": "src/shop/config/partitions.py",
    "shop/defs/raw.py": "src/shop/assets/raw.py",
    "shop/defs/clean.py": "src/shop/assets/processed.py",
    "shop/defs/jobs.py": "src/shop/jobs/jobs.py",
}
AFTER: Mapping[str, str] = {
    "pyproject.toml": BEFORE["pyproject.toml"],
    "src/shop/__init__.py": "",
    "src/shop/assets/__init__.py": "",
    "src/shop/config/__init__.py": "",
    "src/shop/jobs/__init__.py": "",
    "src/shop/definitions.py": """\
from dagster import Definitions, load_asset_checks_from_modules, load_assets_from_modules

from shop.assets import processed, raw
from shop.jobs.jobs import nightly
from shop.jobs.jobs_schedules import at_night

definitions = Definitions(
    assets=load_assets_from_modules([processed, raw]),
    asset_checks=load_asset_checks_from_modules([raw]),
    jobs=[nightly],
    schedules=[at_night],
)
""",
    "src/shop/config/partitions.py": BEFORE["shop/defs/partitions.py"],
    "src/shop/assets/raw.py": RAW.replace(".partitions", "shop.config.partitions"),
    "src/shop/assets/processed.py": CLEAN,
    "src/shop/jobs/jobs.py": JOBS.rpartition("at_night")[0],
    "src/shop/jobs/jobs_schedules.py": (
        "import dagster as dg\n\nfrom .jobs import nightly\n\n" + JOBS.splitlines()[-1] + "\n"
    ),
}


def compared(
    after: Mapping[str, str], before: Mapping[str, str] = BEFORE, added: tuple[str, ...] = ()
) -> Check | None:
    moves = tuple(Move(a, b, "section", "") for a, b in TARGETS.items() if a in before)
    plan = Plan("dagster", (Home("shop"),), moves=moves, additions=dict.fromkeys(added, b""))
    old, new = (take_inventory(Tree.of(files)) for files in (before, after))
    return check_dagster_definitions(Evidence(new, RECIPE, "shop", old, plan))


def details(after: Mapping[str, str], before: Mapping[str, str] = BEFORE) -> list[str]:
    check = compared(after, before)
    assert check is not None
    assert check.measured == len(check.details)
    return list(check.details)


def tampered(path: str, old: str, new: str) -> dict[str, str]:
    assert AFTER[path].count(old) == 1
    return {**AFTER, path: AFTER[path].replace(old, new)}


def test_definitions_that_moved_and_were_split_are_the_same() -> None:
    check = compared(AFTER)
    assert check is not None
    assert check.details == ()
    assert check.figures["definitions"] == 6


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("assets/raw.py", '"bronze"', '"gold"', "group was bronze, is gold"),
        ("assets/raw.py", "partitions_def=daily, ", "", "partitions was daily, is not said"),
        ("assets/processed.py", "deps=[orders]", "deps=[]", "upstream was orders, is not said"),
        ("assets/processed.py", "clean_orders", "cleaner", "asset clean_orders"),
        ("assets/raw.py", "asset=orders", 'asset="other"', "asset keys was orders, is other"),
        ("jobs/jobs.py", '"nightly"', '"weekly"', "key was nightly, is weekly"),
    ],
)
def test_a_definition_that_says_something_else_is_told(
    path: str, old: str, new: str, said: str
) -> None:
    assert any(said in detail for detail in details(tampered(f"src/shop/{path}", old, new)))


def test_a_lost_module_is_told() -> None:
    after = {k: v for k, v in AFTER.items() if k != "src/shop/jobs/jobs_schedules.py"}
    assert "schedule at_night (shop/defs/jobs.py:4) is gone" in details(after)


def test_a_definition_that_nobody_had_is_told_unless_the_template_brought_it() -> None:
    sample = "src/shop/assets/sample.py"
    after = {**AFTER, sample: "import dagster as dg\n\n\n@dg.asset\ndef sample(): ...\n"}
    assert details(after) == [f"asset sample ({sample}:4) was not there before"]
    check = compared(after, added=(sample,))
    assert check is not None
    assert check.passed


def test_a_loader_that_forgot_a_module_is_told() -> None:
    after = tampered("src/shop/definitions.py", "[processed, raw]", "[raw]")
    assert details(after) == ["shop.definitions: asset clean_orders is no longer loaded"]
    after = tampered("src/shop/definitions.py", "[processed, raw]", "[processed]")
    assert details(after) == ["shop.definitions: asset orders is no longer loaded"]


def test_modules_that_use_the_same_names_are_told_apart() -> None:
    """Each has a check of that name, of its own asset; one of them is forgotten."""
    checks = RAW.replace("orders", "parcels").replace("parcels_are_there", "orders_are_there")
    before = {**BEFORE, "shop/defs/parcels.py": checks}
    before["shop/definitions.py"] = LOADING.replace("import raw", "import parcels, raw").replace(
        "[raw]", "[parcels, raw]"
    )
    after = {
        **AFTER,
        "src/shop/assets/parcels.py": checks.replace(".partitions", "..config.partitions"),
    }
    after["src/shop/definitions.py"] = (
        AFTER["src/shop/definitions.py"]
        .replace("import processed, raw", "import parcels, processed, raw")
        .replace("[processed, raw]", "[parcels, processed, raw]")
    )
    said = "shop.definitions: asset check orders_are_there of parcels is no longer loaded"
    assert details(after, before) == [said]


def test_a_job_that_is_no_longer_named_is_told() -> None:
    after = tampered("src/shop/definitions.py", "    schedules=[at_night],\n", "")
    assert details(after) == ["shop.definitions: schedule at_night is no longer loaded"]


def test_a_code_location_that_is_gone_is_told() -> None:
    after = {k: v for k, v in AFTER.items() if k != "src/shop/definitions.py"}
    assert "no code location loads the definitions" in details(after)


def test_without_a_code_location_before_all_that_is_meant_to_be_loaded_has_to_be() -> None:
    before = {k: v for k, v in BEFORE.items() if k != "shop/definitions.py"}
    assert details(AFTER, before) == []
    forgot = tampered("src/shop/definitions.py", "jobs=[nightly],", "")
    assert details(forgot, before) == ["shop.definitions: asset job nightly is no longer loaded"]


def test_what_is_computed_is_compared_by_what_it_says() -> None:
    computed = "import os\n\nimport dagster as dg\n\nfrom .partitions import daily\n\n"
    computed += '@dg.asset(name=os.environ["NAME"], partitions_def=daily)\ndef made(): ...\n'
    before = {**BEFORE, "shop/defs/raw.py": RAW + computed}
    moved = computed.replace(".partitions", "shop.config.partitions")
    after = {**AFTER, "src/shop/assets/raw.py": AFTER["src/shop/assets/raw.py"] + moved}
    assert details(after, before) == []
    other = {
        **after,
        "src/shop/assets/raw.py": after["src/shop/assets/raw.py"].replace("NAME", "N"),
    }
    assert len(details(other, before)) == 1


def test_a_repository_without_dagster_has_no_such_check() -> None:
    plain = {"shop/__init__.py": "", "shop/raw.py": "def asset(): ...\n"}
    assert compared(plain, plain) is None


def test_nothing_is_compared_where_the_state_before_is_not_known() -> None:
    after = take_inventory(Tree.of(AFTER))
    assert check_dagster_definitions(Evidence(after, RECIPE, "shop")) is None
