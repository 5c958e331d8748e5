"""Dagster's files name the code that is loaded, and the folder that it is loaded in."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "etl/definitions.py": "src/pkg/etl/definitions.py",
    "etl/__init__.py": "src/pkg/etl/__init__.py",
    "repo.py": "src/pkg/repo.py",
    "jobs/defs.py": "src/pkg/defs.py",
}
STAYS = ("locations/other/defs.py",)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("load_from:\n  - python_file: repo.py\n", "repo.py", "src/pkg/repo.py"),
        ("load_from: [{python_file: 'etl/definitions.py'}]", "etl/", "src/pkg/etl/"),
        ("load_from:\n- python_file:\n    relative_path: ./repo.py # a\n    attribute: defs\n",
         "repo.py", "src/pkg/repo.py"),
        ("load_from:\n- python_module: etl.definitions\n", "etl", "pkg.etl"),
        ("load_from:\n- python_module: {module_name: etl.definitions, attribute: etl}\n",
         "etl.def", "pkg.etl.def"),
        ("load_from:\n- python_package: etl\n", "etl", "pkg.etl"),
        ("load_from:\n- python_package:\n    package_name: \"etl\"\n    attribute: x\n",
         '"etl"', '"pkg.etl"'),
        ("load_from:\n- python_module:\n    module_name: defs\n    working_directory: jobs/\n",
         "jobs/", "src/pkg/"),
        ("load_from:\n- python_file: repo.py\n- grpc_server: {host: etl, port: 1}\n",
         "repo.py", "src/pkg/repo.py"),
    ],
)  # fmt: skip
def test_a_code_location_follows(text: str, old: str, new: str) -> None:
    assert followed("workspace.yaml", text, MOVES, STAYS) == (text.replace(old, new), [])


@pytest.mark.parametrize(
    "text",
    [
        "load_from:\n- grpc_server: {host: etl, location_name: repo.py}\n",
        "load_from:\n- python_module: dagster.etl\n",
        "load_from:\n- python_file: /opt/repo.py\n",
        "load_from:\n- python_file: ${HOME}/repo.py\n",
        "load_from:\n- python_module: {module_name: defs, working_directory: locations/other}\n",
        "load_from: repo.py\n",
        "load_from:\n- repo.py\n",
        "name: {python_file: repo.py}\n",
        "load_from:\n- python_file: [repo.py\n",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("workspace.yaml", text, MOVES, STAYS) == (text, [])


def test_a_workspace_that_moves_counts_from_its_new_folder() -> None:
    text = "load_from:\n- python_file: ../repo.py\n- python_module: other.defs\n"
    moves = {**MOVES, "deploy/workspace.yaml": "workspace.yaml"}
    after, about = followed("deploy/workspace.yaml", text, moves, STAYS)
    assert not about
    assert after == text.replace("../repo.py", "./src/pkg/repo.py")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("locations:\n- location_name: etl\n  code_source: {package_name: etl}\n",
         "{package_name: etl}", "{package_name: pkg.etl}"),
        ("locations:\n- code_source: {module_name: etl.definitions}\n", "etl.d", "pkg.etl.d"),
        ("locations:\n- code_source:\n    python_file: defs.py\n  working_directory: ./jobs\n",
         "./jobs", "./src/pkg"),
        ("locations:\n- code_source: {python_file: repo.py}\n  build: {directory: ./}\n",
         "repo.py", "src/pkg/repo.py"),
    ],
)  # fmt: skip
def test_the_locations_of_a_deployment_follow(text: str, old: str, new: str) -> None:
    assert followed("dagster_cloud.yaml", text, MOVES, STAYS) == (text.replace(old, new), [])


def test_the_modules_of_an_instance_follow() -> None:
    text = "run_launcher:\n  module: etl.definitions\n  class: L\nstorage: {sqlite: {base_dir: x}}"
    after = text.replace("etl.d", "pkg.etl.d")
    assert followed("dagster.yaml", text, MOVES, STAYS) == (after, [])


COMPONENT_MOVES = {
    "hub/src/old/parts/__init__.py": "src/pkg/parts/__init__.py",
    "hub/src/old/parts/report.py": "src/pkg/parts/report.py",
    "hub/src/old/__init__.py": "src/pkg/__init__.py",
}


@pytest.mark.parametrize("name", ["defs.yaml", "component.yaml", "defs.yml"])
def test_the_class_of_a_component_follows(name: str) -> None:
    text = (
        "# what it is\ntype: old.parts.report.Report\nattributes:\n  type: old.parts.Other\n"
        "---\ntype: 'old.parts.Other'\n---\ntype: dagster_dbt.DbtProjectComponent\n---\n"
    )
    after = text.replace("type: old.parts.report", "type: pkg.parts.report")
    after = after.replace("'old.parts", "'pkg.parts")
    moves = {**COMPONENT_MOVES, f"hub/src/old/defs/x/{name}": f"src/pkg/defs/x/{name}"}
    assert followed(f"hub/src/old/defs/x/{name}", text, moves, ()) == (after, [])


def test_other_files_with_a_type_stay() -> None:
    text = "type: old.parts.report.Report\n"
    assert followed("hub/src/old/defs/x/other.yaml", text, COMPONENT_MOVES, ()) == (text, [])
