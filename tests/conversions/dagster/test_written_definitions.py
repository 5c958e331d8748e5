from __future__ import annotations

from textwrap import dedent

import pytest
from tests.conversions.dagster.trees import MODULES, MOVES, SETTINGS, converted

PLACE = "src/shop/definitions.py"


def written(more: dict[str, str], place: str = PLACE) -> tuple[str, list[str]]:
    """Return the text that is written, and the codes of the findings about it."""
    found, _ = converted({**MODULES, **more})
    text = found.additions.get(place, b"").decode()
    return text, [finding.code for finding in found.findings]


def test_modules_of_assets_and_of_checks_are_listed_and_all_else_by_name() -> None:
    assert written({}) == (
        dedent(
            '''\
            """What Dagster loads of this package."""

            from dagster import (
                Definitions,
                load_asset_checks_from_modules,
                load_assets_from_modules,
            )

            from shop.assets import facts, raw
            from shop.checks import quality
            from shop.jobs.jobs import daily

            defs = Definitions(
                assets=load_assets_from_modules([raw, facts]),
                asset_checks=load_asset_checks_from_modules([quality]),
                jobs=[daily],
            )
            '''
        ),
        ["definitions-written"],
    )


@pytest.mark.parametrize(
    "more",
    [
        {"src/shop/main.py": "from dagster import Definitions\ndefs = Definitions()\n"},
        {"repo.py": "from dagster import repository\n@repository\ndef all(): return []\n"},
        {
            "workspace.yaml": "load_from:\n  - python_file: start.py\n",
            "start.py": "from shop.defs.runs import daily\n",
        },
    ],
)
def test_nothing_is_written_where_something_is_loaded(more: dict[str, str]) -> None:
    assert written(more) == ("", [])


def test_nothing_is_written_where_nothing_is_sorted() -> None:
    moves = {path: path.replace("/defs/", "/flows/") for path in MOVES}
    found, _ = converted(MODULES, moves)
    assert found.additions == {}


def test_it_stands_where_settings_look_for_it() -> None:
    settings = SETTINGS["pyproject.toml"] + 'code_location_target_module = "shop.entry"\n'
    text, _ = written({"pyproject.toml": settings}, "src/shop/entry.py")
    assert "defs = Definitions(" in text


def test_tests_and_quarantine_are_not_loaded() -> None:
    asset = "from dagster import asset\n@asset\ndef other(): ...\n"
    text, _ = written({"tests/test_x.py": asset, "__legacy/old.py": asset})
    assert "old" not in text
    assert "test_x" not in text


ASSET = """\
    from dagster import asset
    from dagster_aws.s3 import S3Resource

    @asset({decorator})
    def files({parameters}): ...
    """
LAKE = """\
    from dagster_aws.s3 import S3Resource

    {code}
    """


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("def get_lake() -> S3Resource: return S3Resource()", '{"lake": get_lake()}'),
        ("def get(region='eu') -> S3Resource: return S3Resource()", '{"lake": get()}'),
        ("lake = S3Resource()", '{"lake": lake}'),
        ("the_only_one = S3Resource()", '{"lake": the_only_one}'),
        ("def get(region) -> S3Resource: return S3Resource()", ""),
        ("one = S3Resource()\n    two = S3Resource()", ""),
        ("class Lake(S3Resource): ...", ""),
        ("lakes = [1]", ""),
    ],
)
def test_resources_are_given_that_the_repository_plainly_has(code: str, given: str) -> None:
    files = {
        "src/shop/defs/files.py": ASSET.format(decorator="", parameters="lake: S3Resource"),
        "src/shop/defs/lakes.py": LAKE.format(code=code),
    }
    moves = {
        **MOVES,
        "src/shop/defs/files.py": "src/shop/assets/processed.py",
        "src/shop/defs/lakes.py": "src/shop/resources/lakes.py",
    }
    found, _ = converted({**MODULES, **{p: dedent(t) for p, t in files.items()}}, moves)
    text = found.additions[PLACE].decode()
    missing = [f for f in found.findings if f.code == "resource-not-provided"]
    assert (f"resources={given}," in text) if given else ("resources=" not in text)
    assert [f.path for f in missing] == ([] if given else ["src/shop/assets/processed.py"])


@pytest.mark.parametrize(
    ("decorator", "parameters", "keys"),
    [
        ('required_resource_keys={"a", "b"}', "context", {"a", "b"}),
        ('io_manager_key="lake_io"', "", {"lake_io"}),
        ('ins={"x": AssetIn(input_manager_key="reader")}', "x", {"reader"}),
        ('io_manager_key="io_manager"', "", set()),
        ('required_resource_keys={"a"}, resource_defs={"a": one}', "", set()),
        ("", "db: dg.ResourceParam[Engine]", {"db"}),
        ("", "config: Config, orders, n: int, s: 'S3Resource', x: mine.OtherResource", set()),
        ("required_resource_keys=KEYS", "", set()),
    ],
)
def test_resources_are_asked_for(decorator: str, parameters: str, keys: set[str]) -> None:
    code = ASSET.format(decorator=decorator, parameters=parameters)
    found, _ = converted({**MODULES, "src/shop/defs/orders.py": code})
    asked = [f.message for f in found.findings if f.code == "resource-not-provided"]
    assert len(asked) == len(keys)
    assert all(any(f"the resource {key}" in message for message in asked) for key in keys)


def test_what_is_bound_sometimes_is_found_by_dagster() -> None:
    job = 'import dagster as dg\nif x:\n    late = dg.define_asset_job("late")\n'
    text, _ = written({"src/shop/defs/runs.py": job})
    assert "    load_definitions_from_modules([jobs]),\n" in text
    assert "from shop.jobs import jobs\n" in text


def test_lists_are_spread_and_their_elements_are_not_named_twice() -> None:
    code = """\
        import dagster as dg

        one = dg.define_asset_job("one")
        two = dg.define_asset_job("two")
        all_jobs = [one, two]
        made = [dg.define_asset_job(name) for name in ("a", "b")]
        pair = (one, two)
        """
    text, _ = written({"src/shop/defs/runs.py": code})
    assert "jobs=[one, two, *made]," in text
