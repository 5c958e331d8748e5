"""Code that starts dbt in the root, where its project was, is told of; other texts are not."""

from __future__ import annotations

import pytest

from migrations import migrate_files

FILES = {
    "Makefile": "run:\n\tpython jobs/run.py\n",
    "dbt_project.yml": "name: shop\n",
    "models/a.sql": "select 1\n",
}
MOVES = {path: f"pipelines/shop/dbt/{path}" for path in ("dbt_project.yml", "models/a.sql")}
HEAD = "import logging\nimport os\nimport subprocess\n\n"


def told(line: str, moves: dict[str, str] = MOVES) -> list[str]:
    """Return the messages about the only line of a program."""
    migration = migrate_files({**FILES, "jobs/run.py": f"{HEAD}{line}\n"}, moves=moves)
    return [one.message for one in migration.plan.findings if one.line == 5]


@pytest.mark.parametrize(
    "line",
    [
        "subprocess.run(['dbt', 'build', '--target', 'prod'], check=True)",
        "os.system('dbt --quiet build')",
        "command = ['dbt', 'build']",
        "cmd = 'dbt build'",
        "print(run_in_shell(bash_command='dbt build'))",
    ],
)
def test_a_command_that_finds_its_project_no_more(line: str) -> None:
    [message] = told(line)
    assert message.endswith(
        "looks for dbt_project.yml in the root, which is now in pipelines/shop/dbt"
    )


@pytest.mark.parametrize(
    "line",
    [
        "subprocess.run(['dbt', 'build', '--project-dir', '/srv/shop'], check=True)",
        "subprocess.run(['dbt', 'build'], cwd='/srv/shop', check=True)",
        "logging.info('dbt build is done')",
        "os.system('dbt --version')",
        "names = ['dbt', 'shop']",
        "title = 'dbt build'",
    ],
)
def test_other_commands_and_texts(line: str) -> None:
    assert told(line) == []


def test_where_the_project_stays_nothing_is_said() -> None:
    assert told("os.system('dbt build')", {"models/a.sql": "models/b.sql"}) == []


def test_many_options_take_no_longer_than_they_are() -> None:
    assert told(f"os.system('dbt {'--x ' * 5000}')") == []
