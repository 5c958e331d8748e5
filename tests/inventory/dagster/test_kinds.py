from __future__ import annotations

import pytest
from tests.inventory.dagster.trees import definitions_of

from relayout.inventory.dagster import KINDS

DECORATED = [
    ("@dg.asset", "asset"),
    ("@dg.asset(group_name='g')", "asset"),
    ("@retry\n@dg.asset", "asset"),
    ("@dg.asset\n@retry", "asset"),
    ("@dg.multi_asset(outs={'a': dg.AssetOut()})", "multi_asset"),
    ("@dg.observable_source_asset", "observable_source_asset"),
    ("@dg.op", "op"),
    ("@dg.op(name='n')", "op"),
    ("@dg.schedule(cron_schedule='0 0 * * *', job_name='j')", "schedule"),
    ("@dg.sensor(job_name='j')", "sensor"),
    ("@dg.asset_sensor(asset_key=dg.AssetKey('a'), job_name='j')", "sensor"),
    ("@dg.run_failure_sensor", "sensor"),
    ("@dg.run_status_sensor(run_status=dg.DagsterRunStatus.SUCCESS)", "sensor"),
    ("@dg.asset_check(asset='a')", "asset_check"),
    ("@dg.multi_asset_check(specs=[dg.AssetCheckSpec('n', asset='a')])", "asset_check"),
    ("@dg.resource", "resource"),
    ("@dg.resource(config_schema={})", "resource"),
    ("@dg.io_manager", "io_manager"),
    ("@dg.definitions", "definitions"),
    ("@dg.daily_partitioned_config(start_date='2024-01-01')", "partitions"),
    ("@dg.success_hook", "function"),
    ("@dg.usable_as_dagster_type", "function"),
    ("@retry", "function"),
    ("", "function"),
]
"""Decorators of ``def x(context)``, and the kinds that they make of it."""


@pytest.mark.parametrize(("decorator", "kind"), DECORATED)
def test_a_function_is_what_its_decorators_make_of_it(decorator: str, kind: str) -> None:
    code = f"import dagster as dg\nfrom tenacity import retry\n{decorator}\ndef x(context): ..."
    assert definitions_of(f"{code}\nother = dg.DailyPartitionsDefinition('2024-01-01')\n")[
        "x"
    ].kind == (kind)


@pytest.mark.parametrize(
    ("imports", "decorator"),
    [
        ("import dagster", "dagster.asset"),
        ("import dagster as d", "d.asset"),
        ("from dagster import asset as table", "table"),
        ("from dagster import *", "asset"),
        ("from dagster._core.definitions.decorators.asset_decorator import asset", "asset"),
        ("import dagster as dg\nraw = dg.asset", "raw"),
        ("import dagster as dg\nraw = dg.asset(group_name='raw')", "raw"),
        ("from functools import partial\nimport dagster as dg\nraw = partial(dg.asset)", "raw"),
        ("from functools import partial\nimport dagster as dg\nraw = partial(dg.asset)", "raw()"),
        ("try:\n    from dagster import asset\nexcept ImportError:\n    asset = None", "asset"),
        ("import dagster as dg\ndef raw(f):\n    return dg.asset(group_name='raw')(f)", "raw"),
        ("import dagster as dg\ndef raw(**kw):\n    return dg.asset(**kw)", "raw(name='n')"),
        (
            "import dagster as dg\ndef raw(name):\n    def wrap(f):\n"
            "        return dg.asset(name=name)(f)\n    return wrap",
            "raw('n')",
        ),
    ],
)
def test_decorators_are_known_through_aliases(imports: str, decorator: str) -> None:
    found = definitions_of(f"{imports}\n@{decorator}\ndef x(): ...\n")
    assert found["x"].kind == "asset"
    assert all(d.kind in ("function", "value") for name, d in found.items() if name != "x")


CLASSES = [
    ("dg.Config", "config"),
    ("dg.PermissiveConfig", "config"),
    ("dg.ConfigurableResource", "resource"),
    ("dg.ConfigurableResource[int]", "resource"),
    ("dg.ConfigurableIOManager", "io_manager"),
    ("dg.IOManager", "io_manager"),
    ("dg.ConfigurableIOManagerFactory", "io_manager"),
    ("dg.DailyPartitionsDefinition", "partitions"),
    ("object", "class"),
    ("dict", "class"),
]
"""Bases of classes, and the kinds that they make of them."""


@pytest.mark.parametrize(("base", "kind"), CLASSES)
def test_a_class_is_what_its_bases_are(base: str, kind: str) -> None:
    code = (
        f"import dagster as dg\nclass Base({base}): ...\nclass X(Base): ...\n@dg.op\ndef o(): ..."
    )
    assert definitions_of(code)["X"].kind == kind


VALUES = [
    ("dg.define_asset_job('j')", "asset_job"),
    ("dg.define_asset_job('j').name", "value"),
    ("g.to_job(name='n')", "job"),
    ("dg.ScheduleDefinition(name='s', cron_schedule='0 0 * * *', job_name='j')", "schedule"),
    ("dg.build_schedule_from_partitioned_job(dg.define_asset_job('j', partitions_def=p))",
     "schedule"),
    ("dg.AutomationConditionSensorDefinition('a', target='*')", "sensor"),
    ("dg.build_sensor_for_freshness_checks(freshness_checks=checks)", "sensor"),
    ("dg.build_last_update_freshness_checks(assets=['a'], lower_bound_delta=delta)",
     "asset_check"),
    ("dg.SourceAsset('s')", "source_asset"),
    ("dg.AssetSpec('s')", "asset_spec"),
    ("[dg.AssetSpec('s'), dg.AssetSpec('t')]", "asset_spec"),
    ("[dg.SourceAsset(name) for name in 'ab']", "source_asset"),
    ("[make(name) for name in ('x1', 'x2')]", "asset"),
    ("list(map(make, ('y1', 'y2')))", "asset"),
    ("make('z')", "asset"),
    ("[a, dg.AssetSpec('t')]", "asset"),
    ("a if p else make('q')", "asset"),
    ("dg.DailyPartitionsDefinition('2024-01-01')", "partitions"),
    ("dg.MultiPartitionsDefinition({'a': p, 'b': p})", "partitions"),
    ("days()", "partitions"),
    ("dg.Definitions()", "definitions"),
    ("dg.Definitions.merge(dg.Definitions())", "definitions"),
    ("S3(bucket='b')", "resource"),
    ("S3.configure_at_launch()", "resource"),
    ("{'s3': S3(bucket='b')}", "resource"),
    ("{'s3': S3(bucket='b'), 'io': dg.fs_io_manager}", "resource"),
    ("dg.ResourceDefinition.hardcoded_resource(1)", "resource"),
    ("dg.FilesystemIOManager()", "io_manager"),
    ("dg.fs_io_manager", "io_manager"),
    ("dg.fs_io_manager.configured({})", "io_manager"),
    ("Factory().build('f')", "asset"),
    ("dg.AssetSelection.all()", "value"),
    ("dg.AssetKey('a')", "value"),
    ("dg.EnvVar('X')", "value"),
    ("dg.RetryPolicy()", "value"),
    ("dg.load_assets_from_current_module", "value"),
    ("S3", "value"),
    ("make", "value"),
    ("dg.asset(group_name='raw')", "value"),
    ("'/data/assets'", "value"),
    ("{'a': 1, 'b': [2]}", "value"),
    ("[a, p]", "value"),
    ("[]", "value"),
]  # fmt: skip
"""Expressions, and the kinds of what they give."""

BEFORE = """
from datetime import timedelta
import dagster as dg

delta = timedelta(days=1)
p = dg.DailyPartitionsDefinition("2024-01-01")

class S3(dg.ConfigurableResource):
    bucket: str

@dg.asset
def a(): ...

@dg.graph
def g(): ...

def make(name):
    @dg.asset(name=name)
    def made(): ...
    return made

class Factory:
    def build(self, name) -> dg.AssetsDefinition:
        return make(name)

def days() -> dg.DailyPartitionsDefinition:
    return p

checks = dg.build_last_update_freshness_checks(assets=["b"], lower_bound_delta=delta)
"""


@pytest.mark.parametrize(("value", "kind"), VALUES)
def test_a_value_is_what_makes_it(value: str, kind: str) -> None:
    found = definitions_of(f"{BEFORE}\nx = {value}\n")
    assert found["x"].kind == kind
    assert found["x"].kind in KINDS
    assert found["make"].kind == "function"
    assert found["days"].kind == "function"
    assert found["Factory"].kind == "class"
    assert found["checks"].kind == "asset_check"


@pytest.mark.parametrize(
    ("library", "code", "kind"),
    [
        ("from dagster_dbt import dbt_assets", "@dbt_assets(manifest=m)\ndef x(c, d): ...",
         "multi_asset"),
        ("from dagster_dlt import dlt_assets", "@dlt_assets(dlt_source=s)\ndef x(c, d): ...",
         "multi_asset"),
        ("from dagster_airbyte import build_airbyte_assets",
         "x = build_airbyte_assets(connection_id='', destination_tables=[])", "multi_asset"),
        ("from dagster_dbt import load_assets_from_dbt_project",
         "x = load_assets_from_dbt_project(d)", "multi_asset"),
        ("from dagster_dbt import build_schedule_from_dbt_selection",
         "x = build_schedule_from_dbt_selection([a], job_name='j', cron_schedule='')", "schedule"),
        ("from dagster_slack import make_slack_on_run_failure_sensor",
         "x = make_slack_on_run_failure_sensor('#a', 'token')", "sensor"),
        ("from dagster_aws.s3 import S3Resource", "x = S3Resource()", "resource"),
        ("from dagster_aws.s3 import s3_resource", "x = s3_resource", "resource"),
        ("from dagster_aws.s3 import s3_resource", "x = s3_resource.configured({})", "resource"),
        ("from dagster_duckdb_pandas import DuckDBPandasIOManager",
         "x = DuckDBPandasIOManager(database='d')", "io_manager"),
        ("from dagster_fivetran import FivetranWorkspace", "x = FivetranWorkspace()", "resource"),
        ("from dagster_dbt import DagsterDbtTranslator", "class x(DagsterDbtTranslator): ...",
         "class"),
        ("from dagster_dbt import DbtProject", "x = DbtProject('.')", "value"),
        ("from airflow import asset", "@asset\ndef x(): ...", "function"),
        ("from dagsterlike import asset", "@asset\ndef x(): ...", "function"),
    ],
)  # fmt: skip
def test_integrations_are_known_by_the_forms_of_their_names(
    library: str, code: str, kind: str
) -> None:
    start = "import dagster as dg\nreal = dg.Definitions()\n@dg.op\ndef o(): ...\n"
    assert definitions_of(f"{start}{library}\n{code}\n")["x"].kind == kind


def test_what_a_list_collects_later_makes_its_kind() -> None:
    found = definitions_of(
        """
        from dagster import asset, define_asset_job
        def make(name):
            @asset(name=name)
            def made(): ...
            return made
        tables = []
        for name in ("a", "b"):
            tables.append(make(name))
        jobs = [define_asset_job("j")]
        jobs += [define_asset_job("k")]
        mixed = []
        mixed.append(make("c"))
        mixed.extend(jobs)
        """
    )
    kinds = {name: d.kind for name, d in found.items()}
    assert kinds == {
        "make": "function",
        "tables": "asset",
        "name": "value",
        "jobs": "asset_job",
        "mixed": "value",
    }
    assert not found["tables"].certain


def test_a_function_says_what_it_makes() -> None:
    found = definitions_of(
        """
        import dagster as dg
        from dagster_aws.s3 import S3Resource
        def get_s3() -> S3Resource: ...
        def lists() -> "list[dg.AssetsDefinition]": ...
        def decorator(**kw):
            return dg.asset(**kw)
        def plain(x: int) -> int: ...
        def circle(): return circle()
        @dg.op
        def o(): ...
        """
    )
    makes = {name: (d.kind, d.makes) for name, d in found.items()}
    assert makes == {
        "get_s3": ("function", "resource"),
        "lists": ("function", "asset"),
        "decorator": ("function", "asset"),
        "plain": ("function", ""),
        "circle": ("function", ""),
        "o": ("op", ""),
    }


def test_definitions_in_branches_are_not_certain() -> None:
    found = definitions_of(
        """
        import os
        import dagster as dg
        if os.getenv("PROD"):
            io = dg.FilesystemIOManager()
        else:
            io = dg.InMemoryIOManager()
        try:
            @dg.asset
            def late(): ...
        except ImportError:
            late = None
        @dg.asset
        def sure(): ...
        if __name__ == "__main__":
            @dg.asset
            def only_here(): ...
        """
    )
    assert {n: (d.kind, d.certain) for n, d in found.items()} == {
        "io": ("io_manager", False),
        "late": ("value", False),
        "sure": ("asset", True),
    }
