"""An edit of a string names one module, in one literal, and it is the module that was named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrations import checks_of, evidence_of, migrate_files
from relayout.migration import Migration
from relayout.planning.plan import FileEdit
from relayout.source import Edit, Source
from relayout.tree import Tree
from relayout.verification import Check, verify
from relayout.verification.module_strings import changed_strings

FILES = {
    "Makefile": "a:\n\tpython scripts/run.py\n",
    "scripts/run.py": (
        "import utils.db\n\nm.patch('utils.db.NAME', 'utils.db')\n"
        "LABEL = 'utils.db of two'\nf(f'{x}utils.db', x)\n"
    ),
    "utils/db.py": "NAME = 1\n",
    "utils/text.py": "NAME = 2\n",
    "tools/use.py": "import utils.text\n",
}
RUN = "src/pipelines/scripts/run.py"


@pytest.fixture(scope="module")
def migration() -> Migration:
    return migrate_files(FILES)


def checked(migration: Migration, old: str, new: str, after: str, kind: str) -> Check:
    """Check a plan with one more edit of the script, which the tree after has made."""
    text = FILES["scripts/run.py"]
    start = text.index(old)
    edit = Edit(start, start + len(old), new, kind)
    [recorded] = [e for e in migration.plan.edits if e.path == RUN]
    kept = tuple(e for e in recorded.edits if not (e.start <= start < e.end))
    others = [e for e in migration.plan.edits if e.path != RUN]
    plan = replace(migration.plan, edits=(*others, FileEdit(RUN, (*kept, edit))))
    contents = {path: migration.after.read(path) for path in migration.after}
    changed = contents[RUN].decode().replace(after, new, 1)
    assert changed != contents[RUN].decode()
    contents[RUN] = changed.encode()
    evidence = evidence_of(migration, Tree.of(contents), plan)
    return next(check for check in verify(evidence) if check.name == "code-unchanged")


def test_the_edits_of_a_migration_pass(migration: Migration) -> None:
    assert checks_of(migration)["code-unchanged"].passed
    [recorded] = [e for e in migration.plan.edits if e.path == RUN]
    assert {e.kind for e in recorded.edits} == {"import", "module-string"}


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ("utils.db.NAME", "pipelines.utils.text.NAME", "pipelines.utils.db.NAME"),
        ("utils.db of two", "utils.db of three", "utils.db of two"),
        ("of two", "of.three", "of two"),
        ("two'", "three'", "two'"),
        ("LABEL", "TITLE", "LABEL"),
        ("'utils.db of two'", "'x.y'", "'utils.db of two'"),
        ("utils.db', x", "x.y', x", "utils.db', x"),
    ],
)
def test_an_edit_that_changes_more_than_a_name_fails(
    migration: Migration, old: str, new: str, after: str
) -> None:
    assert not checked(migration, old, new, after, "module-string").passed


@pytest.mark.parametrize("kind", ["import", "file-path", "import-use", "path-hack"])
def test_another_kind_of_edit_does_not_excuse_a_changed_string(
    migration: Migration, kind: str
) -> None:
    new, after = "pipelines.utils.text.NAME", "pipelines.utils.db.NAME"
    assert not checked(migration, "utils.db.NAME", new, after, kind).passed


def changed(text: str, *edits: tuple[str, str]) -> tuple[list[str], str]:
    source = Source(text, "utf-8", False)
    wanted = []
    for old, new in edits:
        start = text.index(old)
        wanted.append(Edit(start, start + len(old), new, "module-string"))
    result = changed_strings(source, source.parse(), wanted)
    return list(result.values.values()), result.problem


@pytest.mark.parametrize(
    ("text", "old", "value"),
    [
        ("x = 'a.b'", "a.b", "N"),
        ("x = 'a.b.c d'", "a.b", "N.c d"),
        ("x = f'a.{b}.c'", "a", "N."),
        ("x = f'{f(\"a.b\")}'", "a.b", "N"),
        ("x = 'ext://a.b'", "a.b", "ext://N"),
        ("x = '.b'", ".b", "N"),
        ("x = '.'", ".", "N"),
        ("x = 'cd y && python -m a.b --all'", "a.b", "cd y && python -m N --all"),
    ],
)
def test_what_an_edit_makes_of_a_string(text: str, old: str, value: str) -> None:
    assert changed(text, (old, "N")) == ([value], "")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("x = a.b", "a.b", "N"),
        ("x = 'a.b'", "'a.b'", "'N'"),
        ("x = 'y a.b'", "a.b", "N"),
        ("x = 'a b'", "a b", "N"),
        ("x = 'a.b'", "a.b", "N M"),
        ("x = 'a.b'", "a.b", ""),
        ("x = f'{y}a.b'", "a.b", "N"),
        ("# 'a.b'\n", "a.b", "N"),
        ("x = b'a.b'", "a.b", "N"),
        ("x = 'a' + 'b'", "a' + 'b", "N"),
    ],
)
def test_what_is_no_edit_of_a_name(text: str, old: str, new: str) -> None:
    values, problem = changed(text, (old, new))
    assert values == []
    assert problem
