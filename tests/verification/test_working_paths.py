"""An edit of a path lies in a literal, and the literal names the file that it named before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrations import checks_of, evidence_of, migrate_files
from relayout.migration import Migration
from relayout.planning.plan import FileEdit, Options
from relayout.source import Edit, Source
from relayout.tree import Tree
from relayout.verification import Check, verify
from relayout.verification.working_paths import changed_path_literals

CODE = (
    "import os\nfrom pathlib import Path\n\nopen('sql/a.sql'), open(f'sql/{x}.sql')\n"
    "os.system('cat sql/a.sql')\nNAME = 'sql of two'\nROOT = Path(__file__).parents[1]\n"
)
FILES = {
    "Makefile": "run:\n\tpython jobs/run.py\n",
    "jobs/run.py": CODE,
    "sql/a.sql": "1",
    "sql/b.sql": "2",
}
RUN = "src/app/jobs/run.py"
MOVES = {
    "jobs/run.py": RUN,
    "sql/a.sql": "src/app/sql/a.sql",
    "sql/b.sql": "src/app/sql/b.sql",
}


@pytest.fixture(scope="module")
def migration() -> Migration:
    return migrate_files(FILES, Options("src-layout", package="app"), MOVES)


def check(migration: Migration, edits: list[Edit], text: str, at: str = RUN) -> Check:
    others = [e for e in migration.plan.edits if e.path != at]
    plan = replace(migration.plan, edits=(*others, FileEdit(at, tuple(edits))))
    contents = {path: migration.after.read(path) for path in migration.after}
    contents[at] = text.encode()
    outcomes = verify(evidence_of(migration, Tree.of(contents), plan))
    return next(check for check in outcomes if check.name == "code-unchanged")


def recorded(migration: Migration) -> tuple[list[Edit], str]:
    [edited] = [e for e in migration.plan.edits if e.path == RUN]
    return list(edited.edits), migration.after.read(RUN).decode()


def test_the_edits_of_a_migration_pass(migration: Migration) -> None:
    edits, text = recorded(migration)
    assert [e.kind for e in edits].count("working-path") == 3
    assert [e.kind for e in edits].count("file-path") == 1
    assert checks_of(migration)["code-unchanged"].passed
    assert check(migration, edits, text).passed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("open('src/app/sql/a.sql')", "open('src/app/sql/b.sql')"),
        ("open('src/app/sql/a.sql')", "open('src/app/sql/c.sql')"),
        ("open('src/app/sql/a.sql')", "open('sql/a.sql')"),
        ("f'src/app/sql/{x}", "f'src/app/jobs/{x}"),
        ("cat src/app/sql/a.sql", "cat src/app/sql/b.sql"),
        ("parents[3]", "parents[2]"),
        ("parents[3]", "parents[3] / 'sql'"),
    ],
)
def test_an_edit_that_leads_elsewhere_fails(migration: Migration, old: str, new: str) -> None:
    edits, text = recorded(migration)
    assert text.count(old) == 1
    changed = [
        e._replace(replacement=_tail(old, new, e.replacement)) if _is_in(e, old) else e
        for e in edits
    ]
    assert changed != edits
    assert not check(migration, changed, text.replace(old, new)).passed


COMPOSED = (
    "import os\nhere = os.path.dirname(os.path.abspath(__file__))\n"
    "COMMAND = f'submit {here}/lib.jar {here}/sql/a.sql'\n"
)
UNTRACKED = "from pathlib import Path\nopen(f'{Path(__file__).parents[0]}/local.cfg')\n"
PARTED = {
    "daily.py": COMPOSED,
    "jobs/open.py": UNTRACKED,
    "jobs/notes.txt": "stays",
    "sql/a.sql": "1",
    "sql/b.sql": "2",
}
DAILY, OPEN = "src/app/daily.py", "src/app/open.py"
TO = {"daily.py": DAILY, "jobs/open.py": OPEN, "sql/a.sql": "db/a.sql", "sql/b.sql": "db/b.sql"}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (DAILY, "db/a.sql", "db/b.sql"),
        (DAILY, "db/a.sql", "a.sql"),
        (DAILY, "db/a.sql", "sql/a.sql"),
        (OPEN, "../../jobs/local.cfg", "../local.cfg"),
    ],
)
def test_what_is_composed_leads_where_it_led(path: str, old: str, new: str) -> None:
    migration = migrate_files(PARTED, Options("src-layout", package="app"), TO)
    assert checks_of(migration)["code-unchanged"].passed
    [edited] = [e for e in migration.plan.edits if e.path == path]
    edits = [e._replace(replacement=e.replacement.replace(old, new)) for e in edited.edits]
    assert edits != list(edited.edits)
    text = migration.after.read(path).decode().replace(old, new)
    assert not check(migration, edits, text, path).passed


def _is_in(edit: Edit, old: str) -> bool:
    return edit.replacement in old or old in edit.replacement


def _tail(old: str, new: str, replacement: str) -> str:
    if old in replacement:
        return replacement.replace(old, new)
    before, _, after = old.partition(replacement)
    return new[len(before) : len(new) - len(after)]


@pytest.mark.parametrize("kind", ["working-path", "file-path"])
def test_an_edit_of_something_else_fails(migration: Migration, kind: str) -> None:
    edits, text = recorded(migration)
    start = CODE.index("sql of two")
    more = Edit(start, start + len("sql of two"), "sql of three", kind)
    assert not check(migration, [*edits, more], text.replace("of two", "of three")).passed


def changed(text: str, old: str, new: str) -> tuple[list[str], str]:
    source = Source(text, "utf-8", False)
    start = text.index(old)
    edit = Edit(start, start + len(old), new, "working-path")
    result = changed_path_literals(source, source.parse(), [edit])
    return list(result.values.values()), result.problem


@pytest.mark.parametrize(
    ("text", "old", "new", "value"),
    [
        ("x = 'a/b'", "a/b", "c", "c"),
        ("x = './a/b/'", "a/b", "c", "./c/"),
        ("x = 'a\\\\b'", "a\\\\b", "c\\\\d", "c\\d"),
        ("x = r'a\\b'", "a\\b", "c\\d", "c\\d"),
        ("x = f'a/{b}/a/'", "a", "c", "c/"),
        ("x = f'{b}/a/{c}'", "a", "d", "/d/"),
        ("x = f'{f(\"a/b\")}'", "a/b", "c", "c"),
    ],
)
def test_what_an_edit_makes_of_a_literal(text: str, old: str, new: str, value: str) -> None:
    assert changed(text, old, new) == ([value], "")


@pytest.mark.parametrize(
    ("text", "old"),
    [("x = a", "a"), ("x = 'a'", "'a'"), ("# 'a'\n", "a"), ("x = b'a'", "a"), ("x = 'a' 'b'", "b")],
)
def test_what_is_no_edit_of_a_literal(text: str, old: str) -> None:
    values, problem = changed(text, old, "c")
    assert values == []
    assert "lies in no string" in problem
