"""What belongs to a dbt project though git does not hold it, and where it is after moves."""

from __future__ import annotations

import pytest

from relayout.inventory.dbt import (
    is_made_by_dbt,
    is_written_by_dbt,
    place_in_project,
    territory,
)
from relayout.tree import Tree

FOLDER = Tree.of({"dbt/dbt_project.yml": "name: a\nseed-paths: [data]\n", "dbt/run.py": ""})
ROOT = Tree.of(
    {
        "dbt_project.yml": "name: a\nmacro-paths: [macros]\nlog-path: dbt_logs\n",
        "models/a.sql": "select 1",
        "tests/test_a.py": "",
        "src/target/x.txt": "",
    }
)


@pytest.mark.parametrize(
    ("path", "made", "written"),
    [
        ("dbt/target/manifest.json", True, True),
        ("dbt/logs", True, True),
        ("dbt/data/a.csv", True, False),
        ("dbt/dev.duckdb", True, False),
        ("dbt/seeds/a.csv", False, False),
        ("dbt/postgres", False, False),
        ("target/manifest.json", False, False),
    ],
)
def test_what_dbt_makes(path: str, made: bool, written: bool) -> None:
    assert (is_made_by_dbt(FOLDER, path), is_written_by_dbt(FOLDER, path)) == (made, written)


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("target/manifest.json", True),
        ("dbt_packages", True),
        ("dbt_logs/dbt.log", True),
        ("macros/m.sql", True),
        ("models/b.sql", True),
        ("logs/scheduler.log", False),
        ("tests/x.sql", False),
        ("seeds/a.csv", False),
        ("functions/a.py", False),
    ],
)
def test_in_the_root_only_what_nothing_else_may_be(path: str, made: bool) -> None:
    assert is_made_by_dbt(ROOT, path) is made


def test_places_after_moves() -> None:
    moves = {"dbt/dbt_project.yml": "pipelines/a/dbt/dbt_project.yml", "dbt/run.py": "x/run.py"}
    assert place_in_project(FOLDER, moves, "dbt") == "pipelines/a/dbt"
    assert place_in_project(FOLDER, moves, "dbt/target/x") == "pipelines/a/dbt/target/x"
    assert place_in_project(FOLDER, moves, "elsewhere") is None
    moves = {"dbt_project.yml": "pipelines/a/dbt/dbt_project.yml"}
    assert place_in_project(ROOT, moves, "target") == "pipelines/a/dbt/target"
    assert place_in_project(ROOT, moves, "tests/a") is None


def test_a_tree_without_dbt_has_none() -> None:
    tree = Tree.of({"models/a.sql": ""})
    assert not territory(tree).folders
    assert not is_made_by_dbt(tree, "target/manifest.json")


def test_a_project_below_one_in_the_root_has_its_own() -> None:
    tree = Tree.of({"dbt_project.yml": "name: a\n", "b/dbt_project.yml": "name: b\n"})
    assert territory(tree).around("b/target/x") == "b"
