from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.dagster.loading_settings import (
    DagsterSetting,
    DgProject,
    dagster_settings,
    defs_package,
    dg_project,
    project_above,
)
from relayout.tree import Tree


def settings_of(text: str) -> list[DagsterSetting]:
    return list(dagster_settings("pyproject.toml", Tree.of({"pyproject.toml": text})))


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
    tree = Tree.of({"pyproject.toml": f"[tool.dg.project]\n{said}", "dg.toml": "x = 1\n"})
    assert dg_project("pyproject.toml", tree) == DgProject("pyproject.toml", defs, target)
    assert project_above("src/shop/a.py", tree) is not None
    assert dg_project("dg.toml", tree) is None


def test_a_project_may_load_its_folder_and_name_its_code_location() -> None:
    said = 'root_module = "a"\ncode_location_name = "b"\nautoload_defs = true\n'
    found = dg_project("x/dg.toml", Tree.of({"x/dg.toml": f"\ufeff[project]\n{said}"}))
    assert found == DgProject("x/dg.toml", "a.defs", "a.definitions", "b", loads_folder=True)
    assert found.folder == "x"


@pytest.mark.parametrize("text", ["", "root_module = [", 'root_module = "a"\n', "\x00"])
def test_other_files_are_no_projects(text: str) -> None:
    assert dg_project("pyproject.toml", Tree.of({"pyproject.toml": text})) is None


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
    assert settings_of(text) == [
        DagsterSetting("a.b", "defs", "a.c", is_file=False),
        DagsterSetting("d", "", "", is_file=False),
    ]
    assert settings_of('[tool.dagster]\npython_file = "a.py"\n') == [
        DagsterSetting("a.py", "", "", is_file=True)
    ]


@pytest.mark.parametrize("text", ["[tool.dagster", "[tool]\ndagster = 3\n", "tool = 'dagster'\n"])
def test_other_settings_name_nothing(text: str) -> None:
    assert settings_of(text) == []
