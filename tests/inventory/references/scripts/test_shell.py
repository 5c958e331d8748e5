"""Shell scripts name what they run and what they give to it."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tasks/run.py": "src/pkg/run.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
}
STAYS = ("config/a.yaml", "tasks/notes.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("python utils/load.py", "python -m pkg.utils.load"),
        ("python3.11 -u ./utils/load.py --all", "python3.11 -u -m pkg.utils.load --all"),
        ('python "utils/load.py"', 'python -m pkg.utils.load'),
        ("python -m utils.load", "python -m pkg.utils.load"),
        ("poetry run python utils/load.py", "poetry run python -m pkg.utils.load"),
        ("FOO=1 nohup python utils/load.py &", "FOO=1 nohup python -m pkg.utils.load &"),
        ("x=$(python utils/load.py)", "x=$(python -m pkg.utils.load)"),
        ("./utils/load.py", "./src/pkg/utils/load.py"),
        ("luigi --module utils.load A --x utils", "luigi --module pkg.utils.load A --x utils"),
        ("uv run utils/load.py", "uv run src/pkg/utils/load.py"),
        ("uvicorn utils.load:app --reload", "uvicorn pkg.utils.load:app --reload"),
        ("psql -f sql/x.sql", "psql -f src/pkg/sql/x.sql"),
        ("psql --file=sql/x.sql", "psql --file=src/pkg/sql/x.sql"),
        ("psql < sql/x.sql", "psql < src/pkg/sql/x.sql"),
        ("for f in sql/*.sql; do cat $f; done", "for f in src/pkg/sql/*.sql; do cat $f; done"),
        ("ruff check utils tasks", "ruff check src/pkg/utils src/pkg/run.py"),
        ("ls utils tasks", "ls src/pkg/utils src/pkg/run.py tasks"),
        ("cd utils && python load.py", "cd src/pkg/utils && python -m pkg.utils.load"),
        ("cd utils\ncat db.py\ncd ..\ncat sql/x.sql",
         "cd src/pkg/utils\ncat db.py\ncd ../../..\ncat src/pkg/sql/x.sql"),
        ("(cd utils; ls)\ncat sql/x.sql", "(cd src/pkg/utils; ls)\ncat src/pkg/sql/x.sql"),
        ("SQL_DIR=sql\ncat $SQL_DIR/x.sql", "SQL_DIR=src/pkg/sql\ncat $SQL_DIR/x.sql"),
        ("python \\\n  utils/load.py \\\n  --x", "python \\\n  -m pkg.utils.load \\\n  --x"),
        ("cat sql/x.sql | wc -l # sql/x.sql", "cat src/pkg/sql/x.sql | wc -l # sql/x.sql"),
    ],
)  # fmt: skip
def test_a_command_follows(before: str, after: str) -> None:
    assert followed("run.sh", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "python config/a.yaml",
        'echo "python utils/load.py"',
        "# python utils/load.py",
        "git commit -m utils",
        "pytest -k utils -m tasks",
        "find . -name utils",
        "curl https://host/utils/load.py",
        "cat /srv/utils/load.py",
        "cat ../utils/load.py",
        "python -c 'open(\"sql\")'",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("run.sh", text, MOVES, STAYS) == (text, [])


def test_a_command_in_a_text_is_reported() -> None:
    text = "ssh host <<END\npython utils/load.py\nEND\n"
    message = "2: it seems to name utils/load.py, which is now src/pkg/utils/load.py"
    assert followed("run.sh", text, MOVES, STAYS) == (text, [message])


def test_a_folder_that_came_apart_is_reported_where_it_cannot_be_several() -> None:
    text, about = followed("run.sh", "cp -r tasks /tmp", MOVES, STAYS)
    assert text == "cp -r tasks /tmp"
    assert about == ['1: "tasks" names tasks, whose files have different places now']


def test_a_script_that_moves_still_finds_what_is_beside_it() -> None:
    text = 'HERE="$(cd "$(dirname "$0")" && pwd)"\npython "$HERE/load.py"\ncat $HERE/../sql/x.sql\n'
    moves = {**MOVES, "utils/run.sh": "bin/run.sh"}
    after, about = followed("utils/run.sh", text, moves, STAYS)
    assert not about
    assert after.splitlines()[1:] == [
        "python -m pkg.utils.load",
        "cat $HERE/../src/pkg/sql/x.sql",
    ]
