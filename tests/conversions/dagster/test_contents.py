from __future__ import annotations

from tests.conversions.dagster.trees import MODULES, inventory_of

from relayout.conversions.dagster.contents import Item, contents_of, without_unsure

JOBS = """\
    import dagster as dg
    from elsewhere.more import late, weekly

    one = dg.define_asset_job("one")
    if x:
        sometimes = dg.define_asset_job("sometimes")
    many = [dg.define_asset_job(name) for name in "ab"]
    every = dg.ScheduleDefinition(job=one, cron_schedule="0 0 * * *")
    """
FILES = {
    **MODULES,
    "src/shop/defs/more_runs.py": JOBS,
    "elsewhere/more.py": """\
        import dagster as dg
        weekly = dg.define_asset_job("weekly")
        @dg.asset
        def late(): ...
        """,
    "src/shop/defs/lake.py": """\
        import dagster as dg
        outside = dg.AssetSpec("outside")
        defs = dg.Definitions(assets=[outside])
        """,
}
PATHS = ["src/shop/defs/lake.py", "src/shop/defs/more_runs.py", "src/shop/defs/quality.py"]


def test_each_thing_is_found_by_its_argument() -> None:
    found = contents_of(PATHS, inventory_of(FILES), object_speaks=False)
    runs = "src/shop/defs/more_runs.py"
    assert found.assets == ["src/shop/defs/lake.py", runs]  # it imports one from elsewhere
    assert found.specs
    assert found.checks == ["src/shop/defs/quality.py"]
    assert found.jobs == [
        Item(runs, "one"),
        Item(runs, "sometimes"),
        Item(runs, "many", many=True),
        Item(runs, "weekly"),
    ]
    assert found.schedules == [Item(runs, "every")]
    assert found.unsure == [Item(runs, "sometimes")]
    assert found.definitions == []
    assert set(found.modules) == {"src/shop/defs/lake.py", runs, "src/shop/defs/quality.py"}


def test_an_object_speaks_for_its_module_in_a_defs_folder() -> None:
    found = contents_of(PATHS, inventory_of(FILES), object_speaks=True)
    assert found.definitions == [Item("src/shop/defs/lake.py", "defs")]
    assert not found.specs


def test_one_unsure_name_makes_dagster_say_what_its_module_has() -> None:
    found, whole = without_unsure(contents_of(PATHS, inventory_of(FILES), object_speaks=False))
    assert whole == ["src/shop/defs/more_runs.py"]
    assert found.jobs == found.schedules == found.unsure == []
    assert found.assets == ["src/shop/defs/lake.py"]
