"""A checkout gets the manifest that dbt built in the work tree, wherever the project stands now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from relayout.repository import opened
from relayout.running.manifests import built_manifests
from relayout.tree import Tree
from workbench import Files, build_tree

BEFORE: Files = {"dbt/dbt_project.yml": "name: shop\n", "other/dbt_project.yml": "name: other\n"}
AFTER: Files = {
    "src/shop/dbt/dbt_project.yml": "name: shop\n",
    "other/dbt_project.yml": "name: x\n",
}


def built(path: Path, tree: Files, other: Files) -> dict[str, bytes]:
    with opened(path) as repository:
        return built_manifests(repository, Tree.of(tree), Tree.of(other))


def test_the_manifest_may_be_where_the_project_was_or_is(
    repository: Callable[[Files], Path],
) -> None:
    path = repository(AFTER)
    assert built(path, BEFORE, AFTER) == {}
    build_tree(path, {"dbt/target/manifest.json": "{1}"})
    assert built(path, BEFORE, AFTER) == {"dbt/target/manifest.json": b"{1}"}
    assert built(path, AFTER, BEFORE) == {"src/shop/dbt/target/manifest.json": b"{1}"}
    build_tree(path, {"src/shop/dbt/target/manifest.json": "{2}"})
    assert built(path, AFTER, BEFORE) == {"src/shop/dbt/target/manifest.json": b"{2}"}


def test_a_tracked_manifest_is_left_alone(repository: Callable[[Files], Path]) -> None:
    path = repository(AFTER)
    tracked = {**BEFORE, "dbt/target/manifest.json": "{}"}
    build_tree(path, {"dbt/target/manifest.json": "{1}"})
    assert built(path, tracked, AFTER) == {}
