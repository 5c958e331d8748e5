from __future__ import annotations

from relayout.inventory.dagster import AssetGraph, DagsterModule, Definition, asset_graph


def asset(key: str, *upstream: str, group: str = "") -> Definition:
    return Definition(key, "asset", 1, 1, asset_keys=(key,), upstream=upstream, group=group)


def graph(*assets: Definition) -> AssetGraph:
    return asset_graph([DagsterModule("a.py", assets)])


def test_edges_are_known_from_both_sides() -> None:
    found = graph(asset("a"), asset("b", "a", "outside"), asset("c", "a", "b"))
    assert found.sources == ("a",)
    assert found.upstream == {"a": (), "b": ("a", "outside"), "c": ("a", "b")}
    assert found.downstream == {"a": ("b", "c"), "b": ("c",), "c": (), "outside": ("b",)}


def test_a_dependency_without_its_prefix_is_the_only_asset_that_ends_so() -> None:
    found = graph(asset("lake/a"), asset("b", "a"), asset("x/c"), asset("y/c"), asset("d", "c"))
    assert found.upstream["b"] == ("lake/a",)
    assert found.upstream["d"] == ("c",)


def test_of_several_the_one_in_the_same_group_is_meant() -> None:
    found = graph(asset("x/c", group="g"), asset("y/c"), asset("d", "c", group="g"))
    assert found.upstream["d"] == ("x/c",)


def test_keys_of_other_prefixes_are_not_meant() -> None:
    assert graph(asset("x/c"), asset("d", "y/c")).upstream["d"] == ("y/c",)


def test_an_asset_is_not_its_own_upstream() -> None:
    assert graph(asset("lake/orders", "orders")).upstream["lake/orders"] == ("orders",)


def test_what_is_no_asset_is_not_in_it() -> None:
    check = Definition("c", "asset_check", 1, 1, key="c", asset_keys=("a",))
    assert graph(check, asset("b")).defined.keys() == {"b"}
