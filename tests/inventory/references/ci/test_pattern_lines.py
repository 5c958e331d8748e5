"""Files with a pattern in each line follow what the patterns are for."""

from __future__ import annotations

import pytest

from references import followed
from relayout.inventory.references.ci.pattern_lines import is_pattern_file

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.csv": "src/pkg/utils/db.csv",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "__legacy/tasks/old.py",
    "sql/x.sql": "src/pkg/queries/x.sql",
    "main.py": "src/pkg/main.py",
}
STAYS = ("__legacy/x.py", "config/a.yaml", "docs/utils.md", "setup.py")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/utils/ @team", "/src/pkg/utils/ @team"),
        ("/utils @team\t@b # who\n", "/src/pkg/utils @team\t@b # who\n"),
        ("utils/load.py a@b.org", "src/pkg/utils/load.py a@b.org"),
        ("/utils/*.csv @t\r\n* @all\r\n", "/src/pkg/utils/*.csv @t\r\n* @all\r\n"),
        ("/tasks/ @t @u # why\n*.md @d\n",
         "/__legacy/tasks/ @t @u\n/src/pkg/run.py @t @u # why\n*.md @d\n"),
        ("/tasks/*.py @t\r\n", "/__legacy/tasks/*.py @t\r\n/src/pkg/run.py @t\r\n"),
        ("sql/ @t", "src/pkg/queries/ @t"),
        ("[Data][2] @t\n/sql/\n^[Other]\nutils/**", "[Data][2] @t\n/src/pkg/queries/\n^[Other]\n"
         "src/pkg/utils/**"),
        ("/*.py @t\n", "/*.py @t\n/src/pkg/main.py @t\n"),
    ],
)  # fmt: skip
def test_owners_follow(before: str, after: str) -> None:
    assert followed(".github/CODEOWNERS", before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "text",
    [
        "* @team",
        "utils/ @team",
        "load.py @team",
        "*.py @team",
        "**/utils/** @team",
        "# /utils/ @team",
        "/docs/ @utils/team",
        "/config/ @sql",
        "[utils/load.py] @x",
        "utils\\ x/ @team",
        "/gone/ @team",
        "docs/ utils/load.py",
    ],
)
def test_what_still_holds_is_left(text: str) -> None:
    assert followed("CODEOWNERS", text, MOVES, STAYS) == (text, [])


def test_attributes_count_from_their_folder() -> None:
    text = "*.csv filter=lfs diff=lfs\n/db.csv -text\n[attr]big -diff\n"
    moves = {**MOVES, "utils/.gitattributes": "data/.gitattributes"}
    after, about = followed("utils/.gitattributes", text, moves, STAYS)
    assert after == text
    assert about == ['2: "/db.csv" names utils/db.csv, which is now src/pkg/utils/db.csv, '
                     "out of reach from here"]  # fmt: skip
    after, about = followed(".gitattributes", "utils/*.csv filter=lfs\n", MOVES, STAYS)
    assert (after, about) == ("src/pkg/utils/*.csv filter=lfs\n", [])


def test_patterns_of_a_folder_that_moves_stay_right() -> None:
    text = "*\n!load.py\n!/db.csv\n/out/\n"
    moves = {**MOVES, "utils/.gitignore": "src/pkg/utils/.gitignore"}
    assert followed("utils/.gitignore", text, moves, STAYS) == (text, [])


def test_what_is_ignored_by_others_follows() -> None:
    text = "utils/\n/utils/*\n!/tasks/*.py\nsql\n#utils/x\n"
    after = "utils/\n/src/pkg/utils/*\n!/__legacy/tasks/*.py\n!/src/pkg/run.py\n"
    after += "src/pkg/queries\n#utils/x\n"
    assert followed(".gcloudignore", text, MOVES, STAYS) == (after, [])


def test_names_count_from_the_context_of_an_image() -> None:
    text = "utils\n**/*.pyc\n!a.yaml\n"
    moves = {"api/utils/load.py": "api/src/utils/load.py"}
    after, about = followed("api/.dockerignore", text, moves, ["api/a.yaml"])
    assert (after, about) == ("src/utils\n**/*.pyc\n!a.yaml\n", [])


def test_the_files_that_patterns_are_added_to_are_not_read() -> None:
    assert not is_pattern_file(".gitignore")
    assert not is_pattern_file(".dockerignore")
    assert is_pattern_file("a/.gitignore")


@pytest.mark.parametrize("text", ["/" * 10_000, "\0", "*" * 5000, "[\n" * 1000, "!" * 100, "\r\r"])
def test_no_text_is_too_strange(text: str) -> None:
    assert followed("CODEOWNERS", text, MOVES, STAYS) == (text, [])
