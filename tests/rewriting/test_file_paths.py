"""Paths that a file computes: the expression that takes the place of one fits in there."""

from __future__ import annotations

import pytest

from migrations import checks_of, migrate_files, text_after
from relayout.planning.plan import Options

HEAD = """\
from pathlib import Path


def get():
    up = next(p for p in Path(__file__).resolve().parents if (p / "Makefile").exists()) / "jobs"
    return up / "d.txt"


"""

UP = '"..", "..", ".."'
HERE = 'Path(__file__).resolve().parent / "d.txt"'


def _rewritten(line: str) -> str:
    """Return what becomes of a line of a file that moves together with its data."""
    files = {
        "Makefile": "run:\n\tpython jobs/read.py\n",
        "jobs/read.py": HEAD + line,
        "jobs/d.txt": "1",
    }
    moves = {"jobs/read.py": "src/app/io/read.py", "jobs/d.txt": "src/app/io/d.txt"}
    migration = migrate_files(files, Options("src-layout", package="app"), moves)
    assert checks_of(migration)["code-unchanged"].passed
    return text_after(migration, "src/app/io/read.py").splitlines()[-1]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("print(get().read_text())", f"print(({HERE}).read_text())"),
        ("print(get())", f"print({HERE})"),
        ("print(str(get()))", 'print(str(Path(__file__).resolve().parent / "d.txt"))'),
        ("print(get() == 1)", f"print({HERE} == 1)"),
    ],
)
def test_a_replaced_expression_stands_in_parentheses_where_it_must(
    line: str, expected: str
) -> None:
    assert _rewritten(line + "\n") == expected


def test_a_text_of_lines_is_no_path_but_the_paths_in_it_are() -> None:
    text = (
        "import os\n\n"
        "TOP = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))\n\n\n"
        "def say() -> None:\n"
        '    print("".join([os.path.join(TOP, "jobs", "old") + "\\n", "end"]))\n'
    )
    files = {
        "Makefile": "run:\n\tpython jobs/read.py\n",
        "jobs/read.py": text,
        "jobs/old/d.txt": "",
    }
    moves = {"jobs/read.py": "src/app/io/read.py", "jobs/old/d.txt": "data/old/d.txt"}
    migration = migrate_files(files, Options("src-layout", package="app"), moves)
    assert checks_of(migration)["code-unchanged"].passed
    after = text_after(migration, "src/app/io/read.py")
    assert '"".join([os.path.join(TOP, "data/old") + "\\n", "end"])' in after


def test_a_path_with_quotes_in_it_stays_a_literal() -> None:
    text = HEAD.replace("d.txt", 'd \\"1\\".txt') + "print(get())\n"
    files = {
        "Makefile": "run:\n\tpython jobs/read.py\n",
        "jobs/read.py": text,
        'jobs/d "1".txt': "1",
    }
    moves = {"jobs/read.py": "src/app/io/read.py", 'jobs/d "1".txt': 'src/app/io/d "1".txt'}
    migration = migrate_files(files, Options("src-layout", package="app"), moves)
    assert checks_of(migration)["code-unchanged"].passed
    after = text_after(migration, "src/app/io/read.py")
    assert after.endswith('print(Path(__file__).resolve().parent / "d \\"1\\".txt")\n')


def _from_root(head: str) -> tuple[str, dict[str, bool]]:
    """Return a file that goes deeper, and data in the root that it reads, with what is checked."""
    files = {
        "Makefile": "run:\n\tpython jobs/read.py\n",
        "jobs/read.py": head,
        "seeds/data/a.csv": "1",
    }
    moves = {"jobs/read.py": "src/app/io/read.py", "seeds/data/a.csv": "dbt/seeds/data/a.csv"}
    migration = migrate_files(files, Options("src-layout", package="app"), moves)
    checks = {check.name: check.passed for check in checks_of(migration).values()}
    return text_after(migration, "src/app/io/read.py"), checks


@pytest.mark.parametrize(
    ("imports", "joining", "root"),
    [
        ("from os import path", "path.{}", "path.abspath(path.join(path.dirname(__file__), {}))"),
        ("import os.path as p", "p.{}", "p.abspath(p.join(p.dirname(__file__), {}))"),
        ("from os.path import dirname, join", "{}", "join(dirname(__file__), {})"),
    ],
)
def test_a_path_is_spelled_with_the_names_that_the_file_has(
    imports: str, joining: str, root: str
) -> None:
    join, folder = joining.format("join"), joining.format("dirname")
    head = f"{imports}\n\nTOP = {join}({folder}(__file__), '..')\n"
    text, checks = _from_root(f"{head}DATA = {join}(TOP, 'seeds/data')\n\nprint(DATA)\n")
    assert f"TOP = {root.format(UP)}\n" in text
    assert f'DATA = {join}(TOP, "dbt/seeds/data")' in text
    assert checks["code-unchanged"]


def test_nothing_is_changed_that_counts_from_a_path_which_cannot_be_spelled() -> None:
    head = "TOP = __file__.rsplit('/', 2)[0]\nDATA = TOP + '/seeds/data'\n\nprint(DATA)\n"
    text, checks = _from_root(head)
    assert text == head
    assert checks["code-unchanged"]


@pytest.mark.parametrize(
    ("name", "imported"),
    [
        ("file_relative_path", "from dagster import file_relative_path"),
        ("dg.file_relative_path", "import dagster as dg"),
    ],
)
def test_a_path_that_dagster_joins_to_the_folder_of_a_file_follows(
    name: str, imported: str
) -> None:
    files = {
        "Makefile": "run:\n\tpython etl/assets.py\n",
        "etl/assets.py": f'{imported}\n\nSQL = {name}(__file__, "../sql/orders")\n',
        "sql/orders/a.sql": "select 1\n",
    }
    moves = {"etl/assets.py": "src/app/etl/assets.py", "sql/orders/a.sql": "data/sql/orders/a.sql"}
    migration = migrate_files(files, Options("src-layout", package="app"), moves)
    after = text_after(migration, "src/app/etl/assets.py")
    assert f'SQL = {name}(__file__, "../../../data/sql/orders")\n' in after
    assert checks_of(migration)["code-unchanged"].passed
