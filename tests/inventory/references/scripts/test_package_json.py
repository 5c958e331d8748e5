"""The scripts of a package.json."""

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
                '{"scripts": {"load": "python utils/load.py", "utils": "cd utils && '
                'python load.py"}}'
            ),
            (
                '{"scripts": {"load": "python -m pkg.utils.load", "utils": "cd '
                'src/pkg/utils && python -m pkg.utils.load"}}'
            ),
        ),
        (
            '{"scripts": {"c": "python \\"utils/load.py\\" --x"}}',
            '{"scripts": {"c": "python -m pkg.utils.load --x"}}',
        ),
        (
            '{"scripts": {"d": "python utils\\\\load.py", "e": "cat sql\\\\x.sql"}}',
            (
                '{"scripts": {"d": "python -m pkg.utils.load", "e": "cat '
                'src\\\\pkg\\\\sql\\\\x.sql"}}'
            ),
        ),
        (
            '{"scripts": {"e": "concurrently \\"python utils/load.py\\" \\"npm run utils\\""}}',
            (
                '{"scripts": {"e": "concurrently \\"python -m pkg.utils.load\\" \\"npm run '
                'utils\\""}}'
            ),
        ),
        (
            '{"scripts": {"g": "cross-env A=1 python utils/load.py"}}',
            '{"scripts": {"g": "cross-env A=1 python -m pkg.utils.load"}}',
        ),
    ],
)
def test_a_script_follows(before: str, after: str) -> None:
    assert followed("package.json", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        (
            '{"name": "utils", "main": "utils/load.py", "scripts": {"utils": '
            '"npm-run-all sql utils"}}'
        ),
        '{"scripts": "python utils/load.py"}',
        '{"scripts": {"a": "python utils/load.py"',
    ],
)
def test_what_is_no_command_is_left(text: str) -> None:
    assert followed("package.json", text, MOVES, STAYS) == (text, [])
