"""Notebooks are rewritten as scripts are, and what cannot be is reported."""

from __future__ import annotations

import json

import pytest

from migrations import checks_of, evidence_of, migrate_files, text_after
from relayout.migration import Migration
from relayout.tree import Tree
from relayout.verification import verify
from workbench import Files

CODE: Files = {
    "Makefile": "a:\n\tpython -m scripts.load\n",
    "scripts/load.py": "import utils.db\nimport utils.text\nprint(utils.db.who())\n",
    "utils/db.py": "NAME = 1\n\n\ndef who():\n    return NAME\n",
    "utils/text.py": "NAME = 2\n",
    "sql/a.sql": "select 1\n",
}


def notebook(*cells: str) -> str:
    made = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4}, indent=1)


def cells_of(migration: Migration, path: str) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(text_after(migration, path))["cells"]]


def findings(migration: Migration, path: str) -> list[tuple[str, str]]:
    """Return the code and the last part of the message of each finding about a file."""
    found = [f for f in migration.plan.findings if f.path == path]
    return [(f.code, f.message.rpartition("; ")[2]) for f in found]


@pytest.mark.parametrize(
    "cells",
    [
        ("import utils.db as d\n",),
        ("import utils.db\nutils.db.who()\n", "x = utils.db\n"),
        ("import utils.db, json, utils.text\n", "utils.db.who()\n"),
        ("from utils import db, text  # both\n", "db.who()\n"),
        ("from utils.db import (\n    who,  # é\n    NAME,\n)\n",),
        ("def f():\n    import utils.db as d\n    return d\n", "f()\n"),
        ("try:\n    from utils.db import who\nexcept ImportError:\n    who = None\n",),
        ("x = 1; import utils.db as d; y = 2\n",),
        ("text = 'from utils.db import who'\n", "# import utils.db\n"),
        ("import sys\nsys.path.append('.')\n", "from utils.db import who\n", "sys.exit\n"),
        ("import utils.db\n", "del utils\n"),
        ("from utils.db import *\n", "who()\n"),
    ],
)
def test_a_notebook_is_rewritten_as_a_script_is(cells: tuple[str, ...]) -> None:
    files = {**CODE, "tools/a.ipynb": notebook(*cells), "tools/a.py": "".join(cells)}
    migration = migrate_files(files)
    assert "".join(cells_of(migration, "tools/a.ipynb")) == text_after(migration, "tools/a.py")


def test_names_that_a_magic_uses_stay() -> None:
    cells = (
        "import sys\nfrom pathlib import Path\nhere = Path('..').resolve()\nsys.path += [here]",
        "from utils.db import who\n!ls {here}",
        "import utils.text\n%lprun -f utils.text.f utils.text.f()",
    )
    migration = migrate_files({**CODE, "notebooks/a.ipynb": notebook(*cells)})
    assert cells_of(migration, "notebooks/a.ipynb") == [
        "from pathlib import Path\nhere = Path('..').resolve()",
        "from pipelines.utils.db import who\n!ls {here}",
        "import pipelines.utils.text\nfrom pipelines import utils\n"
        "%lprun -f utils.text.f utils.text.f()",
    ]


def test_a_block_around_a_magic_stays() -> None:
    cell = "import sys\nif 'google' in sys.modules:\n    !pip install a\n    sys.path.append('..')"
    migration = migrate_files({**CODE, "notebooks/a.ipynb": notebook(cell)})
    assert cells_of(migration, "notebooks/a.ipynb") == [cell.rpartition("\n")[0]]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.ipynb", 'Path.cwd() / "sql"', 'Path.cwd().parent / "sql"'),
        ("a.ipynb", 'Path.cwd() / "sql" / "a.sql"', 'Path.cwd().parent / "sql" / "a.sql"'),
        (
            "a.ipynb",
            'os.path.join(os.getcwd(), "sql")',
            'os.path.join(os.path.abspath(os.path.join(os.getcwd(), "..")), "sql")',
        ),
        ("scripts/a.ipynb", 'Path.cwd().parent / "sql"', 'Path.cwd().parents[1] / "sql"'),
        ("notebooks/a.ipynb", 'Path.cwd().parent / "sql"', 'Path.cwd().parent / "sql"'),
        ("notebooks/a.ipynb", "os.getcwd()", "os.getcwd()"),
        ("a.ipynb", "open('sql/a.sql')", "open('../sql/a.sql')"),
        ("a.ipynb", "open('./sql/a.sql')", "open('./../sql/a.sql')"),
        ("notebooks/a.ipynb", "open('../sql/a.sql')", "open('../sql/a.sql')"),
    ],
)
def test_paths_from_the_current_folder(path: str, before: str, after: str) -> None:
    head = "import os\n" if before.startswith("os") else "from pathlib import Path\n"
    files = {**CODE, path: notebook(f"{head}x = {before}", "print(x)")}
    migration = migrate_files(files)
    new_path = migration.plan.targets.get(path, path)
    assert cells_of(migration, new_path)[0] == f"{head}x = {after}"
    assert checks_of(migration)["code-unchanged"].passed


@pytest.mark.parametrize(
    ("path", "cells", "expected"),
    [
        (
            "a.ipynb",
            ("open('raw/a.csv')",),
            [("untracked-file", "from the notebook it is ../raw/a.csv")],
        ),
        ("a.ipynb", ("kind = 'text/html', 'json.loads', 'pandas.DataFrame'",), []),
        ("notebooks/a.ipynb", ("open('raw/a.csv')", "open('../raw/a.csv')"), []),
        ("notebooks/a.ipynb", ("%run ../scripts/load.py",), []),
        ("notebooks/a.ipynb", ("%load_ext utils.text",), []),
        ("notebooks/a.ipynb", ("%%bash\npython ../scripts/load.py",), []),
        (
            "notebooks/a.ipynb",
            ("%%ruby\nload '../scripts/load.py'",),
            [
                (
                    "reference-not-followed",
                    "from the notebook it is ../src/pipelines/scripts/load.py",
                )
            ],
        ),
        ("notebooks/a.ipynb", ("open('../sql/a.sql')", "!cat ../sql/a.sql"), []),
        ("notebooks/a.ipynb", ("%cd ..", "%run scripts/other.py", "open('sql/a.sql')"), []),
        ("notebooks/a.ipynb", ("%cd ..", "%run scripts/load.py"), []),
        ("a.ipynb", ("%cd sql", "x"), []),
        (
            "a.ipynb",
            ("import os\nos.chdir('sql')", "x"),
            [
                (
                    "path-unclear",
                    "it changes the current folder, beginning in its own, which is another now",
                )
            ],
        ),
    ],
)
def test_what_leads_elsewhere_is_reported(
    path: str, cells: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    migration = migrate_files({**CODE, path: notebook(*cells)})
    new_path = migration.plan.targets.get(path, path)
    assert findings(migration, new_path) == expected


def test_a_path_after_a_change_of_the_folder_is_reported() -> None:
    cells = ("import os\nos.chdir('..')", "x = os.path.join(os.getcwd(), 'utils', 'db.py')\nx")
    migration = migrate_files({**CODE, "notebooks/a.ipynb": notebook(*cells)})
    assert cells_of(migration, "notebooks/a.ipynb") == list(cells)
    assert findings(migration, "notebooks/a.ipynb") == [
        (
            "path-not-followed",
            "a path that it computes names what has moved, after it changes the folder",
        )
    ]


def test_a_finding_says_the_line_of_the_file() -> None:
    cells = ("import sys", "%matplotlib inline\nsys.path.append(unknown)")
    migration = migrate_files({**CODE, "notebooks/a.ipynb": notebook(*cells)})
    [finding] = [f for f in migration.plan.findings if f.path == "notebooks/a.ipynb"]
    lines = text_after(migration, "notebooks/a.ipynb").splitlines()
    assert finding.code == "path-hack-unclear"
    assert lines[finding.line - 1].strip() == '"sys.path.append(unknown)"'


def test_a_notebook_in_quarantine_is_left_alone() -> None:
    cells = ("%cd ..", "import attempt", "%run attempt.py")
    files = {**CODE, "old/attempt.py": "print(1)\n", "old/a.ipynb": notebook(*cells)}
    migration = migrate_files(files)
    assert cells_of(migration, "__legacy/old/a.ipynb") == list(cells)
    assert findings(migration, "__legacy/old/a.ipynb") == []


def test_what_a_notebook_imports_is_alive_and_no_notebook_is_a_program() -> None:
    files = {
        "Makefile": "",
        "lib/one.py": "import lib.two\n",
        "lib/two.py": "",
        "a.ipynb": notebook("import lib.one", 'if __name__ == "__main__":\n    print(1)'),
    }
    migration = migrate_files(files)
    assert migration.plan.targets == {
        "a.ipynb": "notebooks/a.ipynb",
        "lib/one.py": "src/pipelines/utils/one.py",
        "lib/two.py": "src/pipelines/utils/two.py",
    }
    assert migration.plan.scripts == {}


# -- what checks see


def tampered(path: str, old: str, new: str) -> dict[str, bool]:
    """Return which checks pass after a notebook was changed behind the plan's back."""
    cells = ("import sys\nsys.path.append('..')", "%time f()\nfrom utils.db import who\nwho()")
    files = {**CODE, path: notebook(*cells).replace('"metadata"', '"outputs": [1], "metadata"')}
    migration = migrate_files(files)
    contents = {p: migration.after.read(p) for p in migration.after}
    assert contents[path].count(old.encode()) == 1
    contents[path] = contents[path].replace(old.encode(), new.encode())
    outcomes = verify(evidence_of(migration, Tree.of(contents)))
    return {check.name: check.passed for check in outcomes}


@pytest.mark.parametrize(
    ("check", "old", "new"),
    [
        ("code-unchanged", '"outputs": [1]', '"outputs": []'),
        ("code-unchanged", '"who()"', '"who() or 1"'),
        ("code-unchanged", "%time", "%timeit"),
        ("code-unchanged", '"nbformat": 4', '"nbformat": 3'),
        ("no-path-hacks", '"who()"', '"import sys; sys.path.append(who())"'),
        ("imports-resolve", "pipelines.utils.db", "elsewhere"),
        ("parses", '"cells"', '"cells'),
    ],
)
def test_a_check_sees_what_is_wrong_with_a_notebook(check: str, old: str, new: str) -> None:
    path = "notebooks/a.ipynb"
    assert tampered(path, "who()", "who()")[check]
    assert not tampered(path, old, new)[check]
