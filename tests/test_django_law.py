"""The law of the monorepo: a command and the console script that it becomes print the same.

A Django project is run by its ``manage.py``. A copy of it is adopted, and each command line is run
again by the console script that the package declares, where Django cannot be imported: the same
output, and the same exit status.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from command_sides import Side, comparable
from workbench import commit_all, git, relayout

PROJECT = Path(__file__).parent / "django_projects/shop"
PACKAGE = "shop_project"

FEEDS = {
    "may.csv": "number,day,amount\nA1,2024-05-01,3.50\nA2,2024-05-01,4.25\nA3,2024-05-02,10\n",
    "june.csv": "number,day,amount\nB1,2024-06-01,1.005\n",
    "empty.csv": "number,day,amount\n",
    "wrong.csv": "number,day,amount\nC1,2024-07-01,a lot\n",
    "short.csv": "number,day\nD1,2024-08-01\n",
}

_LINES = """
load_orders
load_orders --help
load_orders may.csv
load_orders may.csv june.csv -v 2
load_orders may.csv -v 0
load_orders may.csv -v 7
load_orders absent.csv
load_orders wrong.csv
load_orders may.csv wrong.csv --traceback
load_orders short.csv --columns number day
load_orders may.csv --columns
load_orders may.csv --currency JPY --dry-run
load_orders may.csv --currency GBP
load_orders june.csv --currency USD --fast
load_orders may.csv --skip A1 --skip A2
load_orders may.csv --skip
load_orders may.csv -b 1
load_orders may.csv --batch 2
load_orders may.csv --batch-size many
load_orders may.csv --between 1 2
load_orders may.csv --between 1
load_orders may.csv --between 1 x
load_orders may.csv --force-color --between 1 2
load_orders may.csv --no-color
load_orders may.csv --no-color --force-color
load_orders may.csv --d tomorrow
load_orders may.csv --unknown
load_late_orders --help
load_late_orders may.csv
load_late_orders may.csv --days 3 --fast
load_late_orders may.csv --days 4
load_late_orders absent.csv --days 2
check_feeds
check_feeds --help
check_feeds may.csv june.csv
check_feeds empty.csv
check_feeds may.csv wrong.csv
check_feeds may.csv wrong.csv --strict
check_feeds wrong.csv --strict --traceback
check_feeds --strict
order_table
order_table --help
order_table make
order_table make --help
order_table make -c number -c day
order_table make -c number --column number
order_table make -c number --force-color
order_table --force-color make -c number
order_table --schema shop drop
order_table drop a b --cascade
order_table drop --cascade --restrict
order_table drop --help
order_table lose
nightly
nightly --help
nightly may.csv
nightly may.csv june.csv --day 2024-05-01 -v 2
nightly may.csv wrong.csv
nightly may.csv wrong.csv --keep-going
nightly may.csv --keep
close_day
close_day --help
close_day --traceback
export_stock
export_stock --help
export_stock --keys a.csv b.csv -n
export_stock --keys a.csv --dry-run --bucket other --no-compress --tag --tag
export_stock --keys a.csv --dry --from stock
export_stock --keys
export_stock --bucket other
purge_stock
purge_stock --help
purge_stock --older-than
purge_stock --older-than 30
purge_stock --older-than 30 --yes
purge_stock --older-than 30 --noinput --no-color
purge_stock --older-than=-3
purge_stock --older-than 0
purge_stock --older-than 1001 --yes
purge_stock --older-than 13 --yes
purge_stock --older-than 13 --yes --traceback
purge_stock --yes
reload_orders
reload_orders --help
reload_orders may.csv -v 2
reload_orders wrong.csv
stock_report
stock_report --help
stock_report shoes --pieces 1
stock_report shoes hats gloves --pieces 0
stock_report shoes --pieces=-1 --no-color
stock_report --as total
stock_report --as heap
stock_report --force-color
stock_report --rows 1
compare_stock
compare_stock --help
compare_stock 1 2
compare_stock 1 two
compare_stock 3 0 --force-color
compare_stock 3 -1 --traceback
show_colours
show_colours --force-color
show_colours --no-color
shop_settings
shop_settings --help
shop_settings extra
"""

RUNS = tuple(tuple(line.split()) for line in _LINES.strip().splitlines())

NEED_DJANGO = {"app_stock": "django-app-command", "count_orders": "orm-use"}
"""Commands that cannot do without, and the findings that say so."""

ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "plain": {},
    "set": {"SHOP_BATCH_SIZE": "2", "SHOP_BUCKET": "elsewhere", "SHOP_LOG_LEVEL": "INFO"},
}


@dataclass(frozen=True, slots=True)
class Adopted:
    """The project before, the repository that it became, and what was reported."""

    before: Path
    after: Path
    report: Mapping[str, Any]


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Adopted:
    before = tmp_path_factory.mktemp("law") / "before"
    shutil.copytree(PROJECT, before, ignore=shutil.ignore_patterns("__pycache__"))
    return Adopted(before, *adopt(before.parent / "after"))


def adopt(repository: Path, *options: str) -> tuple[Path, Mapping[str, Any]]:
    """Adopt a copy of the project; return the repository and the report."""
    shutil.copytree(PROJECT, repository, ignore=shutil.ignore_patterns("__pycache__"))
    git(repository, "init", "--quiet", "--initial-branch=main")
    commit_all(repository, "As it was")
    result = relayout("adopt", "--layout", "monorepo", "--json", *options, cwd=repository)
    assert result.status == 1, result.stderr
    return repository, json.loads(result.stdout)


def scripts_of(repository: Path) -> dict[str, str]:
    """Return the console scripts of the package."""
    text = (repository / f"packages/{PACKAGE}/pyproject.toml").read_text()
    declared = tomlkit.parse(text).unwrap()
    tables = (declared.get("project", {}), declared.get("tool", {}).get("poetry", {}))
    return {name: script for table in tables for name, script in table.get("scripts", {}).items()}


def source_of(repository: Path) -> Path:
    return repository / f"packages/{PACKAGE}/src"


def script_of(command: str) -> str:
    return f"{PACKAGE}-{command}".replace("_", "-")


@pytest.fixture(scope="module", params=ENVIRONMENTS)
def sides(request: pytest.FixtureRequest, adopted: Adopted) -> Iterator[tuple[Side, Side, Path]]:
    environment = ENVIRONMENTS[request.param]
    feeds = adopted.before.parent / "feeds"
    feeds.mkdir(exist_ok=True)
    for name, content in FEEDS.items():
        (feeds / name).write_text(content)
    commands = {argv[0] for argv in RUNS}
    declared = scripts_of(adopted.after)
    scripts = {command: declared[script_of(command)] for command in commands}
    settings = {
        "DJANGO_SETTINGS_MODULE": "shop_project.settings",
        "SHOP_DATABASE": str(adopted.before / "shop.sqlite3"),
    }
    with (
        Side(adopted.before, [adopted.before], **settings, **environment) as manager,
        Side(adopted.after, [source_of(adopted.after)], scripts, **environment) as program,
    ):
        assert manager.run(["migrate"]).status == 0
        yield manager, program, feeds


@pytest.mark.parametrize("terminal", [False, True], ids=["piped", "terminal"])
@pytest.mark.parametrize("argv", RUNS, ids=" ".join)
def test_a_console_script_does_what_the_command_did(
    sides: tuple[Side, Side, Path], argv: tuple[str, ...], terminal: bool
) -> None:
    manager, program, feeds = sides
    line = [str(feeds / word) if word in FEEDS else word for word in argv]

    assert comparable(program.run(line, terminal)) == comparable(manager.run(line, terminal))


def test_every_command_became_a_console_script(adopted: Adopted) -> None:
    files = PROJECT.glob("*/management/commands/*.py")
    names = {file.stem for file in files if not file.name.startswith("_")}

    assert set(scripts_of(adopted.after)) == {script_of(name) for name in names}
    assert {argv[0] for argv in RUNS} == names - NEED_DJANGO.keys()


def test_a_workspace_of_poetry_has_the_same_scripts(adopted: Adopted, tmp_path: Path) -> None:
    repository, _ = adopt(tmp_path / "poetry", "--data", "package_manager=poetry")

    assert (repository / "pyproject.toml").read_text().count("[tool.poetry") > 0
    assert scripts_of(repository) == scripts_of(adopted.after)


def test_what_needs_django_is_reported(adopted: Adopted) -> None:
    findings = adopted.report["plan"]["findings"]
    codes = {(Path(finding["path"]).stem, finding["code"]) for finding in findings}

    assert set(NEED_DJANGO.items()) <= codes


def test_only_what_needs_the_models_falls_short(adopted: Adopted) -> None:
    """Every command but one works; and that one is what both checks name."""
    checks = adopted.report["checks"]
    short = {check["name"]: check["details"] for check in checks if not check["passed"]}

    assert set(short) == {"imports-resolve", "layout-rules"}
    assert all(
        "cli/count_orders.py" in str(detail) for details in short.values() for detail in details
    )


@pytest.mark.parametrize("argv", [("order_table", "make", "-c", "day"), ("purge_stock",)])
def test_a_console_script_starts_as_a_program(adopted: Adopted, argv: tuple[str, ...]) -> None:
    """Nothing stands between the two: real processes, started as the shell starts them."""
    command, *arguments = argv
    module, function = scripts_of(adopted.after)[script_of(command)].split(":")
    start = f"import sys; from {module} import {function}; sys.exit({function}())"
    environment = {"PYTHONPATH": str(source_of(adopted.after))}

    before = run(["manage.py", *argv], adopted.before, {})
    after = run(["-c", start, *arguments], adopted.after, environment)

    assert after.returncode == before.returncode
    assert after.stdout == before.stdout
    assert after.stderr.splitlines()[-1:] == [
        line.replace(f"manage.py {command}", "-c") for line in before.stderr.splitlines()[-1:]
    ]


def run(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )
