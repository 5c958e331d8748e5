"""A string that names what moved, and was not followed, is reported; a word alone is not."""

from __future__ import annotations

import pytest

from migrations import migrate_files
from relayout.planning.plan import Options

FILES = {
    "Makefile": "run:\n\tpython jobs/run.py\n",
    "jobs/sql/a.sql": "1",
    "jobs/one.txt": "2",
    "jobs/two.txt": "3",
}
MOVES = {
    "jobs/run.py": "src/app/jobs/run.py",
    "jobs/sql/a.sql": "src/app/jobs/sql/a.sql",
    "jobs/one.txt": "src/app/jobs/one.txt",
}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x == 'jobs/sql/a.sql'", 'the string "jobs/sql/a.sql" names jobs/sql/a.sql, now src/app'),
        ("f({'jobs/sql': 1})", 'the string "jobs/sql" names jobs/sql, now src/app/jobs/sql'),
        ("x == 'a.sql'", None),
        ("x == 'sql/a.sql'", None),
        ("x == 'jobs/two.txt'", None),
        ("x == 'jobs.sql'", None),
        ("f('jobs/new.sql')", None),
    ],
)
def test_what_is_said_of_a_string(code: str, said: str | None) -> None:
    files = {**FILES, "jobs/run.py": f"{code}\n"}
    findings = migrate_files(files, Options("src-layout", package="app"), MOVES).plan.findings
    told = [
        f.message for f in findings if f.path == "src/app/jobs/run.py" and "string" in f.message
    ]
    assert len(told) == (said is not None)
    assert all(message.startswith(said or "") for message in told)
