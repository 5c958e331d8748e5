from __future__ import annotations

import pytest

from relayout.inventory import Inventory, take_inventory
from relayout.inventory.dagster.loading_settings import (
    DgProject,
    dagster_settings,
    defs_package,
    dg_project,
    project_above,
)
from relayout.tree import Tree


def inventory_of(**files: str) -> Inventory:
    return take_inventory(Tree.of({name.replace("__", "."): text for name, text in files.items()}))


@pytest.mark.parametrize(
    ("said", "defs", "target"),
    [
        ('root_module = "shop"\n', "shop.defs", "shop.definitions"),
        ('root_module = "shop"\ndefs_module = "shop.all"\n', "shop.all", "shop.definitions"),
        ('defs_module = "shop.all"\n', "shop.all", "shop.definitions"),
        (
            'root_module = "shop"\ncode_location_target_module = "shop.a"\n',
            "shop.defs",
            "shop.a",
        ),
    ],
)
def test_a_project_says_what_its_modules_are(said: str, defs: str, target: str) -> None:
    inventory = inventory_of(pyproject__toml=f"[tool.dg.project]\n{said}", dg__toml="x = 1\n")
    assert dg_project("pyproject.toml", inventory) == DgProject(
        "pyproject.toml", 2, "shop", defs, target
    )
    assert project_above("src/shop/a.py", inventory) is not None
    assert dg_project("dg.toml", inventory) is None


@pytest.mark.parametrize("text", ["", "root_module = [", 'root_module = "a"\n', "\x00"])
def test_other_files_are_no_projects(text: str) -> None:
    assert dg_project("pyproject.toml", inventory_of(pyproject__toml=text)) is None


def test_the_nearest_project_counts() -> None:
    files = {
        "pyproject.toml": '[tool.dg.project]\nroot_module = "outer"\n',
        "sub/dg.toml": '[project]\nroot_module = "inner"\n',
        "sub/src/inner/defs/a.py": "",
    }
    inventory = take_inventory(Tree.of(files))
    located = defs_package("sub/src/inner/x.py", inventory)
    assert located is not None
    assert located.package_folders == ("sub/src/inner/defs",)
    assert defs_package("other/x.py", inventory) is None


def test_settings_of_dagster_name_modules_and_files() -> None:
    text = """\
[tool.dagster]
module_name = "a.b:defs"
code_location_name = "a.c"

[[tool.dagster.modules]]
type = "module"
name = "d"
"""
    inventory = inventory_of(pyproject__toml=text)
    assert list(dagster_settings("pyproject.toml", inventory)) == [
        (2, "a.b", False),
        (7, "d", False),
    ]
    inventory = inventory_of(pyproject__toml='[tool.dagster]\npython_file = "a.py"\n')
    assert list(dagster_settings("pyproject.toml", inventory)) == [(2, "a.py", True)]
