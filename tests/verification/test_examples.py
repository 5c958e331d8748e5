"""An edit of an example may change its imports and the names that they bind, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrations import evidence_of, migrate_files
from relayout.inventory import take_inventory
from relayout.migration import Migration
from relayout.planning.plan import FileEdit
from relayout.source import Edit, Source, apply_edits
from relayout.verification.code_unchanged import check_code_unchanged
from relayout.verification.evidence import Check
from relayout.verification.examples import unexplained_examples

CODE = '''\
"""Module.

>>> from a.b import c  # why
>>> import a.b
>>> a.b.c(1)
1
>>> if 1:
...     c(2)
2
>>> a.C
<class 'a.b.C'>

Prose: from a.b import c. So::

    from a.b import c
    c(a.b)
"""


def f():
    "F: 'from a.b import c'"
    x = """
    >>> from a.b import c
    """
    return x
'''


def problem(*changes: tuple[str, str]) -> str:
    """Return what is wrong with replacing the first place of each text by another.

    Bars in a text are around the part of it that is replaced.
    """
    edits = []
    for text, replacement in changes:
        before, old, _ = text.split("|") if "|" in text else ("", text, "")
        start = CODE.index(text.replace("|", "")) + len(before)
        edits.append(Edit(start, start + len(old), replacement, "example"))
    old = Source(CODE, "utf-8", False)
    new = Source(apply_edits(CODE, edits), "utf-8", False)
    return unexplained_examples(old, old.parse(), new, new.parse(), edits)


@pytest.mark.parametrize(
    "changes",
    [
        [("a.b import c  # why", "x.a.b import c  # why")],
        [("from a.b import c  # why", "from x import c")],
        [("  # why", "  # why\n>>> from x import d")],
        [("import a.b", "import x.a.b"), (">>> |a.b|.c", "x.a.b")],
        [("import a.b", "import x.a.b as b"), (">>> |a.b|.c", "b")],
        [("from a.b import c\n    c(", "import x\n\n    from y import c\n    c(")],
        [("(|a.b|)", "a.x.b")],
        [("<class '|a.b|.C", "x.a")],
        [],
    ],
)
def test_imports_and_names_may_change(changes: list[tuple[str, str]]) -> None:
    assert problem(*changes) == ""


@pytest.mark.parametrize(
    "changes",
    [
        [("Module", "Another")],
        [("1\n>>> if", "2\n>>> if")],
        [("Prose: from a.b", "Prose: from x.a.b")],
        [("'from a.b import c'", "'from x.a.b import c'")],
        [("    >>> from a.b import c\n    ", "    >>> from x.a.b import c\n    ")],
        [("c(2)", "d(2)")],
        [("|c|(2)", "d")],
        [("<class '|a.b.C|", "a.b.D")],
        [("<class 'a.b.|C|", "D")],
        [("<class '|a.b|.C", "x.a.D' or 'b")],
        [("|a.b.c|(1)", "os.remove")],
        [("c(2)", "c(3)")],
        [("1)\n1\n", "1)\n2\n")],
        [("a.b.c(1)\n1\n>>> if", "a.b.c(1)\n>>> if")],
        [("a.b.c(1)", "a.b.d(1, 2)")],
        [("  # why", "  # why\nsome output")],
        [("  # why", "  # why\n>>> remove_all()")],
        [("  # why", "  # why\n\n>>> from x import d")],
        [("...     c(2)\n", "")],
        [('"""\n\n\ndef', '"""\nimport x\n\n\ndef')],
        [("return x", "return y")],
        [("f():", "g():")],
        [("from a.b import c\n    c(", "import x\n    y(")],
    ],
)
def test_nothing_else_may(changes: list[tuple[str, str]]) -> None:
    assert problem(*changes) != ""


FILES = {
    "Makefile": "a:\n\tpython scripts/run.py\n",
    "scripts/run.py": '"""Run.\n\n>>> from utils.db import who\n"""\nimport utils.db\n',
    "utils/db.py": "def who():\n    return 1\n",
}
RUN = "src/pipelines/scripts/run.py"


def checked(migration: Migration, old: bytes, new: bytes, edits: tuple[Edit, ...]) -> Check:
    content = migration.after.read(RUN)
    assert old in content
    after = migration.after.with_content({RUN: content.replace(old, new)})
    others = tuple(e for e in migration.plan.edits if e.path != RUN)
    evidence = evidence_of(
        migration, after, replace(migration.plan, edits=(*others, FileEdit(RUN, edits)))
    )
    check = check_code_unchanged(evidence)
    assert check is not None
    return check


def test_code_unchanged_looks_at_examples() -> None:
    migration = migrate_files(FILES)
    (edits,) = (e.edits for e in migration.plan.edits if e.path == RUN)
    assert {edit.kind for edit in edits} == {"example", "import"}
    assert checked(migration, b"", b"", edits).passed
    assert not checked(migration, b"Run.", b"Ran.", edits).passed
    assert not checked(migration, b"import who", b"import you", ()).passed
    statement = next(e for e in edits if e.kind == "import")
    disguised = [e for e in edits if e.kind == "example"] + [statement._replace(kind="example")]
    assert not checked(migration, b"", b"", tuple(disguised)).passed


def test_the_state_of_a_file_names_its_examples() -> None:
    migration = migrate_files(FILES)
    check = check_code_unchanged(evidence_of(migration))
    assert check is not None
    assert check.figures["files"][RUN] == "edited: example, import"
    assert take_inventory(migration.after).python[RUN].error is None
