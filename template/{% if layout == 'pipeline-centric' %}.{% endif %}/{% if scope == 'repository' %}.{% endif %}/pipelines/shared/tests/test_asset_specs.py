"""Assets carry the name of their pipeline, and an owner that Dagster accepts."""

import dagster as dg
import pytest

from pipelines.shared.utilities.asset_specs import PipelineTranslator, owners_of

TRANSLATOR = PipelineTranslator("orders", "The data team")


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("The data team", ["team:The data team"]),
        ("team:data", ["team:data"]),
        ("data@example.org", ["data@example.org"]),
        ("we @ work", ["team:we @ work"]),
        ("", []),
    ],
)
def test_an_owner_is_one_that_dagster_accepts(owner: str, expected: list[str]) -> None:
    assert owners_of(owner) == expected
    assert dg.AssetSpec("orders", owners=owners_of(owner)).owners == expected


def test_a_key_begins_with_the_name_of_the_pipeline() -> None:
    model = {"name": "orders_daily", "resource_type": "model", "config": {"schema": "marts"}}
    assert TRANSLATOR.get_asset_key(model) == dg.AssetKey(["orders", "orders_daily"])


def test_a_source_may_be_what_another_pipeline_made() -> None:
    meta = {"dagster": {"asset_key": ["customers", "customers_daily"]}}
    source = {"name": "daily", "resource_type": "source", "config": {"meta": meta}}
    assert TRANSLATOR.get_asset_key(source) == dg.AssetKey(["customers", "customers_daily"])
