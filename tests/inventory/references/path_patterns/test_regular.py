"""Regular expressions for paths follow the literal paths in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import followed
from relayout.inventory.configured_paths.values import scene_in
from relayout.inventory.references.commandline.surroundings import Surroundings
from relayout.inventory.references.commandline.words import Word
from relayout.inventory.references.path_patterns.regular import regular_paths
from relayout.inventory.references.reference import ROOT
from relayout.tree import Tree

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/sql/x.sql": "src/pkg/utils/sql/x.sql",
    "jobs/old/run.py": "src/pkg/run.py",
    "sql/y.sql": "src/pkg/sql/y.sql",
}
STAYS = ("tests/a-b/test_x.py", "docs/index.md")


def setting(expression: str) -> str:
    return f"[tool.black]\nexclude = '''{expression}'''\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("^utils/", "^src/pkg/utils/"),
        ("^/utils/", "^/src/pkg/utils/"),
        ("^utils/load.py$", "^src/pkg/utils/load\\.py$"),
        ("^utils/load\\.py$", "^src/pkg/utils/load\\.py$"),
        ("^(utils|sql|tests)/", "^(src/pkg/utils|src/pkg/sql|tests)/"),
        ("^(?:utils|sql)/", "^(?:src/pkg/utils|src/pkg/sql)/"),
        ("(?x)^(\n  utils/ # sql\n  | sql/\n)",
         "(?x)^(\n  src/pkg/utils/ # sql\n  | src/pkg/sql/\n)"),
        ("^utils/.*\\.py$", "^src/pkg/utils/.*\\.py$"),
        ("^utils/l[a-z]+\\.py", "^src/pkg/utils/l[a-z]+\\.py"),
        ("^utils/(load|other)\\.py", "^src/pkg/utils/(load|other)\\.py"),
        ("^(?!utils/)", "^(?!src/pkg/utils/)"),
        ("docs|^utils", "docs|^src/pkg/utils"),
        ("jobs/old/run\\.py", "src/pkg/run\\.py"),
    ],
)  # fmt: skip
def test_an_expression_follows(before: str, after: str) -> None:
    assert followed("pyproject.toml", setting(before), MOVES, STAYS) == (setting(after), [])


@pytest.mark.parametrize(
    "expression",
    [
        "utils",
        "/utils/",
        "(utils|sql)/",
        "(^|/)utils/",
        "utils/load\\.py",
        "utils/sql/",
        "^tests/a-b/test_x\\.py",
        "^utilsother/",
        "^[utils]/sql",
        "\\butils\\b",
        "^utils*/",
        "^(x|y)utils",
        "[",
        "(((",
        "))))^",
    ],
)
def test_what_is_still_right_or_no_path_is_left(expression: str) -> None:
    text = setting(expression)
    assert followed("pyproject.toml", text, MOVES, STAYS) == (text, [])


TREE = Tree.of(dict.fromkeys(MOVES, ""))
AROUND = Surroundings("pyproject.toml", "pyproject", scene_in("", "pyproject.toml", TREE), ROOT)


@given(st.text(alphabet="^$()|[]\\.*+?{}/#\n utilsq"))
def test_a_literal_part_is_what_stands_there(expression: str) -> None:
    for found in regular_paths(Word(3, 3 + len(expression), expression), AROUND):
        assert expression[found.start - 3 : found.end - 3] == found.text


@pytest.mark.parametrize("mark", ["(", "|", "^", "utils/", "\\", "[", "(?"])
def test_much_of_one_thing_is_read_in_no_time(mark: str) -> None:
    list(regular_paths(Word(0, 10_000 * len(mark), mark * 10_000), AROUND))
