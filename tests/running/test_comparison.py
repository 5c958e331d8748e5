"""What two answers of the probe say is compared name by name."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from relayout.running.comparison import same_definitions
from relayout.running.locations import Location

FACTS: dict[str, Any] = {
    "name": "shop.definitions",
    "error": "",
    "assets": {
        "orders": {"kind": "asset", "upstream": [], "group": "raw", "partitions": "Daily()"},
        "clean": {"kind": "asset", "upstream": ["orders"], "group": "raw", "partitions": ""},
    },
    "checks": {"orders:there": {"blocking": False, "upstream": []}},
    "jobs": {"nightly": {"assets": ["orders", "clean"], "nodes": [], "partitions": ""}},
    "schedules": {"at_night": {"cron": "0 3 * * *", "timezone": "", "job": "nightly"}},
    "sensors": {},
    "resources": {"db": "Database"},
}
MORE = {"kind": "asset", "upstream": [], "group": "", "partitions": ""}
NAMED = (Location("shop.definitions", "module", "shop.definitions"),)
GATHERED = (Location("the folder of definitions", "modules", ("shop.assets",)),)


def answer(*locations: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "python": "3.12.1",
        "dagster": "1.13.0",
        "strays": [],
        "locations": list(locations),
        **more,
    }


def changed(kind: str, key: str, value: Any, **more: Any) -> dict[str, Any]:
    facts = deepcopy({**FACTS, **more})
    if value is None:
        del facts[kind][key]
    elif isinstance(value, dict):
        facts[kind][key] = {**facts[kind].get(key, {}), **value}
    else:
        facts[kind][key] = value
    return facts


def test_the_same_definitions_pass_with_how_many_there_are() -> None:
    check = same_definitions(answer(FACTS), answer({**FACTS, "name": "other"}), NAMED)
    assert check.passed
    assert check.figures["assets"] == 2
    assert check.figures["dependencies"] == 1
    assert check.figures["partitioned"] == 1
    assert check.figures["groups"] == 1
    assert check.figures["before"]["jobs"] == 1
    assert check.figures["dagster"] == "1.13.0"


@pytest.mark.parametrize(
    ("kind", "key", "value", "said"),
    [
        ("assets", "clean", None, "asset clean is gone"),
        ("assets", "more", MORE, "asset more was not there before"),
        ("assets", "clean", {"upstream": []}, "asset clean: upstream was orders, is nothing"),
        ("assets", "orders", {"group": "gold"}, "asset orders: group was raw, is gold"),
        (
            "assets",
            "orders",
            {"partitions": ""},
            "asset orders: partitions was Daily(), is nothing",
        ),
        ("checks", "orders:there", None, "asset check orders:there is gone"),
        (
            "jobs",
            "nightly",
            {"assets": ["orders"]},
            "job nightly: assets was orders, clean, is orders",
        ),
        (
            "schedules",
            "at_night",
            {"cron": "@daily"},
            "schedule at_night: cron was 0 3 * * *, is @daily",
        ),
        ("sensors", "late", {"kind": "ASSET"}, "sensor late was not there before"),
        ("resources", "db", "Other", "resource db: type was Database, is Other"),
        ("resources", "s3", "Storage", "resource s3 was not there before"),
    ],
)
def test_a_difference_is_told(kind: str, key: str, value: Any, said: str) -> None:
    check = same_definitions(answer(FACTS), answer(changed(kind, key, value)), NAMED)
    assert check.details == (said,)
    assert not check.passed


def test_a_code_location_that_does_not_load_proves_nothing() -> None:
    broken = {"name": "shop.definitions", "error": "Traceback\n  ...\nKeyError: 'DB'\n"}
    check = same_definitions(answer(broken), answer(broken), NAMED)
    assert check.details == (
        "before the adoption: shop.definitions does not load: KeyError: 'DB'",
        "now: shop.definitions does not load: KeyError: 'DB'",
    )
    assert same_definitions(answer(FACTS), answer(), NAMED).details == (
        "now: there is no code location",
    )


def test_code_from_the_repository_itself_proves_nothing() -> None:
    strayed = answer(FACTS, strays=["shop.db (src/shop/db.py)"])
    check = same_definitions(answer(FACTS), strayed, NAMED)
    assert check.details == (
        "shop.db (src/shop/db.py) was loaded from the repository, not from a checkout",
    )


def test_resources_may_be_bound_where_no_code_location_was() -> None:
    before = {**FACTS, "resources": {}}
    assert same_definitions(answer(before), answer(FACTS), GATHERED).passed
    assert not same_definitions(answer(before), answer(FACTS), NAMED).passed


def test_code_locations_are_paired_by_name_then_by_order() -> None:
    night = changed("assets", "night", MORE, name="night")
    day = changed("assets", "day", MORE, name="day")
    renamed = {**day, "name": "shop.day"}
    assert same_definitions(answer(night, day), answer(renamed, night), NAMED).passed
    check = same_definitions(answer(night, day), answer(night, {**night, "name": "x"}), NAMED)
    assert check.details == ("day: asset day is gone", "day: asset night was not there before")


def test_code_locations_that_are_more_or_fewer_are_compared_together() -> None:
    night, day = (
        changed("assets", "night", MORE, name="n"),
        changed("assets", "day", MORE, name="d"),
    )
    both = changed("assets", "day", MORE)
    both["assets"]["night"] = MORE
    assert same_definitions(answer(night, day), answer(both), NAMED).passed
    check = same_definitions(answer(night, day), answer(night), NAMED)
    assert check.details == ("asset day is gone",)
