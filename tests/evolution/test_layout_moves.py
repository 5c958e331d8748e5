"""Where files go when a layout changes: dictionaries of files, and the table of the suite."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from relayout.errors import Refusal
from relayout.evolution.layout_moves import (
    check_layout_change,
    check_moves,
    counterparts_of,
    moves_by_parts,
)
from relayout.evolution.parts import Parts, load_parts
from relayout.suite import find_suite
from relayout.tree import Tree

SHOP = {"layout": "src-layout", "package": "shop", "pipeline": "orders"}


@cache
def parts() -> Parts:
    return load_parts((find_suite() / "migrations/parts.yml").read_text(encoding="utf-8"))


def moves_between(
    tree: Tree,
    old: dict[str, str],
    new: dict[str, str],
    rendered: tuple[str, ...] = (),
    there: tuple[str, ...] = (),
) -> dict[str, str]:
    """Return where the files of a tree go, as a change of the layout finds it out."""
    check_layout_change(tree, old, new, parts())
    found = moves_by_parts(counterparts_of(tree, old, new, parts()), tree, rendered, there)
    check_moves(found, tree)
    return found


def moves(
    paths: list[str],
    old: Mapping[str, str],
    new: Mapping[str, str],
    rendered: tuple[str, ...] = (),
    there: tuple[str, ...] = (),
) -> dict[str, str]:
    tree = Tree.of(dict.fromkeys(paths, ""))
    return moves_between(tree, old, {**old, **new}, rendered, there)


def test_code_and_tests_keep_their_places_to_one_another_in_a_package_of_a_monorepo() -> None:
    paths = ["src/shop/orders/etl.py", "tests/conftest.py", "configs/dev/a.toml", "db/env.py"]
    found = moves([*paths, "docs/notes.md", "workflows/a.yml"], SHOP, {"layout": "monorepo"})
    assert found == {path: f"packages/shop/{path}" for path in paths}


def test_what_stands_there_already_does_not_move() -> None:
    assert moves(["src/shop/a.py", "tests/test_a.py"], SHOP, {"layout": "dagster"}) == {}


def test_another_name_of_the_package_is_followed() -> None:
    new = {"layout": "dagster", "package": "store"}
    assert moves(["src/shop/a.py", "src/shops/b.py"], SHOP, new) == {
        "src/shop/a.py": "src/store/a.py"
    }


def test_recorded_pipelines_get_folders_of_their_own_and_other_code_is_shared() -> None:
    answers = "src/shop/stock/.copier-answers.yml"
    files = {
        "src/shop/__init__.py": "",
        "src/shop/orders/etl.py": "",
        "src/shop/stock/etl.py": "",
        "src/shop/rates.py": "",
        "src/shop/loading/db.py": "",
        answers: "layout: src-layout\npipeline: stock\nscope: pipeline\n",
    }
    new = {**SHOP, "layout": "pipeline-centric"}
    assert moves_between(Tree.of(files), SHOP, new) == {
        "src/shop/__init__.py": "pipelines/__init__.py",
        "src/shop/orders/etl.py": "pipelines/orders/etl.py",
        "src/shop/stock/etl.py": "pipelines/stock/etl.py",
        "src/shop/rates.py": "pipelines/shared/utilities/rates.py",
        "src/shop/loading/db.py": "pipelines/shared/utilities/db.py",
    }


def test_a_folder_whose_place_is_taken_goes_to_the_next_one_whole() -> None:
    found = moves(
        ["src/shop/utils/warehouse.py", "src/shop/utils/text.py"],
        SHOP,
        {"layout": "pipeline-centric"},
        there=("pipelines/shared/utilities/warehouse.py",),
    )
    assert found == {
        "src/shop/utils/warehouse.py": "pipelines/shared/utilities/shop/utils/warehouse.py",
        "src/shop/utils/text.py": "pipelines/shared/utilities/shop/utils/text.py",
    }


def test_further_packages_of_a_monorepo_keep_their_names() -> None:
    old = {"layout": "monorepo", "package": "shop"}
    paths = ["packages/shop/src/shop/a.py", "packages/rates/src/rates/b.py"]
    tests = ["packages/shop/tests/test_a.py", "packages/rates/tests/test_b.py"]
    assert moves([*paths, *tests], old, {"layout": "src-layout"}) == {
        "packages/shop/src/shop/a.py": "src/shop/a.py",
        "packages/rates/src/rates/b.py": "src/rates/b.py",
        "packages/shop/tests/test_a.py": "tests/test_a.py",
        "packages/rates/tests/test_b.py": "tests/rates/test_b.py",
    }


def test_the_layouts_own_tests_stay_where_both_layouts_have_them() -> None:
    own, mine = "tests/test_imports.py", "tests/test_orders.py"
    found = moves([own, mine], SHOP, {"layout": "monorepo"}, (own,), (own,))
    assert found == {mine: f"packages/shop/{mine}"}


def test_two_files_that_would_share_a_path_are_named() -> None:
    old = {"layout": "monorepo", "package": "shop"}
    paths = ["packages/shop/tests/rates/test_b.py", "packages/rates/tests/test_b.py"]
    with pytest.raises(Refusal, match=r"would both be tests/rates/test_b\.py"):
        moves(paths, old, {"layout": "src-layout"})


@pytest.mark.parametrize(
    ("old", "path", "new", "part"),
    [
        ("dagster", "src/shop/definitions.py", "src-layout", "Dagster's definitions"),
        ("dagster", "src/shop/definitions.py", "monorepo", "Dagster's definitions"),
        ("batch-streaming", "orchestration/airflow/dags/a.py", "dagster", "Airflow's DAGs"),
        (
            "pipeline-centric",
            "pipelines/a/orchestration/definitions.py",
            "dagster",
            "Dagster's definitions",
        ),
        ("pipeline-centric", "pipelines/a/dbt/dbt_project.yml", "src-layout", "dbt project"),
        ("monorepo", "packages/shop/legacy_django/urls.py", "src-layout", "Django project"),
    ],
)
def test_what_has_no_counterpart_is_named_with_what_to_do(
    old: str, path: str, new: str, part: str
) -> None:
    answers = {"layout": old, "package": "shop"}
    tree = Tree.of({path: "", "src/shop/other.py": ""})
    with pytest.raises(Refusal) as refusal:
        check_layout_change(tree, answers, {**answers, "layout": new}, parts())
    assert part in refusal.value.problem
    assert path in refusal.value.problem
    assert "first" in " ".join(refusal.value.hints)


def test_definitions_go_where_dagster_runs_as_well() -> None:
    old = {"layout": "dagster", "package": "shop"}
    found = moves(
        ["src/shop/definitions.py", "src/shop/jobs/daily.py"], old, {"layout": "pipeline-centric"}
    )
    assert found == {
        "src/shop/definitions.py": "pipelines/shop/orchestration/definitions.py",
        "src/shop/jobs/daily.py": "pipelines/shop/orchestration/jobs/daily.py",
    }
