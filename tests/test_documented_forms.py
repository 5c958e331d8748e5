"""The page of recognised forms: each of its rows is migrated, and gives what the row says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from migrations import checks_of, migrate_files, text_after
from relayout.migration import Migration
from workbench import SUITE

PAGE = (SUITE / "docs/reference/forms.md").read_text(encoding="utf-8")

FILES = {
    "Makefile": "run:\n\tpython jobs/load.py\n",
    "archive/rates.py": "EUR = 2\n",
    "jobs/explore.ipynb": "{}",
    "jobs/helpers.py": "def clean(row):\n    return row\n",
    "jobs/load.py": "",
    "lib/prices.py": "LIST = [1]\n",
    "lib/rates.py": "EUR = 1\n",
    "plugins/__init__.py": "",
    "plugins/csv.py": "",
    "shop/__init__.py": "RATE = 3\n",
    "shop/db.py": "TABLE = 'orders'\n\n\ndef connect(): ...\n\n\nclass Order: ...\n",
    "shop/mail.py": "def send(): ...\n",
    "shop/tax.py": "VAT = 19\n",
    "sql/load.sql": "select 1;\n",
}

SPAN = re.compile(r"`([^`]*)`")
FINDING = re.compile(r", finding `([a-z-]+)`$")
FOLLOWED = "from pipelines.utils import rates\n"
MODULE = "pipelines.jobs.load"


@dataclass(frozen=True)
class Row:
    """A row of a table: the heading above it, the file that it is about, and its cells."""

    section: str
    path: str
    cells: tuple[str, ...]


def rows() -> Iterator[Row]:
    """Yield the rows of every table, without the heads."""
    section = path = ""
    for line, following in zip(PAGE.splitlines(), [*PAGE.splitlines()[1:], ""], strict=True):
        if line.startswith("#"):
            section, path = line.lstrip("# "), ""
        elif line.startswith("In "):
            path = SPAN.findall(line)[0]
        elif line.startswith("| ") and not following.startswith("|-"):
            yield Row(section, path, tuple(line.strip("| ").split(" | ")))


ROWS = list(rows())
MOVES = {old.strip("`"): new.strip("`") for old, new in (r.cells for r in ROWS if len(r.cells) < 3)}
CODE = [row for row in ROWS if row.path]
CONFIGURATION = [row for row in ROWS if row.section == "Configuration"]


def lines_in(cell: str) -> str:
    """Return the lines of a cell as the text of a file."""
    return "".join(f"{span.rstrip()}\n" for span in SPAN.findall(cell))


def as_file(row: Row, code: str) -> str:
    """Return the text of the file that holds the code of a row."""
    if row.path.endswith(".ipynb"):
        cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
        cells = [{**cell, "source": code.splitlines(keepends=True)}]
        book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        return json.dumps(book, indent=1) + "\n"
    return f'"""\n{code}"""\n' if row.section == "Examples in docstrings" else code


def source_in(text: str, path: str) -> str:
    """Return the code of a file; of a notebook, that of its only cell."""
    return "".join(json.loads(text)["cells"][0]["source"]) if path.endswith(".ipynb") else text


def fails(migration: Migration) -> set[str]:
    """Return the checks that a migration does not pass; the template's files were left out."""
    return {c.name for c in checks_of(migration).values() if not c.passed} - {"layout-rules"}


@pytest.mark.parametrize("row", CODE, ids=lambda row: f"{row.section}: {row.cells[0]}")
def test_code_becomes_what_the_page_says(row: Row) -> None:
    form, before, after = row.cells
    expected_findings = set(FINDING.findall(after))
    after = FINDING.sub("", after)
    code = lines_in(before)
    expected = {"the same": code, "nothing": ""}.get(after, lines_in(after))
    migration = migrate_files({**FILES, row.path: as_file(row, code)}, moves=MOVES)
    new_path = MOVES[row.path]
    text = source_in(text_after(migration, new_path), new_path)
    assert text.strip() == source_in(as_file(row, expected), new_path).strip(), form
    assert {f.code for f in migration.plan.findings if f.path == new_path} == expected_findings
    unclear = {"no-path-hacks"} if "path-hack-unclear" in expected_findings else set()
    assert fails(migration) == unclear


@pytest.mark.parametrize("row", CONFIGURATION, ids=lambda row: row.cells[0].strip("`"))
def test_a_search_path_of_configuration_is_understood(row: Row) -> None:
    path, user = row.cells[0].strip("`"), row.cells[2].strip("`")
    content = lines_in(row.cells[1])
    files = {**FILES, user: "import rates\n"}
    assert text_after(migrate_files(files, moves=MOVES), MOVES.get(user, user)) == "import rates\n"
    migration = migrate_files({**files, path: content}, moves=MOVES)
    assert text_after(migration, MOVES.get(user, user)) == FOLLOWED
    followed = content.replace("python jobs/load.py", "python -m pipelines.jobs.load").replace(
        '"jobs/load.py"', '"-m", "pipelines.jobs.load"'
    )
    text = migration.rewritten.read(path).decode()
    assert text in (content, followed)
    codes = {f.code for f in migration.plan.findings if f.path == path}
    assert "search-path-configured" in codes
    names_moved = "jobs/load.py" in text
    assert codes - {"search-path-configured"} == ({"reference-not-followed"} & codes)
    assert ("reference-not-followed" in codes) == (names_moved and text == content)
    assert fails(migration) == set()


def test_every_table_of_the_page_is_tested() -> None:
    assert len(MOVES) + len(CODE) + len(CONFIGURATION) == len(ROWS)
    assert set(MOVES) <= set(FILES)
    assert all(len(row.cells) == 3 for row in CODE + CONFIGURATION)
