"""Constants of other modules, and the files that are worth a closer look."""

from __future__ import annotations

import pytest

from migrations import checks_of, migrate_files, text_after
from relayout.inventory import take_inventory
from relayout.inventory.imported_paths import imported_paths
from relayout.planning.homes import Home
from relayout.planning.plan import Options
from relayout.rewriting.destination import Destination
from relayout.rewriting.opened_paths import OpenedPaths
from relayout.tree import Tree

SETTINGS = "from pathlib import Path\n\nROOT = Path(__file__).parents[1]\nHERE = ROOT / 'conf'\n"
FILES = {
    "Makefile": "run:\n\tPYTHONPATH=. python jobs/run.py\n",
    "conf/settings.py": SETTINGS,
    "conf/a.yaml": "1",
    "sql/a.sql": "2",
}
MOVES = {
    "jobs/run.py": "src/app/run.py",
    "conf/settings.py": "src/app/conf/settings.py",
    "sql/a.sql": "src/app/sql/a.sql",
}


@pytest.mark.parametrize(
    ("head", "before", "after"),
    [
        ("from conf.settings import ROOT", "ROOT / 'sql/a.sql'", "ROOT / 'src/app/sql/a.sql'"),
        ("from conf.settings import ROOT as R", "f'{R}/sql/a.sql'", "f'{R}/src/app/sql/a.sql'"),
        ("import conf.settings as s", "s.ROOT / 'sql' / x", "s.ROOT / 'src/app/sql' / x"),
        ("from conf import settings", "settings.ROOT / 'sql'", "settings.ROOT / 'src/app/sql'"),
    ],
)
def test_a_folder_of_another_module(head: str, before: str, after: str) -> None:
    files = {**FILES, "jobs/run.py": f"{head}\nopen({before})\n"}
    migration = migrate_files(files, Options("src-layout", package="app"), MOVES)
    assert text_after(migration, "src/app/run.py").splitlines()[1] == f"open({after})"
    assert checks_of(migration)["code-unchanged"].passed


def test_the_names_of_folders_of_other_modules() -> None:
    code = "from conf.settings import HERE as here\nimport conf.settings\n"
    inventory = take_inventory(Tree.of({**FILES, "jobs/run.py": code}))
    found = {name: path for name, (path, _) in imported_paths(inventory, "jobs/run.py").items()}
    assert found == {"here": "conf", "conf.settings.ROOT": "", "conf.settings.HERE": "conf"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("open('sql/a.sql')", True),
        ("os.system('cat sql/a.sql')", True),
        ("open('./sql')", True),
        ("open('other/a.sql')", False),
        ("from sql import open", False),
        ("f('sql')", True),
    ],
)
def test_which_files_are_looked_at(code: str, expected: bool) -> None:
    files = {**FILES, "tools/use.py": code}
    inventory = take_inventory(Tree.of(files))
    moves = {old: new for old, new in MOVES.items() if old in files}
    opened = OpenedPaths(inventory, Destination(inventory.tree, moves, (Home("app"),)))
    assert opened.may_name_moved("tools/use.py", code) is expected


def test_a_file_that_opens_nothing_is_passed_over() -> None:
    files = {**FILES, "tools/use.py": "f('sql')\n", "tools/open.py": "open('x')\n"}
    inventory = take_inventory(Tree.of(files))
    moves = {old: new for old, new in MOVES.items() if old in files}
    opened = OpenedPaths(inventory, Destination(inventory.tree, moves, (Home("app"),)))
    assert [opened.concerns(f"tools/{name}.py") for name in ("use", "open")] == [False, True]
    assert not OpenedPaths(inventory, Destination(inventory.tree, {}, (Home("app"),))).concerns(
        "tools/open.py"
    )
