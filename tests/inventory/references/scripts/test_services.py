"""Procfiles, units of systemd and supervisor's files."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tasks/run.py": "src/pkg/run.py",
    "sql/x.sql": "src/pkg/sql/x.sql",
    "scripts/common.sh": "tools/common.sh",
    "scripts/start.sh": "tools/start.sh",
}
STAYS = ("config/a.yaml", "tasks/notes.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (
                "web: gunicorn utils.load:app --log-file -\n"
                "worker: python utils/load.py\n"
                "release: cd utils && python db.py\n"
            ),
            (
                "web: gunicorn pkg.utils.load:app --log-file -\n"
                "worker: python -m pkg.utils.load\n"
                "release: cd src/pkg/utils && python -m pkg.utils.db\n"
            ),
        ),
    ],
)
def test_a_procfile_follows(before: str, after: str) -> None:
    assert followed("Procfile", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (
                "[Service]\n"
                "WorkingDirectory=/srv/app\n"
                "ExecStart=/srv/app/.venv/bin/python /srv/app/utils/load.py\n"
            ),
            (
                "[Service]\n"
                "WorkingDirectory=/srv/app\n"
                "ExecStart=/srv/app/.venv/bin/python -m pkg.utils.load\n"
            ),
        ),
        (
            "[Service]\nWorkingDirectory=/srv/app\nExecStartPre=-/srv/app/scripts/start.sh\n",
            "[Service]\nWorkingDirectory=/srv/app\nExecStartPre=-/srv/app/tools/start.sh\n",
        ),
        (
            '[Service]\nWorkingDirectory=/srv/app\nEnvironment="SQL=/srv/app/sql/x.sql"\n',
            (
                "[Service]\n"
                "WorkingDirectory=/srv/app\n"
                'Environment="SQL=/srv/app/src/pkg/sql/x.sql"\n'
            ),
        ),
        (
            "[Service]\nWorkingDirectory=/srv/app\nExecStart=/usr/bin/python3 -m utils.load\n",
            (
                "[Service]\n"
                "WorkingDirectory=/srv/app\n"
                "ExecStart=/usr/bin/python3 -m pkg.utils.load\n"
            ),
        ),
        (
            "[Service]\nWorkingDirectory=/srv/app/utils\nExecStart=/usr/bin/python3 load.py\n",
            (
                "[Service]\n"
                "WorkingDirectory=/srv/app/src/pkg/utils\n"
                "ExecStart=/usr/bin/python3 -m pkg.utils.load\n"
            ),
        ),
        (
            (
                "[Service]\n"
                "WorkingDirectory=/srv/app\n"
                "ExecStart=/bin/bash -c 'python utils/load.py \\\n"
                "  --all'\n"
            ),
            (
                "[Service]\n"
                "WorkingDirectory=/srv/app\n"
                "ExecStart=/bin/bash -c 'python -m pkg.utils.load \\\n"
                "  --all'\n"
            ),
        ),
    ],
)
def test_a_unit_that_says_where_the_repository_is_follows(before: str, after: str) -> None:
    assert followed("deploy/x.service", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        (
            "[Unit]\n"
            "Description=utils\n"
            "[Service]\n"
            "WorkingDirectory=/srv/other\n"
            "ExecStart=/usr/bin/python3 x.py\n"
        ),
        "[Service]\nExecStart=/usr/bin/python3 /srv/app/utils/load.py\n",
        "[Service]\nWorkingDirectory=/srv/utils\nExecStart=/usr/bin/python3 other.py\n",
    ],
)
def test_a_unit_of_something_else_is_left(text: str) -> None:
    assert followed("deploy/x.service", text, MOVES, STAYS) == (text, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[Service]\nExecStart=python utils/load.py\n",
            "2: it seems to name utils/load.py, which is now src/pkg/utils/load.py",
        ),
        (
            "[Service]\nWorkingDirectory=%h/app\nExecStart=python utils/load.py\n",
            "3: it seems to name utils/load.py, which is now src/pkg/utils/load.py",
        ),
    ],
)
def test_a_unit_in_an_unknown_folder_is_reported(text: str, message: str) -> None:
    assert followed("deploy/x.service", text, MOVES, STAYS) == (text, [message])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "[program:utils]\ncommand=python utils/load.py\ndirectory=/srv/app\n",
            "[program:utils]\ncommand=python -m pkg.utils.load\ndirectory=/srv/app\n",
        ),
        (
            "[program:b]\ncommand=/srv/app/venv/bin/python -u utils/db.py ; comment\n",
            "[program:b]\ncommand=/srv/app/venv/bin/python -u -m pkg.utils.db ; comment\n",
        ),
        (
            ("[program:a]\r\ncommand = python utils/load.py\r\n[include]\r\nfiles = sql/*.sql\r\n"),
            (
                "[program:a]\r\n"
                "command = python -m pkg.utils.load\r\n"
                "[include]\r\n"
                "files = src/pkg/sql/*.sql\r\n"
            ),
        ),
        (
            "[program:a]\ndirectory=utils\ncommand=python load.py\n",
            "[program:a]\ndirectory=src/pkg/utils\ncommand=python -m pkg.utils.load\n",
        ),
    ],
)
def test_a_file_of_supervisor_follows(before: str, after: str) -> None:
    assert followed("supervisord.conf", before, MOVES, STAYS) == (after, [])
