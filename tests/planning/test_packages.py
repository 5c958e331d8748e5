"""Which folder is the proper package, and what the package may be called."""

from __future__ import annotations

import pytest

from migrations import SRC_LAYOUT
from relayout.errors import Refusal
from relayout.inventory import take_inventory
from relayout.planning.packages import choose_package
from relayout.suite import find_suite, load_recipe, recipes_folder
from relayout.tree import Tree


def choose(files: dict[str, str], wanted: str = "") -> tuple[str, str]:
    return choose_package(take_inventory(Tree.of(files)), SRC_LAYOUT, wanted)


def test_the_one_proper_package_keeps_its_name() -> None:
    assert choose({"sales/__init__.py": "", "utils/__init__.py": ""}) == ("sales", "sales")
    assert choose({"src/sales/__init__.py": ""}) == ("sales", "src/sales")


def test_it_can_be_renamed() -> None:
    assert choose({"sales/__init__.py": ""}, "shop") == ("shop", "sales")


def test_several_packages_are_none() -> None:
    assert choose({"a/__init__.py": "", "b/__init__.py": ""}) == ("pipelines", "")
    assert choose({"a/__init__.py": "", "b/__init__.py": ""}, "b") == ("b", "b")


def test_folders_that_only_group_things_are_none() -> None:
    assert choose({"tests/__init__.py": "", "scripts/__init__.py": ""}) == ("pipelines", "")


@pytest.mark.parametrize("name", ["", "a-b", "class", "A", "json", "pandas", "1a", "a\n", "été"])
def test_names_that_a_package_cannot_have(name: str) -> None:
    files = {"requirements.txt": "pandas\n", "a.py": ""}
    if not name:
        assert choose(files) == ("pipelines", "")
        return
    with pytest.raises(Refusal):
        choose(files, name)


ASSET = "from dagster import asset\n\n@asset\ndef orders(): ...\n"
NIGHTLY = "dg.ScheduleDefinition('nightly', '0 1 * * *', job_name='all')"
SCHEDULE = f"import dagster as dg\nnightly = {NIGHTLY}\n"
CONFIG = "from dagster import Config\n\nclass Upload(Config):\n    name: str\n"


def test_of_definitions_the_folder_that_has_most_is_the_package() -> None:
    recipe = load_recipe("dagster", recipes_folder(find_suite()))
    shop = {"src/shop/__init__.py": "", "src/shop/defs/orders.py": ASSET}
    assert choose_package(take_inventory(Tree.of(shop)), recipe, "") == ("shop", "src/shop")


def test_a_package_called_src_has_folders_of_kinds_and_none_of_them_is_the_package() -> None:
    recipe = load_recipe("dagster", recipes_folder(find_suite()))
    files = {
        "src/__init__.py": "",
        "src/assets/orders.py": ASSET,
        "src/assets/sales.py": ASSET,
        "src/schedule/__init__.py": "",
        "src/schedule/nightly.py": SCHEDULE,
        "src/schemas/__init__.py": "",
        "src/schemas/upload.py": CONFIG,
    }
    assert choose_package(take_inventory(Tree.of(files)), recipe, "") == ("pipelines", "")
