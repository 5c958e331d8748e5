"""Pyright's own file names folders."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "src/pkg/tasks/old.py",
}
STAYS = ("tests/test_a.py",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"include": ["utils", "tests"]}', '{"include": ["src/pkg/utils", "tests"]}'),
        (
            '{ // utils\n "strict": ["utils/**"],\n}',
            '{ // utils\n "strict": ["src/pkg/utils/**"],\n}',
        ),
        (
            '{"executionEnvironments": [{"root": "utils"}]}',
            '{"executionEnvironments": [{"root": "src/pkg/utils"}]}',
        ),
        (
            '{"exclude": [\r\n  "tasks"\r\n]}',
            '{"exclude": [\r\n  "src/pkg/run.py",\r\n  "src/pkg/tasks"\r\n]}',
        ),
    ],
)
def test_a_setting_follows(before: str, after: str) -> None:
    assert followed("pyrightconfig.json", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    ['{"venv": "utils"}', '{"include": ["**/utils"]}', '{"include": ["utils"', "[]", '"utils"'],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("pyrightconfig.json", text, MOVES, STAYS) == (text, [])
