from __future__ import annotations

from relayout.conversions.dagster.new_names import NewNames, from_import


def test_a_name_is_free_and_stays_the_same() -> None:
    names = NewNames({"raw", "assets_raw"})
    assert names.module("shop.assets.raw", "raw", "assets_raw") == "raw_2"
    assert names.module("shop.assets.raw") == "raw_2"
    assert names.item("shop.jobs", "daily") == "daily"
    assert names.item("shop.other", "daily", "daily", "other_daily") == "other_daily"
    assert names.statements() == [
        ["from shop.assets import raw as raw_2"],
        ["from shop.jobs import daily"],
        ["from shop.other import daily as other_daily"],
    ]


def test_relative_and_top_level_modules_are_imported_as_they_can_be() -> None:
    names = NewNames(())
    names.module(".defs.a")
    names.module(".b")
    names.module("c")
    assert names.statements() == [["import c"], ["from . import b"], ["from .defs import a"]]


def test_a_long_statement_has_a_line_for_each_name() -> None:
    names = [f"name_{number}" for number in range(12)]
    lines = from_import("shop", names)
    assert lines[0] == "from shop import ("
    assert lines[1:-1] == [f"    {name}," for name in names]
    assert from_import("shop", names[:2]) == ["from shop import name_0, name_1"]
