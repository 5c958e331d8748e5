"""What dbt says of a project before and after is compared entry by entry, apart from paths."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from relayout.running.dbt_comparison import Answers, same_manifests
from relayout.verification import Check

MANIFEST: dict[str, Any] = {
    "nodes": {
        "model.shop.orders": {
            "fqn": ["shop", "staging", "orders"],
            "raw_code": "select * from read_csv('../data/raw/orders.csv')",
            "compiled_code": "select * from read_csv('../data/raw/orders.csv')",
            "config": {"materialized": "table", "tags": ["a"]},
            "depends_on": {"nodes": ["source.shop.raw.orders"], "macros": []},
        }
    },
    "sources": {"source.shop.raw.orders": {"meta": {"external_location": "./../data/{name}.csv"}}},
    "macros": {"macro.shop.cents": {"macro_sql": "{% macro cents() %}{% endmacro %}"}},
    "exposures": {},
    "metrics": {},
    "disabled": {"model.shop.old": 1},
}
ANSWER = {
    "python": "3.11.4",
    "dbt": "1.11.2",
    "adapter": "duckdb",
    "error": "",
    "compiled": "",
    "stood_in": ["SHOP_ENV"],
    "manifest": MANIFEST,
}
FOLDERS = ("dbt_shop", "pipelines/shop/dbt")
MOVES = {"dbt_shop/dbt_project.yml": "pipelines/shop/dbt/dbt_project.yml"}


def moved(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer as it is where the project is two folders further down."""
    node = answer["manifest"]["nodes"]["model.shop.orders"]
    for field in ("raw_code", "compiled_code"):
        node[field] = node[field].replace("../", "../../../")
    source = answer["manifest"]["sources"]["source.shop.raw.orders"]
    source["meta"]["external_location"] = "./../../../data/{name}.csv"
    return answer


def compared(before: dict[str, Any], after: dict[str, Any], *gone: str) -> Check:
    return same_manifests([Answers("shop", FOLDERS, before, after, MOVES)], gone)


def test_a_project_that_moved_says_the_same() -> None:
    check = compared(deepcopy(ANSWER), moved(deepcopy(ANSWER)))
    assert check.details == ()
    numbers = {"nodes": 1, "sources": 1, "macros": 1, "exposures": 0, "metrics": 0}
    numbers |= {"dependencies": 1, "compiled": 1}
    assert check.figures == {
        "projects": 1,
        **numbers,
        "before": numbers,
        "dbt": "1.11.2",
        "adapters": ["duckdb"],
        "variables_without_value": ["SHOP_ENV"],
    }


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("fqn", ["shop", "orders"], "fqn was ['shop', 'staging', 'orders'], is ['shop', 'orders']"),
        ("config", {"materialized": "view", "tags": ["a"]}, "config was"),
        ("depends_on", {"nodes": [], "macros": []}, "depends_on was"),
        ("raw_code", "select * from read_csv('../../../data/raw/x.csv')", "raw_code was select"),
        ("compiled_code", "select 1", "compiled_code was select"),
        ("compiled_code", "select 1" * 20, "compiled_code is not what it was"),
    ],
)
def test_what_differs_is_told(field: str, value: Any, told: str) -> None:
    after = moved(deepcopy(ANSWER))
    after["manifest"]["nodes"]["model.shop.orders"][field] = value
    [detail] = compared(deepcopy(ANSWER), after).details
    assert detail.startswith(f"shop: model.shop.orders: {told[:20]}")


def test_what_is_gone_or_new_is_told() -> None:
    after = moved(deepcopy(ANSWER))
    after["manifest"]["macros"] = {"macro.shop.pence": {}}
    after["manifest"]["disabled"] = {}
    assert compared(deepcopy(ANSWER), after, "crm").details == (
        "crm: the project is gone",
        "shop: macro.shop.cents is gone",
        "shop: macro.shop.pence was not there",
        "shop: disabled model.shop.old is gone",
    )


def test_a_project_that_dbt_cannot_read_proves_nothing() -> None:
    broken = {**ANSWER, "error": "Compilation Error: no model x"}
    del broken["manifest"]
    check = compared(broken, moved(deepcopy(ANSWER)))
    told = "shop: before the adoption: dbt cannot read it: Compilation Error: no model x"
    assert check.details == (told,)


def test_where_not_all_can_be_compiled_it_is_said() -> None:
    before, after = deepcopy(ANSWER), moved(deepcopy(ANSWER))
    before["compiled"] = after["compiled"] = "orders: it needs a database"
    check = compared(before, after)
    assert check.passed
    assert check.figures["not_compiled"] == {"shop": "orders: it needs a database"}


def test_many_differences_are_counted() -> None:
    after = moved(deepcopy(ANSWER))
    after["manifest"]["nodes"] |= {f"model.shop.m{number}": {} for number in range(30)}
    details = compared(deepcopy(ANSWER), after).details
    assert (len(details), details[-1]) == (21, "shop: 10 more differences")
