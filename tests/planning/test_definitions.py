"""Which modules of a Dagster repository are sorted into the layout, and where each belongs."""

from __future__ import annotations

import pytest

from relayout.errors import Refusal
from relayout.inventory import take_inventory
from relayout.planning.definitions import require_one_project, sorted_modules
from relayout.planning.territories import find_homes
from relayout.planning.use import Use
from relayout.suite import load_recipe, recipes_folder
from relayout.tree import Tree
from workbench import SUITE

DAGSTER = load_recipe("dagster", recipes_folder(SUITE))
ASSET = "import dagster as dg\n@dg.asset\ndef {name}(): ...\n"
ORDERS = ASSET.format(name="orders")
JOB = "import dagster as dg\ndaily = dg.define_asset_job('daily')\n"
LOADS = (
    "import dagster as dg\nfrom shop.defs import orders\n"
    "defs = dg.Definitions(assets=dg.load_assets_from_modules([orders]))\n"
)
FLAT = {
    "src/shop/__init__.py": "",
    "src/shop/definitions.py": LOADS,
    "src/shop/defs/__init__.py": "",
    "src/shop/defs/orders.py": ORDERS,
    "src/shop/defs/parsing.py": "def parse(text): ...\n",
    "src/shop/defs/constants.py": "RATE = 2\n",
}


def uses(files: dict[str, str]) -> dict[str, Use]:
    """Return the modules that are sorted, each with what is known of it."""
    inventory = take_inventory(Tree.of(files))
    return sorted_modules(inventory, DAGSTER, find_homes(inventory, DAGSTER, ""))


def places(files: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return the section of each module that is sorted, and its path in there."""
    return {path: (use.section, use.inner) for path, use in uses(files).items()}


def test_a_folder_of_definitions_is_sorted_with_its_plain_modules() -> None:
    assert places(FLAT) == {
        "src/shop/defs/orders.py": ("assets", "orders.py"),
        "src/shop/defs/parsing.py": ("utils", "parsing.py"),
        "src/shop/defs/constants.py": ("config", "constants.py"),
    }


def test_the_reason_is_said() -> None:
    found = uses({**FLAT, "src/shop/defs/start.py": JOB})
    assert found["src/shop/defs/start.py"].because == "it defines jobs: daily"
    assert found["src/shop/defs/parsing.py"].because == (
        "nothing in it is a definition of Dagster's"
    )
    assert found["src/shop/defs/orders.py"].stage == "raw"


@pytest.mark.parametrize(
    "path",
    [
        "src/shop/assets/raw.py",
        "src/shop/assets/raw/orders.py",
        "src/shop/jobs/orders.py",
        "src/shop/utils/deep/orders.py",
        "tests/test_orders.py",
        "tests/orders.py",
        "__legacy/orders.py",
        "src/shop/orders/__init__.py",
    ],
)
def test_what_has_its_place_is_left(path: str) -> None:
    assert places({"src/shop/__init__.py": "", path: ORDERS}) == {}


def test_plain_modules_are_left_where_no_definition_leaves() -> None:
    files = {
        **FLAT,
        "src/shop/cli.py": "",
        "src/shop/deep/__init__.py": "",
        "src/shop/deep/a.py": "",
    }
    assert places(files).keys() == places(FLAT).keys()


def test_folders_that_only_say_what_is_in_them_are_left_out() -> None:
    files = {"shop/__init__.py": "", "shop/assets/sales/orders.py": ORDERS}
    files |= {"shop/sales/jobs/start.py": JOB, "shop/assets/raw/fetch.py": ORDERS}
    assert places(files) == {
        "shop/assets/sales/orders.py": ("assets", "sales/orders.py"),
        "shop/assets/raw/fetch.py": ("assets", "fetch.py"),
        "shop/sales/jobs/start.py": ("jobs", "sales/start.py"),
    }


def test_components_stay_where_dagster_finds_them() -> None:
    files = {**FLAT, "src/shop/defs/load/defs.yaml": "type: shop.Loads\n"}
    files |= {"src/shop/defs/load/extra.py": ORDERS}
    files |= {"src/shop/defs/made.py": f"{ORDERS}@dg.component_instance\ndef load(): ...\n"}
    assert places(files).keys() == places(FLAT).keys()


def test_the_code_location_is_told_from_what_it_brings_in() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/repository.py": "import dagster as dg\nfrom shop.sales import parts\n"
        "defs = dg.Definitions.merge(parts.defs)\n",
        "shop/sales/__init__.py": "",
        "shop/sales/parts.py": "import dagster as dg\ndefs = dg.Definitions(jobs=[], assets=[])\n",
        "shop/sales/stores.py": "import dagster as dg\nclass Store(dg.ConfigurableResource): ...\n"
        "defs = dg.Definitions(resources={'store': Store()})\n",
    }
    files["shop/repository.py"] += "from shop.sales import stores\n"
    assert places(files) == {
        "shop/repository.py": ("definitions", "repository.py"),
        "shop/sales/parts.py": ("further-definitions", "sales/parts.py"),
        "shop/sales/stores.py": ("resources", "sales/stores.py"),
    }


def test_a_repository_without_dagster_is_not_sorted() -> None:
    assert places({"src/shop/__init__.py": "", "src/shop/orders.py": "def asset(): ...\n"}) == {}


PROJECT = '[project]\nname = "{name}"\n'
SEVERAL = {
    "one/pyproject.toml": PROJECT.format(name="one"),
    "one/one/orders.py": ORDERS,
    "two/pyproject.toml": PROJECT.format(name="two"),
    "two/two/orders.py": ORDERS,
    "tests/three/pyproject.toml": PROJECT.format(name="three"),
    "tests/three/three/orders.py": ORDERS,
    "plain/pyproject.toml": PROJECT.format(name="plain"),
    "plain/plain/orders.py": "",
}


def test_several_projects_are_refused() -> None:
    inventory = take_inventory(Tree.of(SEVERAL))
    with pytest.raises(Refusal, match=r"several Dagster projects \(one, two\)") as refused:
        require_one_project(inventory, DAGSTER, ())
    assert "--keep 'two/*'" in str(refused.value)
    require_one_project(inventory, DAGSTER, ("two/*",))
    require_one_project(inventory, load_recipe("src-layout", recipes_folder(SUITE)), ())
