"""The law of the monorepo: a command and the console script that it becomes print the same.

A Django project is run by its ``manage.py``. A copy of it is adopted, and each command line is run
again by the console script that the package declares, where Django cannot be imported: the same
output, and the same exit status.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from command_sides import Side, comparable
from django_adoption import PROJECTS, Adopted, adopt, copied, run
from django_shop import FEEDS, RUNS
from workbench import relayout

PROJECT = PROJECTS / "shop"
PACKAGE = "shop_project"
SCHEMA = ("--schema-package", "etl_database_schema=orders")

NEED_DJANGO = {"app_stock": "django-app-command", "count_orders": "orm-use"}
"""Commands that cannot do without, and the findings that say so."""

ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "plain": {},
    "set": {"SHOP_BATCH_SIZE": "2", "SHOP_BUCKET": "elsewhere", "SHOP_LOG_LEVEL": "INFO"},
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied("shop", tmp_path_factory.mktemp("law") / "before")


@pytest.fixture(scope="module")
def adopted(before: Path) -> Adopted:
    """The project, whose models are in a package of their own afterwards."""
    return adopt("shop", PACKAGE, before.parent / "after", *SCHEMA)


@pytest.fixture(scope="module", params=ENVIRONMENTS)
def sides(
    request: pytest.FixtureRequest, before: Path, adopted: Adopted
) -> Iterator[tuple[Side, Side, Path]]:
    environment = ENVIRONMENTS[request.param]
    feeds = before.parent / "feeds"
    feeds.mkdir(exist_ok=True)
    for name, content in FEEDS.items():
        (feeds / name).write_text(content)
    scripts = {argv[0]: adopted.script(argv[0]) for argv in RUNS}
    settings = {
        "DJANGO_SETTINGS_MODULE": "shop_project.settings",
        "SHOP_DATABASE": str(before / "shop.sqlite3"),
    }
    with (
        Side(before, [before], **settings, **environment) as manager,
        Side(adopted.folder, [adopted.source], scripts, **environment) as program,
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

    assert set(adopted.scripts) == {adopted.script_name(name) for name in names}
    assert {argv[0] for argv in RUNS} == names - NEED_DJANGO.keys()


def test_every_check_passes(adopted: Adopted) -> None:
    assert adopted.status == 0
    assert adopted.short == {}


def test_a_second_plan_is_empty(adopted: Adopted) -> None:
    result = relayout("plan", "--layout", "monorepo", "--json", cwd=adopted.folder)

    assert json.loads(result.stdout)["empty"]


def test_a_workspace_of_poetry_has_the_same_scripts(adopted: Adopted, tmp_path: Path) -> None:
    poetry = adopt("shop", PACKAGE, tmp_path / "poetry", "--data", "package_manager=poetry")

    assert "[tool.poetry" in (poetry.folder / "pyproject.toml").read_text()
    assert poetry.scripts == adopted.scripts


def test_what_needs_django_is_reported_and_falls_short(tmp_path: Path) -> None:
    """Without a package that has the models, the command that uses one cannot work."""
    adopted = adopt("shop", PACKAGE, tmp_path / "after")
    assert adopted.status == 1
    assert adopted.findings >= set(NEED_DJANGO.items())
    assert "imports-resolve" in adopted.short
    for details in adopted.short.values():
        assert [detail for detail in details if "cli/count_orders.py" not in detail] == []


@pytest.mark.parametrize("argv", [("order_table", "make", "-c", "day"), ("purge_stock",)])
def test_a_console_script_starts_as_a_program(
    before: Path, adopted: Adopted, argv: tuple[str, ...]
) -> None:
    """Nothing stands between the two: real processes, started as the shell starts them."""
    command, *arguments = argv

    old = run(["manage.py", *argv], before)
    new = run(["-c", adopted.start(command), *arguments], adopted.folder, adopted.source)

    assert (new.returncode, new.stdout) == (old.returncode, old.stdout)
    assert new.stderr.splitlines()[-1:] == [
        line.replace(f"manage.py {command}", "-c") for line in old.stderr.splitlines()[-1:]
    ]


def test_a_command_reads_the_same_rows_by_the_models_of_another_package(
    before: Path, adopted: Adopted, tmp_path: Path
) -> None:
    schema = tmp_path / "etl_database_schema/orders"
    schema.mkdir(parents=True)
    for module in ("__init__.py", "models.py"):
        shutil.copy(PROJECT / "orders" / module, schema)
    database = str(tmp_path / "rows.sqlite3")
    assert run(["manage.py", "migrate"], before, SHOP_DATABASE=database).returncode == 0
    with closing(sqlite3.connect(database)) as rows, rows:
        rows.execute("insert into orders_order values (1, 'A1', '2024-05-01', 3.5)")

    old = run(["manage.py", "count_orders"], before, SHOP_DATABASE=database)
    start = ["-c", adopted.start("count_orders")]
    new = run(start, adopted.folder, adopted.source, tmp_path, SHOP_DATABASE=database)

    assert old.stdout == "1 orders\n"
    assert (new.returncode, new.stdout, new.stderr) == (0, old.stdout, "")
