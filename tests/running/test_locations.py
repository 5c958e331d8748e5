"""The code locations of a tree are those that Dagster's own tools would load."""

from __future__ import annotations

import pytest

from relayout.running.locations import Location, code_locations, module_folders
from relayout.tree import Tree

ASSETS = "import dagster as dg\n\n\n@dg.asset\ndef orders(): ...\n"
WHOLE = (
    "import dagster as dg\n\nfrom shop.assets import orders\n\ndefs = dg.Definitions([orders])\n"
)
SHOP = {
    "src/shop/__init__.py": "",
    "src/shop/assets.py": ASSETS,
    "src/shop/definitions.py": WHOLE,
}


def found(files: dict[str, str]) -> list[Location]:
    return list(code_locations(Tree.of(files)))


@pytest.mark.parametrize(
    "settings",
    [
        {"pyproject.toml": '[tool.dagster]\nmodule_name = "shop.definitions"\n'},
        {
            "pyproject.toml": (
                '[[tool.dagster.modules]]\ntype = "module"\nname = "shop.definitions"\n'
            )
        },
        {"pyproject.toml": '[tool.dg.project]\nroot_module = "shop"\n'},
        {"dg.toml": 'directory_type = "project"\n[project]\nroot_module = "shop"\n'},
        {"workspace.yaml": "load_from:\n  - python_module: shop.definitions\n"},
        {"workspace.yaml": "load_from: [{python_package: {package_name: shop.definitions}}]\n"},
        {},
    ],
)
def test_each_way_to_name_a_module(settings: dict[str, str]) -> None:
    assert found({**SHOP, **settings}) == [
        Location("shop.definitions", "module", "shop.definitions")
    ]


def test_a_workspace_says_more_of_a_code_location() -> None:
    workspace = """\
load_from:
  - python_file:
      relative_path: repo.py
      attribute: nightly
      location_name: night
      working_directory: etl
  - python_file: day.py
  - grpc_server: {host: localhost, port: 4266}
"""
    files = {"apps/workspace.yaml": workspace, "apps/repo.py": ASSETS, "apps/day.py": ASSETS}
    night = Location("night", "file", "apps/repo.py", "nightly", "apps/etl")
    assert found(files) == [night, Location("day.py", "file", "apps/day.py", "", "apps")]
    assert night.request("/x") == {
        "name": "night",
        "kind": "file",
        "target": "/x/apps/repo.py",
        "attribute": "nightly",
        "working_directory": "/x/apps/etl",
    }


def test_a_workspace_counts_before_the_settings_beside_it() -> None:
    settings = '[tool.dagster]\nmodule_name = "shop.definitions"\n'
    workspace = "load_from: [{python_module: shop.assets}]\n"
    files = {**SHOP, "pyproject.toml": settings, "workspace.yaml": workspace}
    assert [location.target for location in found(files)] == ["shop.assets"]


def test_one_module_that_is_named_twice_is_loaded_once() -> None:
    files = {
        **SHOP,
        "pyproject.toml": '[tool.dagster]\nmodule_name = "shop.definitions"\n',
        "deploy/workspace.yaml": (
            "load_from: [{python_module: {module_name: shop.definitions, working_directory: ..}}]\n"
        ),
    }
    assert len(found(files)) == 1


def test_a_folder_that_dagster_loads_by_itself() -> None:
    settings = '[tool.dg.project]\nroot_module = "shop"\nautoload_defs = true\n'
    files = {"pyproject.toml": settings, "src/shop/defs/assets.py": ASSETS}
    assert found(files) == [Location("shop.defs", "autoload", "shop.defs")]


def test_a_project_of_its_own_finds_its_modules_from_its_folder() -> None:
    files = {f"projects/shop/{path}": text for path, text in SHOP.items()}
    files["projects/shop/pyproject.toml"] = '[tool.dg.project]\nroot_module = "shop"\n'
    assert found(files) == [
        Location("shop.definitions", "module", "shop.definitions", "", "projects/shop")
    ]
    assert module_folders(Tree.of(files)) == ("projects/shop/src",)


def test_a_module_that_is_not_there_is_none() -> None:
    settings = '[tool.dg.project]\nroot_module = "gone"\n'
    files = {**SHOP, "pyproject.toml": settings}
    assert [location.target for location in found(files)] == ["shop.definitions"]


def test_where_nothing_is_named_the_folders_of_definitions_are_gathered() -> None:
    files = {path: text for path, text in SHOP.items() if "definitions" not in path}
    files |= {
        "tests/test_shop.py": ASSETS,
        "tests/samples/more.py": ASSETS,
        "__legacy/x.py": ASSETS,
    }
    [location] = found(files)
    assert (location.kind, location.target) == ("modules", ("shop.assets",))


def test_a_file_without_a_dotted_name_is_loaded_by_its_path() -> None:
    files = {"nightly-jobs/repo.py": "import dagster as dg\n\ndefs = dg.Definitions()\n"}
    assert found(files) == [Location("repo.py", "file", "nightly-jobs/repo.py", "", "nightly-jobs")]


def test_a_repository_without_dagster_has_none() -> None:
    assert found({"src/shop/load.py": "def asset(): ...\n", "workspace.yaml": "a: 1\n"}) == []


@pytest.mark.parametrize(
    "files",
    [
        {"workspace.yaml": "load_from: [[[\n"},
        {"workspace.yaml": "load_from: 3\n"},
        {"workspace.yaml": "load_from: [1, {python_file: {a: 1}}, {python_module: [x]}]\n"},
        {"workspace.yaml": "- 1\n"},
        {"pyproject.toml": "[tool.dagster\n"},
        {"pyproject.toml": "tool = 3\n"},
        {"pyproject.toml": "[tool]\ndagster = 3\ndg = {project = [1]}\n"},
        {"pyproject.toml": "[tool.dagster]\nmodule_name = 3\nmodules = [1, {name = 2}]\n"},
        {"pyproject.toml": "[tool.dg.project]\nroot_module = ['a']\n"},
        {"pyproject.toml": '[tool.dagster]\nmodule_name = "..a..b"\n'},
        {"workspace.yaml": "load_from: [{python_file: ../../etc/x.py}]\n"},
    ],
)
def test_what_cannot_be_read_names_nothing(files: dict[str, str]) -> None:
    assert found(files) == []
