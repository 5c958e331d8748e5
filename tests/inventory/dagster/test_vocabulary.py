from __future__ import annotations

import pytest

from relayout.inventory.dagster import KINDS
from relayout.inventory.dagster.vocabulary import Thing, joined, thing_of


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("dagster.asset", Thing("asset", 2)),
        ("dagster._core.definitions.asset", Thing("asset", 2)),
        ("dagster_dbt.dbt_assets", Thing("multi_asset", 2)),
        ("dagster.define_asset_job", Thing("asset_job", 1)),
        ("dagster.Definitions", Thing("definitions", 1)),
        ("dagster.Definitions.merge", Thing("definitions", 1)),
        ("dagster_aws.s3.S3Resource", Thing("resource", 1)),
        ("dagster_aws.s3.S3Resource.configure_at_launch", Thing("resource", 1)),
        ("dagster_aws.s3.s3_resource", Thing("resource")),
        ("dagster.fs_io_manager", Thing("io_manager")),
        ("dagster.fs_io_manager.configured", Thing("io_manager", 1)),
        ("dagster.make_values_resource", Thing("resource", 1)),
        ("dagster.build_schedule_from_partitioned_job", Thing("schedule", 1)),
        ("dagster.build_sensor_for_freshness_checks", Thing("sensor", 1)),
        ("dagster_slack.make_slack_on_freshness_policy_status_change_sensor", Thing("sensor", 1)),
        ("dagster.load_assets_from_modules", None),
        ("dagster.load_asset_checks_from_package_name", None),
        ("dagster_airbyte.load_assets_from_airbyte_instance", Thing("multi_asset", 1)),
        ("dagster_tableau.load_tableau_asset_specs", Thing("asset_spec", 1)),
        ("dagster_airlift.core.build_defs_from_airflow_instance", Thing("definitions", 1)),
        ("dagster_snowflake.create_snowflake_insights_asset_and_schedule", None),
        ("dagster.get_dagster_logger", None),
        ("dagster.AssetKey", None),
        ("dagster.AssetSelection.groups", None),
        ("dagster.AutomationCondition.eager", None),
        ("dagster.build_op_context", None),
        ("dagster.RunConfig", None),
        ("dagster", None),
        ("dagsterlike.asset", None),
        ("airflow.asset", None),
        ("", None),
    ],
)
def test_names_of_dagster_are_known(name: str, thing: Thing | None) -> None:
    assert thing_of(name) == thing
    assert thing is None or thing.kind in KINDS


def test_things_are_joined_by_family() -> None:
    asset, spec, job = Thing("asset"), Thing("asset_spec"), Thing("job")
    assert joined([asset, asset]) == asset
    assert joined([spec, spec]) == spec
    assert joined([asset, spec]) == asset
    assert joined([job, Thing("asset_job")]) == job
    assert joined([Thing("io_manager"), Thing("resource")]) == Thing("resource")
    assert joined([asset, job]) is None
    assert joined([asset, None]) is None
    assert joined([]) is None
