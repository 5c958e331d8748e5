from __future__ import annotations

import pytest

from relayout.inventory import take_inventory
from relayout.inventory.dagster.named_locations import NamedLocation, named_locations
from relayout.tree import Tree

DEFS = "import dagster as dg\n\ndefs = dg.Definitions()\n"
FILES = {"src/shop/__init__.py": "", "src/shop/definitions.py": DEFS, "etl/repo.py": DEFS}
SHOP = "src/shop/definitions.py"


def named(path: str, text: str, **files: str) -> list[NamedLocation]:
    return list(named_locations(take_inventory(Tree.of({**FILES, **files, path: text}))))


@pytest.mark.parametrize(
    ("path", "text", "tool"),
    [
        ("pyproject.toml", '[tool.dagster]\nmodule_name = "shop.definitions"\n', "dagster"),
        ("pyproject.toml", '[tool.dg.project]\nroot_module = "shop"\n', "dg"),
        ("dg.toml", '[project]\nroot_module = "shop"\n', "dg"),
        ("workspace.yaml", "load_from: [python_module: shop.definitions]\n", ""),
        (
            "workspace_all.yml",
            "load_from: [python_package: {package_name: shop.definitions}]\n",
            "",
        ),
        (
            "dagster_cloud.yaml",
            "locations: [{code_source: {module_name: shop.definitions}}]\n",
            "",
        ),
    ],
)
def test_each_way_to_name_a_module(path: str, text: str, tool: str) -> None:
    name = "shop.definitions"
    assert named(path, text) == [NamedLocation(path, tool, "module", name, name, SHOP)]


def test_an_entry_says_what_it_is_called_and_where_it_runs() -> None:
    workspace = """\
load_from:
  - python_module: shop.definitions
  - python_file:
      relative_path: ../etl/repo.py
      attribute: defs
      location_name: night
      working_directory: ..
  - grpc_server: {host: localhost, port: 4266}
"""
    path, name = "deploy/workspace.yaml", "shop.definitions"
    assert named(path, workspace) == [
        NamedLocation(path, "", "module", name, name, SHOP, "", "deploy"),
        NamedLocation(path, "", "file", "etl/repo.py", "night", "etl/repo.py", "defs"),
    ]


def test_a_deployment_says_its_folders_beside_the_code() -> None:
    cloud = """\
locations:
  - location_name: etl
    code_source: {python_file: repo.py}
    build: {directory: ./etl}
"""
    [location] = named("dagster_cloud.yaml", cloud)
    assert (location.name, location.target) == ("etl", "etl/repo.py")
    assert location.working_directory == "etl"


def test_settings_name_code_locations_and_attributes() -> None:
    text = '[tool.dagster]\nmodule_name = "shop.definitions:defs"\ncode_location_name = "all"\n'
    [location] = named("pyproject.toml", text)
    assert (location.name, location.attribute) == ("all", "defs")
    [location] = named("etl/pyproject.toml", '[tool.dagster]\npython_file = "repo.py"\n')
    assert (location.kind, location.target, location.module) == (
        "file",
        "etl/repo.py",
        "etl/repo.py",
    )


@pytest.mark.parametrize("path", ["src/shop/defs/__init__.py", "src/shop/defs/deep/orders.py"])
def test_a_folder_that_is_loaded_for_itself_has_a_first_module(path: str) -> None:
    text = '[tool.dg.project]\nroot_module = "shop"\nautoload_defs = true\n'
    [location] = named("pyproject.toml", text, **{path: DEFS})
    assert (location.kind, location.target, location.module) == ("autoload", "shop.defs", path)


def test_a_module_that_is_not_there_is_named_by_settings_alone() -> None:
    [location] = named("pyproject.toml", '[tool.dagster]\nmodule_name = "gone"\n')
    assert (location.target, location.module) == ("gone", "")
    assert named("workspace.yaml", "load_from: [python_module: gone]\n") == []


@pytest.mark.parametrize("path", ["src/shop/defs/x/defs.yaml", "dagster.yaml", "other.yaml"])
def test_components_and_instances_are_no_code_locations(path: str) -> None:
    text = "type: shop.definitions.Report\nload_from: [python_module: shop.definitions]\n"
    assert named(path, text) == []


def test_quarantine_names_nothing() -> None:
    assert named("__legacy/workspace.yaml", "load_from: [python_file: ../etl/repo.py]\n") == []
