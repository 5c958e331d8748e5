"""Settings of VS Code, and workspaces."""

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
                '{"configurations": [{"name": "utils/load.py", "program": '
                '"${workspaceFolder}/utils/load.py"}]}'
            ),
            (
                '{"configurations": [{"name": "utils/load.py", "program": '
                '"${workspaceFolder}/src/pkg/utils/load.py"}]}'
            ),
        ),
        (
            (
                '{"configurations": [{"program": "utils/load.py", "args": ["--sql", '
                '"sql/x.sql", "sql",],}]}'
            ),
            (
                '{"configurations": [{"program": "src/pkg/utils/load.py", "args": '
                '["--sql", "src/pkg/sql/x.sql", "sql",],}]}'
            ),
        ),
        (
            ('{"configurations": [{"program": "${workspaceFolder}\\\\utils\\\\load.py"}]} // end'),
            (
                '{"configurations": [{"program": '
                '"${workspaceFolder}\\\\src\\\\pkg\\\\utils\\\\load.py"}]} // end'
            ),
        ),
        (
            '{"configurations": [{"program": "${workspaceFolder:app}/utils/load.py"}]}',
            '{"configurations": [{"program": "${workspaceFolder:app}/src/pkg/utils/load.py"}]}',
        ),
        (
            '{"configurations": [{"module": "utils.load", "args": ["sql/x.sql"]}]}',
            '{"configurations": [{"module": "pkg.utils.load", "args": ["src/pkg/sql/x.sql"]}]}',
        ),
        (
            '{"configurations": [{"module": "uvicorn", "args": ["utils.load:app"]}]}',
            '{"configurations": [{"module": "uvicorn", "args": ["pkg.utils.load:app"]}]}',
        ),
        (
            '{"configurations": [{"module":"pytest","args":["utils", "-k", "sql"]}]}',
            '{"configurations": [{"module":"pytest","args":["src/pkg/utils", "-k", "sql"]}]}',
        ),
        (
            '{"configurations": [{"program": "load.py", "cwd": "${workspaceFolder}/utils"}]}',
            (
                '{"configurations": [{"program": "load.py", "cwd": '
                '"${workspaceFolder}/src/pkg/utils"}]}'
            ),
        ),
        (
            '{"configurations": [{"program": "a", "envFile": "${workspaceFolder}/sql/x.sql"}]}',
            (
                '{"configurations": [{"program": "a", "envFile": '
                '"${workspaceFolder}/src/pkg/sql/x.sql"}]}'
            ),
        ),
        (
            '{"configurations": [{"env": {"SQL": "./sql/x.sql"}}]}',
            '{"configurations": [{"env": {"SQL": "./src/pkg/sql/x.sql"}}]}',
        ),
    ],
)
def test_what_is_debugged_follows(before: str, after: str) -> None:
    assert followed(".vscode/launch.json", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            ('{"tasks": [{"label": "utils", "type": "shell", "command": "python utils/load.py"}]}'),
            (
                '{"tasks": [{"label": "utils", "type": "shell", "command": "python -m '
                'pkg.utils.load"}]}'
            ),
        ),
        (
            '{"tasks": [{"command": "python", "args": ["utils/load.py", "--x"]}]}',
            '{"tasks": [{"command": "python", "args": ["-m", "pkg.utils.load", "--x"]}]}',
        ),
        (
            '{"tasks": [{"command": "python", "args": ["-m", "utils.load"]}]}',
            '{"tasks": [{"command": "python", "args": ["-m", "pkg.utils.load"]}]}',
        ),
        (
            '{"tasks": [{"command": "${workspaceFolder}/scripts/start.sh"}]}',
            '{"tasks": [{"command": "${workspaceFolder}/tools/start.sh"}]}',
        ),
        (
            (
                '{"tasks": [{"command": "python load.py", "options": {"cwd": '
                '"${workspaceFolder}/utils"}}]}'
            ),
            (
                '{"tasks": [{"command": "python -m pkg.utils.load", "options": {"cwd": '
                '"${workspaceFolder}/src/pkg/utils"}}]}'
            ),
        ),
        (
            '{"tasks": [{"command": "python utils/load.py", "args": ["sql/x.sql"]}]}',
            ('{"tasks": [{"command": "python -m pkg.utils.load", "args": ["src/pkg/sql/x.sql"]}]}'),
        ),
        (
            (
                '{"tasks": [{"command": "${workspaceFolder}/.venv/bin/python", "args": '
                '["${workspaceFolder}/utils/load.py"]}]}'
            ),
            (
                '{"tasks": [{"command": "${workspaceFolder}/.venv/bin/python", "args": '
                '["-m", "pkg.utils.load"]}]}'
            ),
        ),
        (
            '{"tasks": [{"command": "python \\"utils/load.py\\""}]}',
            '{"tasks": [{"command": "python -m pkg.utils.load"}]}',
        ),
    ],
)
def test_a_task_follows(before: str, after: str) -> None:
    assert followed(".vscode/tasks.json", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '{"python.testing.pytestArgs": ["utils", "--rootdir=sql"]}',
            '{"python.testing.pytestArgs": ["src/pkg/utils", "--rootdir=src/pkg/sql"]}',
        ),
        (
            '{"files.exclude": {"**/__pycache__": true, "utils/**/*.pyc": true, "sql": true}}',
            (
                '{"files.exclude": {"**/__pycache__": true, "src/pkg/utils/**/*.pyc": '
                'true, "src/pkg/sql": true}}'
            ),
        ),
        (
            '{"python.envFile": "${workspaceFolder}/sql/x.sql"}',
            '{"python.envFile": "${workspaceFolder}/src/pkg/sql/x.sql"}',
        ),
        ('{"[python]": {"a": "sql/x.sql"},}', '{"[python]": {"a": "src/pkg/sql/x.sql"},}'),
    ],
)
def test_a_setting_follows(before: str, after: str) -> None:
    assert followed(".vscode/settings.json", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        '{"x": "utils", "cSpell.words": ["utils", "sql"]}',
        '{"python.analysis.extraPaths": ["./utils"]}',
        '{"files.associations": {"sql": "utils"}}',
        '{"python.defaultInterpreterPath": ".venv/bin/python"}',
        '{"a": "sql/x.sql"',
        '["recommendations"]',
    ],
)
def test_what_only_looks_like_a_path_is_left(text: str) -> None:
    assert followed(".vscode/settings.json", text, MOVES, STAYS) == (text, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (
                '{"folders": [{"path": "utils"}, {"path": "."}, {"name": "sql", "path": '
                '"./sql"}], "settings": {"a": "utils"}}'
            ),
            (
                '{"folders": [{"path": "src/pkg/utils"}, {"path": "."}, {"name": "sql", '
                '"path": "./src/pkg/sql"}], "settings": {"a": "utils"}}'
            ),
        ),
    ],
)
def test_the_folders_of_a_workspace_follow(before: str, after: str) -> None:
    assert followed("x.code-workspace", before, MOVES, STAYS) == (after, [])
