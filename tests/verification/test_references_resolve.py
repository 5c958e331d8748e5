"""What named a tracked file names the same file after; and edits change nothing else."""

from __future__ import annotations

import pytest

from migrations import checks_of, evidence_of, migrate_files, migrate_tree
from relayout.migration import Migration
from relayout.tree import SYMLINK, Tree
from relayout.verification import Check, verify

FILES = {
    "run.sh": "python jobs/load.py && python jobs/show.py\ncat jobs/load.sql\n",
    "jobs/load.py": 'print("load")\n',
    "jobs/show.py": 'print("show")\n',
    "jobs/load.sql": "select 1;\n",
}
PLACES = {
    "jobs/load.py": "src/x/load.py",
    "jobs/show.py": "src/x/show.py",
    "jobs/load.sql": "src/x/load.sql",
}


@pytest.fixture
def migration() -> Migration:
    return migrate_files(FILES, moves=PLACES)


def checked(migration: Migration, text: str, name: str) -> Check:
    """Return the outcome of a check after the script was tampered with."""
    after = migration.after.with_content({"run.sh": text.encode()})
    return next(c for c in verify(evidence_of(migration, after)) if c.name == name)


def test_references_that_were_followed_resolve(migration: Migration) -> None:
    check = checks_of(migration)["references-resolve"]
    assert check.passed
    assert check.figures == {"references": {"shell": 3}}


@pytest.mark.parametrize(
    "text",
    [
        FILES["run.sh"],
        "python -m x.load && python -m x.load\ncat src/x/load.sql\n",
        "python -m x.load && python -m x.show\ncat src/x/gone.sql\n",
        "python -m x.load\ncat src/x/load.sql\n",
    ],
)
def test_a_reference_that_names_another_file_or_none_fails(migration: Migration, text: str) -> None:
    check = checked(migration, text, "references-resolve")
    assert not check.passed
    assert all(detail.startswith("run.sh: nothing names src/x/") for detail in check.details)


def test_a_change_beside_the_recorded_edits_is_told(migration: Migration) -> None:
    text = migration.after.read("run.sh").decode()
    check = checked(migration, f"{text}rm -rf data\n", "everything-accounted-for")
    assert check.details == ("run.sh changed by more than the recorded edits",)


def test_a_symbolic_link_counts() -> None:
    tree = Tree.of({**FILES, "latest.sql": "jobs/load.sql"}).with_modes({"latest.sql": SYMLINK})
    migration = migrate_tree(tree)
    checks = checks_of(migration)
    assert checks["references-resolve"].figures["references"]["link"] == 1
    assert checks["references-resolve"].passed
    wrong = migration.after.with_content({"latest.sql": b"gone.sql"})
    outcomes = verify(evidence_of(migration, wrong))
    assert not next(c for c in outcomes if c.name == "references-resolve").passed
