"""``verify --run`` loads a small Dagster project for real, before and after an adoption."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workbench import Files, Result, build_tree, commit_all, environment, git, relayout, snapshot

pytestmark = pytest.mark.layout_build

MakeRepository = Callable[[Files], Path]

ASSETS = """\
import dagster as dg

from etl.common import PREFIX, Database

daily = dg.DailyPartitionsDefinition(start_date="2024-01-01")


@dg.asset(partitions_def=daily, group_name="raw")
def orders(): ...


@dg.asset(key_prefix=[PREFIX], deps=[orders])
def clean(db: Database): ...


@dg.asset_check(asset=orders)
def orders_are_there():
    return dg.AssetCheckResult(passed=True)


@dg.op
def send(): ...


@dg.job
def sending():
    send()


nightly = dg.define_asset_job("nightly", selection=[orders])
at_night = dg.ScheduleDefinition(job=nightly, cron_schedule="0 3 * * *")


@dg.sensor(job=sending)
def late(context): ...
"""
DEFINITIONS = """\
import os

import dagster as dg

from etl import assets
from etl.common import Database

print("loading with", os.environ.get("DATABASE_URL"))
defs = dg.Definitions(
    assets=dg.load_assets_from_modules([assets]),
    asset_checks=[assets.orders_are_there],
    jobs=[assets.sending, assets.nightly],
    schedules=[assets.at_night],
    sensors=[assets.late],
    resources={"db": Database(password=os.environ.get("DATABASE_URL", "none"))},
)
"""
SHOP: Files = {
    "Makefile": "dev:\n\tdagster dev\n",
    "pyproject.toml": (
        '[project]\nname = "etl"\nversion = "0.1.0"\ndependencies = ["dagster"]\n\n'
        '[tool.dagster]\nmodule_name = "etl.definitions"\n'
    ),
    "etl/__init__.py": "",
    "etl/common.py": (
        "import dagster as dg\n\nPREFIX = 'shop'\n\n\n"
        "class Database(dg.ConfigurableResource):\n    password: str\n"
    ),
    "etl/assets.py": ASSETS,
    "etl/definitions.py": DEFINITIONS,
}
DATABASE = "postgresql://ada:horse@db"
COUNTS = {
    "assets": 2,
    "checks": 1,
    "jobs": 2,
    "schedules": 1,
    "sensors": 1,
    "resources": 1,
    "dependencies": 1,
    "groups": 2,
    "partitioned": 1,
}


def run(path: Path, python: Path, *arguments: str, **variables: str) -> Result:
    return relayout(
        "verify",
        "--run",
        "--python",
        str(python),
        *arguments,
        cwd=path,
        env=environment(**variables),
    )


def check_of(result: Result) -> dict[str, Any]:
    checks: list[dict[str, Any]] = json.loads(result.stdout)["checks"]
    return next(check for check in checks if check["name"] == "same-definitions")


def adopted(make: MakeRepository, adopt: Callable[..., Result], files: Files) -> Path:
    path = make(files)
    assert adopt(path, "--layout", "src-layout", "--package", "etl").status == 0
    return path


def test_an_adoption_keeps_every_definition(
    repository: MakeRepository, adopt: Callable[..., Result], dagster_python: Path, tmp_path: Path
) -> None:
    """The repository is installed as editable, in both ways: neither is loaded in its place."""
    path = adopted(repository, adopt, SHOP)
    before = snapshot(path)
    installed = tmp_path / "installed"
    mapping = {"etl": str(path / "src" / "etl"), "gone": str(path / "gone")}
    build_tree(
        installed,
        {
            "__editable___etl_finder.py": f"MAPPING = {mapping}\n",
            "sitecustomize.py": "import __editable___etl_finder\n",
        },
    )
    places = f"{installed}:{path}:{path / 'src'}"
    done = run(path, dagster_python, "--json", DATABASE_URL=DATABASE, PYTHONPATH=places)
    check = check_of(done)
    assert check["details"] == []
    assert {name: check[name] for name in COUNTS} == COUNTS
    assert check["before"] == COUNTS
    assert DATABASE not in done.stdout + done.stderr
    assert snapshot(path) == before


def test_what_changed_since_is_told(
    repository: MakeRepository, adopt: Callable[..., Result], dagster_python: Path
) -> None:
    path = adopted(repository, adopt, SHOP)
    file = next(path.glob("src/**/assets.py"))
    file.write_text(file.read_text().replace('"raw"', '"gold"').replace("0 3 * * *", "@daily"))
    commit_all(path, "Other groups")
    done = run(path, dagster_python)
    assert done.status == 1
    assert "asset orders: group was raw, is gold" in done.stdout
    assert "schedule nightly_schedule: cron was 0 3 * * *, is @daily" in done.stdout


def test_code_that_raises_is_shown_with_what_it_printed(
    repository: MakeRepository, adopt: Callable[..., Result], dagster_python: Path
) -> None:
    raising = DEFINITIONS + '\nraise KeyError(os.environ["DATABASE_URL"])\n'
    path = adopted(repository, adopt, {**SHOP, "etl/definitions.py": raising})
    done = run(path, dagster_python, "--json", DATABASE_URL=DATABASE)
    assert done.status == 1
    assert "  | loading with ***" in done.stderr
    details = check_of(done)["details"]
    assert details[0].endswith("does not load: KeyError: '***'")
    assert DATABASE not in done.stdout + done.stderr


def test_where_no_code_location_was_the_definitions_of_all_modules_are_gathered(
    repository: MakeRepository, adopt: Callable[..., Result], dagster_python: Path
) -> None:
    files = {name: text for name, text in SHOP.items() if name != "etl/definitions.py"}
    files["Makefile"] = "dev:\n\tdagster dev -f etl/assets.py\n"
    check = check_of(run(adopted(repository, adopt, files), dagster_python, "--json"))
    assert check["details"] == []
    assert check["before"] == {**COUNTS, "resources": 0}
    assert "no code location" in check["compared_with"]


def test_what_cannot_be_compared_is_refused(
    repository: MakeRepository, adopt: Callable[..., Result], dagster_python: Path
) -> None:
    path = repository(SHOP)
    done = relayout("verify", "--layout", "src-layout", "--run", cwd=path, env=environment())
    assert done.status == 2
    assert "remembers no adoption to compare with" in done.stderr
    assert adopt(path, "--layout", "src-layout", "--package", "etl").status == 0
    git(path, "switch", "--quiet", "main")
    done = run(path, dagster_python, "--layout", "src-layout")
    assert done.status == 2
    assert "is not in HEAD" in done.stderr


def test_a_repository_without_dagster_has_nothing_to_run(
    repository: MakeRepository, adopt: Callable[..., Result], dagster_python: Path
) -> None:
    plain = {"Makefile": "run:\n\tpython etl/load.py\n", "etl/load.py": "print(1)\n"}
    done = run(adopted(repository, adopt, plain), dagster_python)
    assert done.status == 2
    assert "it has no Dagster definitions, no dbt project and no DAGs" in done.stderr
