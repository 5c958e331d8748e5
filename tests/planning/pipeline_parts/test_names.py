"""What pipelines are called, and which paths carry a name."""

from __future__ import annotations

import pytest

from relayout.planning.pipeline_parts.names import Name, Names, pipeline_name, words_of


@pytest.mark.parametrize(
    ("said", "folder", "name"),
    [
        ("stavanger_parking", "dbt_stavanger_parking", "stavanger_parking"),
        ("dbt_orders", "transform", "orders"),
        ("orders_dbt", "transform", "orders"),
        ("OrdersDaily", "dbt", "orders_daily"),
        ("my_project", "shop/dbt", "shop"),
        ("dbt", "warehouse/orders-eu/dbt", "orders_eu"),
        ("analytics", "dbt", "analytics"),
        ("dbt_dev", "", "dbt_dev"),
        ("", "", "pipeline"),
        ("été", "dbt", "ete"),
        ("class", "dbt", "class_"),
        ("2024", "dbt", "_2024"),
        ("shared", "shared/dbt", "dbt_shared"),
    ],
)
def test_a_project_gives_its_name_or_its_folder(said: str, folder: str, name: str) -> None:
    assert pipeline_name(said, folder) == name


def test_no_two_pipelines_have_one_name() -> None:
    assert pipeline_name("orders", "eu/dbt", {"orders"}) == "dbt_orders"
    assert pipeline_name("orders", "eu/dbt", {"orders", "dbt_orders"}) == "eu_orders"
    assert pipeline_name("orders", "", {"orders"}) == "orders_2"
    assert pipeline_name("orders", "", {"orders", "orders_2"}) == "orders_3"


def names(*texts: str) -> Names:
    return Names(Name(text, words_of(text), True) for text in texts)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("notebooks/stavanger_parking_eda.ipynb", {"stavanger_parking"}),
        ("docs/STAVANGER-PARKING.md", {"stavanger_parking"}),
        ("scripts/StavangerParking.py", {"stavanger_parking"}),
        ("stavanger_parking/load.py", {"stavanger_parking"}),
        ("scripts/stavanger.py", set()),
        ("scripts/stavanger/parking.py", set()),
        ("scripts/reorders.py", set()),
        ("scripts/orders.py", {"orders"}),
        ("scripts/orders_daily_load.py", {"orders_daily"}),
        ("scripts/orders_daily_vs_orders.py", {"orders", "orders_daily"}),
        ("orders/orders_daily.py", {"orders", "orders_daily"}),
        ("scripts/load.orders", set()),
        ("", set()),
    ],
)
def test_a_name_counts_as_whole_words_and_the_longest_wins(path: str, found: set[str]) -> None:
    assert names("stavanger_parking", "orders", "orders_daily").in_path(path) == found


def test_a_common_name_tells_nothing() -> None:
    assert not Names([Name("core", ("core",), False)]).in_path("scripts/core_load.py")


def test_a_very_long_name_is_read_in_one_pass() -> None:
    assert names("orders").in_text("a_" * 200_000 + "orders") == {"orders"}
