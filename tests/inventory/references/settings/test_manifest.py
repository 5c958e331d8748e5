"""Manifests name files and folders."""

from __future__ import annotations

import pytest

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/sql/x.sql": "src/pkg/utils/sql/x.sql",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "src/pkg/tasks/old.py",
}
STAYS = ("README.md", "docs/a.md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("include README.md utils/sql/x.sql", "include README.md src/pkg/utils/sql/x.sql"),
        ("include utils/sql/*.sql", "include src/pkg/utils/sql/*.sql"),
        ("recursive-include utils *.sql *.py", "recursive-include src/pkg/utils *.sql *.py"),
        ("recursive-exclude utils/sql *", "recursive-exclude src/pkg/utils/sql *"),
        (
            "graft utils\r\nprune utils/sql\r\n",
            "graft src/pkg/utils\r\nprune src/pkg/utils/sql\r\n",
        ),
        ("include \\\n  utils/load.py", "include \\\n  src/pkg/utils/load.py"),
        ("exclude tasks/run.py", "exclude src/pkg/run.py"),
    ],
)
def test_a_line_follows(before: str, after: str) -> None:
    assert followed("MANIFEST.in", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "global-include utils *.sql",
        "# graft utils",
        "recursive-include docs utils",
        "graft",
        "utils",
    ],
)
def test_what_names_nothing_that_moved_is_left(text: str) -> None:
    assert followed("MANIFEST.in", text, MOVES, STAYS) == (text, [])


def test_a_folder_that_came_apart_is_reported() -> None:
    about = ['1: "tasks" names tasks, whose files have different places now']
    assert followed("MANIFEST.in", "graft tasks", MOVES, STAYS) == ("graft tasks", about)
