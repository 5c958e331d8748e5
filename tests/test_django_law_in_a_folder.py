"""The law of the monorepo, for a Django project that is hard to find its way about in.

It stands in a folder, finds its apps by a search path that ``manage.py`` changes, has settings of
several environments, and commands whose names are no names of modules.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_sides import Side, comparable
from django_adoption import Adopted, adopt, copied, run
from workbench import relayout

_LINES = """
load
load --help
load --names coats
load --names=, --into yard
load --names a,b --into yard --no-color
load --into cellar
load --names
import-stock
import-stock --help
import-stock a b
import-stock a b --force-color
import
import --help
import shoes hats
import shoes coats
import coats --traceback
import shoes -v 2
invoices
invoices --help
invoices 2024-05
invoices 2024-05 --shelf 4 --shelf 2
invoices 2024-05 --shelf x
invoices May
"""

RUNS = tuple(tuple(line.split()) for line in _LINES.strip().splitlines())


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied("depot", tmp_path_factory.mktemp("law") / "before")


@pytest.fixture(scope="module")
def adopted(before: Path) -> Adopted:
    return adopt("depot", "depot", before.parent / "after")


@pytest.fixture(scope="module")
def sides(before: Path, adopted: Adopted) -> Iterator[tuple[Side, Side]]:
    folder = before / "backend"
    scripts = {argv[0]: adopted.script(argv[0]) for argv in RUNS}
    settings = {"DJANGO_SETTINGS_MODULE": "depot.settings.dev"}
    with (
        Side(folder, [folder / "apps", folder], **settings) as manager,
        Side(adopted.folder, [adopted.source], scripts) as program,
    ):
        yield manager, program


@pytest.mark.parametrize("terminal", [False, True], ids=["piped", "terminal"])
@pytest.mark.parametrize("argv", RUNS, ids=" ".join)
def test_a_console_script_does_what_the_command_did(
    sides: tuple[Side, Side], argv: tuple[str, ...], terminal: bool
) -> None:
    manager, program = sides

    assert comparable(program.run(argv, terminal)) == comparable(manager.run(argv, terminal))


def test_the_manager_itself_finds_the_commands(before: Path, adopted: Adopted) -> None:
    old = run(["manage.py", "import", "shoes", "hats"], before / "backend")
    new = run(["-c", adopted.start("import"), "shoes", "hats"], adopted.folder, adopted.source)

    assert old.stdout.endswith("imported\n21\n")
    assert (new.returncode, new.stdout, new.stderr) == (0, old.stdout, old.stderr)


def test_every_command_that_can_be_called_became_a_console_script(adopted: Adopted) -> None:
    assert set(adopted.scripts) == {adopted.script_name(argv[0]) for argv in RUNS}
    assert ("load", "django-command-hidden") in adopted.findings


def test_every_check_passes(adopted: Adopted) -> None:
    assert adopted.status == 0
    assert adopted.short == {}


def test_a_second_plan_is_empty(adopted: Adopted) -> None:
    result = relayout("plan", "--layout", "monorepo", "--json", cwd=adopted.folder)

    assert json.loads(result.stdout)["empty"]


def test_what_started_a_command_starts_the_console_script(adopted: Adopted) -> None:
    workflow = (adopted.folder / ".github/workflows/nightly.yml").read_text()

    assert "- run: depot-load --into=stock\n" in workflow
    assert "manage.py" not in workflow
