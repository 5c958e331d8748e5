"""What a path counts from is the root, or where a runner file starts the program."""

from __future__ import annotations

import pytest

from migrations import checks_of, migrate_files, text_after
from relayout.planning.plan import Options

FILES = {"jobs/a.txt": "1", "jobs/b.txt": "2", "a.txt": "3", "data/c.txt": "4"}
MOVES = {
    "jobs/run.py": "src/app/run.py",
    "jobs/a.txt": "src/app/a.txt",
    "jobs/b.txt": "src/app/files/b.txt",
    "data/c.txt": "src/app/files/c.txt",
}
FROM_ROOT = "run:\n\tpython jobs/run.py\n"
FROM_FOLDER = "run:\n\tcd jobs && python run.py\n"


def outcome(make: str, code: str) -> tuple[str, list[str]]:
    files = {**FILES, "Makefile": make, "jobs/run.py": f"import os\n{code}\n"}
    migration = migrate_files(files, Options("src-layout", package="app"), MOVES)
    assert checks_of(migration)["code-unchanged"].passed
    text = text_after(migration, "src/app/run.py").removeprefix("import os\n").strip()
    told = [f for f in migration.plan.findings if f.path == "src/app/run.py"]
    return text, [f.message for f in told if f.code == "reference-not-followed"]


@pytest.mark.parametrize(
    ("make", "code", "after"),
    [
        (FROM_ROOT, "open('data/c.txt')", "open('src/app/files/c.txt')"),
        (FROM_FOLDER, "open('data/c.txt')", "open('src/app/files/c.txt')"),
        (FROM_ROOT, "open('a.txt')", "open('a.txt')"),
    ],
)
def test_what_only_the_root_has_is_followed(make: str, code: str, after: str) -> None:
    assert outcome(make, code) == (after, [])


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (FROM_FOLDER, "open('a.txt')", "jobs/a.txt from jobs, where it is started"),
        (FROM_FOLDER, "open('b.txt')", "would have to be files/b.txt"),
        (FROM_ROOT, "open('b.txt')", "would have to be files/b.txt"),
        (FROM_ROOT, "os.chdir('jobs')\nopen('data/c.txt')", "which the code changes"),
    ],
)
def test_what_may_mean_something_else_is_reported(make: str, code: str, said: str) -> None:
    text, messages = outcome(make, code)
    assert text == code
    assert {said in message for message in messages} == {True}
