from __future__ import annotations

from typing import NamedTuple

import pytest
from tests.inventory.dagster.trees import definitions_of

BEFORE = """
import dagster as dg
from dagster import AssetDep, AssetIn, AssetKey, AssetOut, AssetSpec

LAYER = "lake"
NAMES = ("one", "two")
COMMON = {"group_name": "common", "key_prefix": [LAYER]}
parts = dg.DailyPartitionsDefinition("2024-01-01")

class S3(dg.ConfigurableResource):
    bucket: str = ""

class Settings(dg.Config):
    limit: int = 1

class Groups:
    RAW = "raw"

@dg.asset
def plain(): ...

@dg.asset(key_prefix="lake", name="other")
def renamed(): ...

@dg.multi_asset(outs={"left": AssetOut(), "right": AssetOut(key_prefix=["r"])})
def both(): ...

source = dg.SourceAsset(key=AssetKey(["s", "t"]), group_name="outside")
KEY = AssetKey("named")

@dg.op
def step(): ...

@dg.graph
def flow():
    step()

def make(name, group=None, *, deps=()):
    full = f"{LAYER}_{name}"

    @dg.asset(name=full, group_name=group, deps=deps)
    def made(): ...
    return made

def make_two(name):
    return make(name + "_two", "two")

def make_spec(name, prefix="p"):
    return AssetSpec([prefix, name])

def make_job(name):
    job = dg.define_asset_job(f"{name}_job", selection="*")
    return job

def choose(name):
    if name:
        name = "other"
    return AssetSpec(name)

made_job = dg.define_asset_job("made", selection="*")
"""


class Case(NamedTuple):
    code: str
    keys: str = ""
    upstream: str = ""
    group: str = ""
    key: str = ""
    certain: bool = True


ASSETS = [
    Case("@dg.asset\ndef x(): ...", "x"),
    Case("@dg.asset(name='n')\ndef x(): ...", "n"),
    Case("@dg.asset(key='k')\ndef x(): ...", "k"),
    Case("@dg.asset(key=['a', 'b'])\ndef x(): ...", "a/b"),
    Case("@dg.asset(key=AssetKey(['a', 'b']))\ndef x(): ...", "a/b"),
    Case("@dg.asset(key=KEY)\ndef x(): ...", "named"),
    Case("@dg.asset(key_prefix=['a', LAYER])\ndef x(): ...", "a/lake/x"),
    Case("@dg.asset(key_prefix='a', name=f'{LAYER}_n')\ndef x(): ...", "a/lake_n"),
    Case("@dg.asset(group_name=Groups.RAW)\ndef x(): ...", "x", group="raw"),
    Case("@dg.asset(group_name=None)\ndef x(): ...", "x"),
    Case("@dg.asset(**COMMON)\ndef x(): ...", "lake/x", group="common"),
    Case("@dg.asset(name='n' + '_' + LAYER)\ndef x(): ...", "n_lake"),
    Case("@dg.asset\ndef x(plain): ...", "x", "plain"),
    Case("@dg.asset\ndef x(context, plain, source: int): ...", "x", "plain source"),
    Case("@dg.asset\ndef x(_, plain): ...", "x", "plain"),
    Case("@dg.asset\ndef x(context: dg.AssetExecutionContext, config: Settings, s3: S3): ...", "x"),
    Case("@dg.asset\ndef x(s3: 'S3', io: dg.ResourceParam[dict]): ...", "x"),
    Case("@dg.asset(required_resource_keys={'s3'})\ndef x(context): ...", "x"),
    Case("@dg.asset(ins={'a': AssetIn('plain')})\ndef x(a): ...", "x", "plain"),
    Case("@dg.asset(ins={'a': AssetIn(key=['s', 't'])})\ndef x(a, plain): ...", "x", "plain s/t"),
    Case("@dg.asset(ins={'a': AssetIn(key_prefix='p')})\ndef x(a): ...", "x", "p/a"),
    Case("@dg.asset(ins=dict(a=AssetIn(key=plain.key)))\ndef x(a): ...", "x", "plain"),
    Case("@dg.asset(deps=['a', 'b'])\ndef x(): ...", "x", "a b"),
    Case("@dg.asset(deps=[plain, renamed])\ndef x(): ...", "x", "plain lake/other"),
    Case("@dg.asset(deps=[both])\ndef x(): ...", "x", "left r/right"),
    Case("@dg.asset(deps=[source])\ndef x(): ...", "x", "s/t"),
    Case("@dg.asset(deps=[AssetDep(plain), AssetDep('b')])\ndef x(): ...", "x", "plain b"),
    Case("@dg.asset(deps=[AssetKey(['a', 'b']), KEY])\ndef x(): ...", "x", "a/b named"),
    Case("@dg.asset(deps=[AssetKey([LAYER, n]) for n in NAMES])\ndef x(): ...", "x",
         "lake/one lake/two"),
    Case("@dg.asset(deps=[*NAMES, 'three'])\ndef x(): ...", "x", "one two three"),
    Case("@dg.asset(deps=[f'{n}_raw' for n in NAMES])\ndef x(): ...", "x", "one_raw two_raw"),
    Case("@dg.asset(deps=[plain])\ndef x(plain): ...", "x", "plain"),
    Case("@dg.asset(deps=dg.AssetSelection.all())\ndef x(): ...", "x", certain=False),
    Case("@dg.asset(name=open('n').read())\ndef x(): ...", certain=False),
    Case("@dg.asset(**open('n'))\ndef x(): ...", "x", certain=False),
    Case("@dg.multi_asset(outs={'a': AssetOut(), 'b': AssetOut(key_prefix='p')})\n"
         "def x(plain): ...", "a p/b", "plain"),
    Case("@dg.multi_asset(outs={'a': AssetOut(key=['q', 'r'], group_name='g')})\ndef x(): ...",
         "q/r", group="g"),
    Case("@dg.multi_asset(outs={n: AssetOut() for n in NAMES})\ndef x(): ...", "one two"),
    Case("@dg.multi_asset(outs={n: AssetOut() for n in dir()})\ndef x(): ...", certain=False),
    Case("@dg.multi_asset(outs={'a': make('b')})\ndef x(): ...", "a", certain=False),
    Case("@dg.asset(ins={'a': make('b')})\ndef x(a): ...", "x", "a", certain=False),
    Case("@dg.multi_asset(specs=[AssetSpec('a'), AssetSpec('b', deps=['a', 'c'])])\n"
         "def x(): ...", "a b", "c"),
    Case("@dg.multi_asset(specs=[AssetSpec(n, group_name='g') for n in NAMES])\ndef x(): ...",
         "one two", group="g"),
    Case("@dg.graph_asset(name='n')\ndef x(plain): return step()", "n", "plain"),
    Case("@dg.observable_source_asset(key_prefix='p')\ndef x(context): ...", "p/x"),
    Case("x = dg.SourceAsset('s')", "s"),
    Case("x = dg.SourceAsset(AssetKey(['s', 'u']), group_name='g')", "s/u", group="g"),
    Case("x = AssetSpec(['s', 'u'], deps=[plain], group_name='g')", "s/u", "plain", "g"),
    Case("x = [AssetSpec(n) for n in NAMES]", "one two"),
    Case("x = [AssetSpec(f'{LAYER}_{n}', deps=['z']) for n in NAMES]", "lake_one lake_two", "z"),
    Case("x = make('n')", "lake_n"),
    Case("x = make('n', 'g', deps=[plain, 'z'])", "lake_n", "plain z", "g"),
    Case("x = make(group='g', name='n')", "lake_n", group="g"),
    Case("x = make_two('n')", "lake_n_two", group="two"),
    Case("x = make_spec('n')", "p/n"),
    Case("x = [make_spec(n, prefix=LAYER) for n in NAMES]", "lake/one lake/two"),
    Case("x = [make(n, deps=[plain]) for n in ('a', 'b')]", "lake_a lake_b", "plain"),
    Case("x = make(*NAMES)", certain=False),
    Case("x = choose('n')", certain=False),
    Case("@dg.asset(deps=[make('n')])\ndef x(): ...", "x", certain=False),
    Case("y = make('n')\n@dg.asset(deps=[y])\ndef x(): ...", "x", "lake_n"),
    Case("x = [plain, renamed]"),
    Case("x = [plain, AssetSpec('new')]", "new"),
]  # fmt: skip


@pytest.mark.parametrize("case", ASSETS, ids=lambda case: case.code)
def test_keys_and_dependencies_are_those_of_dagster(case: Case) -> None:
    found = definitions_of(f"{BEFORE}\n{case.code}\n")["x"]
    assert set(found.asset_keys) == set(case.keys.split())
    assert set(found.upstream) == set(case.upstream.split())
    assert (found.group, found.certain) == (case.group, case.certain)


NAMED = [
    Case("@dg.op(name='n')\ndef x(): ...", key="n"),
    Case("@dg.op\ndef x(): ...", key="x"),
    Case("@dg.job(name='n')\ndef x(): step()", key="n"),
    Case("x = dg.define_asset_job('n')", key="n"),
    Case("x = dg.define_asset_job(name=f'{LAYER}_job', selection='*')", key="lake_job"),
    Case("x = make_job('n')", key="n_job"),
    Case("x = dg.ScheduleDefinition(job=make_job('n'), cron_schedule='0 0 * * *')",
         key="n_job_schedule"),
    Case("x = flow.to_job()", key="flow"),
    Case("x = flow.to_job(name='n')", key="n"),
    Case("x = dg.ScheduleDefinition(job=made_job, cron_schedule='0 0 * * *')",
         key="made_schedule"),
    Case("x = dg.ScheduleDefinition(name='n', job=made_job, cron_schedule='0 0 * * *')",
         key="n"),
    Case("x = dg.build_schedule_from_partitioned_job("
         "dg.define_asset_job('daily', partitions_def=parts))", key="daily_schedule"),
    Case("@dg.schedule(job=made_job, cron_schedule='0 0 * * *')\ndef x(): ...", key="x"),
    Case("@dg.sensor(job=made_job, name='n')\ndef x(): ...", key="n"),
    Case("x = dg.AutomationConditionSensorDefinition('n', target='*')", key="n"),
    Case("@dg.asset_check(asset=plain)\ndef x(): ...", "plain", key="x"),
    Case("@dg.asset_check(asset='a', name='n')\ndef x(): ...", "a", key="n"),
    Case("@dg.asset_check(asset=source)\ndef x(): ...", "s/t", key="x"),
    Case("@dg.multi_asset_check(specs=[dg.AssetCheckSpec('c', asset=plain),"
         " dg.AssetCheckSpec(name='d', asset='b')])\ndef x(): ...", "plain b", key="x"),
]  # fmt: skip


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case.code)
def test_names_are_those_of_dagster(case: Case) -> None:
    found = definitions_of(f"{BEFORE}\n{case.code}\n")["x"]
    assert found.key == case.key
    assert set(found.asset_keys) == set(case.keys.split())
    assert found.certain


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("@dg.asset(partitions_def=parts)\ndef x(): ...", "parts"),
        ("@dg.asset(partitions_def=dg.DailyPartitionsDefinition('a'))\ndef x(): ...",
         "dg.DailyPartitionsDefinition('a')"),
        ("x = dg.define_asset_job('j', partitions_def=parts)", "parts"),
        ("x = dg.StaticPartitionsDefinition(['a'])", "dg.StaticPartitionsDefinition(['a'])"),
        ("@dg.asset\ndef x(): ...", ""),
    ],
)  # fmt: skip
def test_partitions_are_told_by_their_text(code: str, text: str) -> None:
    assert definitions_of(f"{BEFORE}\n{code}\n")["x"].partitions == text


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("x = dg.Definitions(resources={'s3': S3()})", "resource"),
        ("x = dg.Definitions(assets=[plain])", "asset"),
        ("x = dg.Definitions(jobs=[made_job], executor=None)", "job"),
        ("@dg.definitions\ndef x():\n    return dg.Definitions(sensors=[])", "sensor"),
        ("x = dg.Definitions(assets=[plain], resources={'s3': S3()})", ""),
        ("x = dg.Definitions(**{'assets': [plain]})", "asset"),
        ("x = dg.Definitions(**dict(open('a')))", ""),
        ("x = dg.Definitions()", ""),
        ("x = dg.Definitions.merge(dg.Definitions(assets=[plain]))", ""),
        ("x = make('n')", ""),
    ],
)
def test_what_a_definitions_object_holds_alone(code: str, kind: str) -> None:
    assert definitions_of(f"{BEFORE}\n{code}\n")["x"].holds == kind


def test_dependencies_are_found_in_other_modules() -> None:
    files = {
        "src/shop/defs/marts.py": """
            import dagster as dg
            from . import sources
            from .sources import orders as raw_orders, everything
            from shop.defs import constants as c
            @dg.asset(deps=[raw_orders, sources.customers, sources.unknown], key_prefix=c.LAYER)
            def sales(): ...
            @dg.asset(deps=everything)
            def report(): ...
            """,
        "src/shop/defs/sources.py": """
            from dagster import asset, SourceAsset
            @asset(name="orders_v2")
            def orders(): ...
            customers = SourceAsset("crm_customers")
            everything = ["a", orders]
            """,
        "src/shop/defs/constants.py": "LAYER = 'gold'\n",
        "src/shop/defs/__init__.py": "",
        "src/shop/__init__.py": "",
    }
    found = definitions_of(files)
    assert found["sales"].upstream == ("orders_v2", "crm_customers")
    assert found["sales"].asset_keys == ("gold/sales",)
    assert not found["sales"].certain
    assert found["report"].upstream == ("a", "orders_v2")
    assert found["report"].certain


def test_partial_decorators_hand_their_arguments_on() -> None:
    files = {
        "shop/defs/orders.py": """
            from shop.defs.decorators import raw_asset
            @raw_asset(name="n")
            def x(): ...
            @raw_asset()
            def y(): ...
            """,
        "shop/defs/decorators.py": """
            from functools import partial
            from dagster import asset
            raw_asset = partial(asset, group_name="raw", key_prefix=["lake"])
            """,
        "shop/defs/__init__.py": "",
        "shop/__init__.py": "",
    }
    found = definitions_of(files)
    assert {n: (d.asset_keys, d.group, d.prefix, d.certain) for n, d in found.items()} == {
        "x": (("lake/n",), "raw", "lake", True),
        "y": (("lake/y",), "raw", "lake", True),
    }


def test_what_a_decorator_of_the_repository_does_is_not_guessed() -> None:
    found = definitions_of(
        """
        import dagster as dg
        def raw_asset(**kw):
            return dg.asset(group_name="raw", **kw)
        @raw_asset(name="n")
        def x(): ...
        """
    )
    assert (found["x"].kind, found["x"].asset_keys, found["x"].certain) == ("asset", (), False)


def test_circles_of_names_end() -> None:
    found = definitions_of(
        """
        from dagster import asset, ScheduleDefinition
        a = b
        b = a
        name = name
        @asset(deps=[y], name=name)
        def x(): ...
        @asset(deps=[x])
        def y(): ...
        s = ScheduleDefinition(job=s)
        """
    )
    assert found["y"].upstream == ()
    assert not found["x"].certain
    assert not found["s"].certain
