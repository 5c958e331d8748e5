"""Hooks name the files that they are for, and the programs that they run."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references import followed

MOVES = {
    "utils/load.py": "src/pkg/utils/load.py",
    "utils/db.py": "src/pkg/utils/db.py",
    "tasks/run.py": "src/pkg/run.py",
    "tasks/old.py": "__legacy/tasks/old.py",
    "sql/x.sql": "src/pkg/queries/x.sql",
}
STAYS = ("__legacy/x.py", "config/a.yaml", "docs/a.md")
FILE = ".pre-commit-config.yaml"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("^utils/", "^src/pkg/utils/"),
        ("^(utils|sql|docs)/", "^(src/pkg/utils|src/pkg/queries|docs)/"),
        (r"^utils/load\.py$", r"^src/pkg/utils/load\.py$"),
        (r"^(?:utils/.*|sql/x\.sql)$", r"^(?:src/pkg/utils/.*|src/pkg/queries/x\.sql)$"),
        (r"^utils/[^/]+\.py$|^docs/", r"^src/pkg/utils/[^/]+\.py$|^docs/"),
        ("^(docs/|tasks/)", r"^(docs/|__legacy/tasks/|src/pkg/run\.py)"),
        ("^docs/|^tasks/", r"^docs/|^__legacy/tasks/|^src/pkg/run\.py"),
        ("sql/", "src/pkg/queries/"),
        ("^sql(/|$)", "^src/pkg/queries(/|$)"),
        ("^(?!utils/)", "^(?!src/pkg/utils/)"),
        ("^utils/load.py", "^src/pkg/utils/load\\.py"),
        ("(?x)^(\n  utils/.* |  # those\n  tasks/\n)", "(?x)^(\n  src/pkg/utils/.* |  # those\n"
         "  __legacy/tasks/|\n  src/pkg/run\\.py\n)"),
    ],
)  # fmt: skip
def test_an_expression_follows(before: str, after: str) -> None:
    lines = before.replace("\n", "\n      ")
    texts = [f"exclude: |-\n      {lines}\n", f"repos:\n- hooks:\n  - files: |-\n      {lines}\n"]
    if "\n" not in before:
        texts += [f"exclude: '{before}'\n", f"files: {before}  # here\n"]
    for text in texts:
        expected = text.replace(lines, after.replace("\n", "\n      "))
        assert followed(FILE, text, MOVES, STAYS) == (expected, [])


def test_an_expression_in_double_quotes_follows_without_escapes() -> None:
    before = 'files: "^(docs/|tasks/|utils/)"\n'
    after = 'files: "^(docs/|__legacy/tasks/|src/pkg/run.py|src/pkg/utils/)"\n'
    assert followed(FILE, before, MOVES, STAYS) == (after, [])


@pytest.mark.parametrize(
    "expression",
    [
        r"utils/", r"(^|/)utils/", r".*/sql/.*", r"\.sql$", r"^docs/utils", r"^src/(utils|sql)/",
        r"^utils_old/", r"^[us]tils/", r"\butils\b", r"^(?P<a>docs)/sql", r"load\.py$",
        r"^docs/(sql|utils)", r"(", r"[", r"\\", r"(?x)", r"^(?i)docs",
    ],
)  # fmt: skip
def test_an_expression_that_holds_is_left(expression: str) -> None:
    text = f"exclude: |\n  {expression}\n"
    assert followed(FILE, text, MOVES, STAYS) == (text, [])


@pytest.mark.parametrize("expression", ["^utils.*\\.py$", "^(utils|x)_old/", "^((utils))x"])
def test_the_beginning_of_a_name_is_reported(expression: str) -> None:
    text = f"files: {expression}\n"
    after, about = followed(FILE, text, MOVES, STAYS)
    assert after == text
    assert about == ['1: "utils" names utils, which may be only the beginning of a name here']


def test_a_folder_that_came_apart_is_reported_where_it_cannot_be_several() -> None:
    text = "files: ^tasks/.*$\n"
    after, about = followed(FILE, text, MOVES, STAYS)
    assert after == text
    assert about == ['1: "tasks/" names tasks, whose files have different places now']


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("entry: python utils/load.py", "entry: python -m pkg.utils.load"),
        ("entry: ./utils/load.py --x", "entry: ./src/pkg/utils/load.py --x"),
        ("entry: python\n    args: [utils/load.py, --sql, sql/x.sql]",
         "entry: python\n    args: [-m, pkg.utils.load, --sql, src/pkg/queries/x.sql]"),
        ('entry: python -u\n    args: ["utils/load.py"]',
         'entry: python -u\n    args: ["-m", "pkg.utils.load"]'),
        ("entry: python\n    args:\n    - 'utils/load.py'\n",
         "entry: python\n    args:\n    - '-m'\n    - 'pkg.utils.load'\n"),
        ("args: [--config=sql/x.sql, --fix, utils]",
         "args: [--config=src/pkg/queries/x.sql, --fix, utils]"),
        ("additional_dependencies: [./utils, pandas]",
         "additional_dependencies: [./src/pkg/utils, pandas]"),
    ],
)  # fmt: skip
def test_what_a_hook_runs_follows(before: str, after: str) -> None:
    text = "repos:\n- repo: local\n  hooks:\n  - id: utils\n    name: sql/x.sql\n    "
    assert followed(FILE, text + before, MOVES, STAYS) == (text + after, [])


@given(st.text(st.sampled_from("utils/sql.load|()^$[]*+?\\x# \n"), max_size=40))
def test_an_expression_stays_one(expression: str) -> None:
    """Law: what compiles still compiles, and what it found before, it finds where it is now."""
    expression = expression.strip(" \n")  # YAML keeps no blanks there
    lines = expression.replace("\n", "\n  ")
    text = f"exclude: |2-\n  {lines}\n"
    after, about = followed(FILE, text, MOVES, STAYS)
    now = after[len("exclude: |2-\n  ") :].replace("\n  ", "\n").rstrip("\n")
    try:
        old = re.compile(expression.rstrip("\n"))
    except (re.error, OverflowError):
        return
    if now == expression.rstrip("\n"):
        return
    new = re.compile(now)
    for path in ("sql/x.sql", "utils/load.py"):
        if old.match(path) and not about:
            assert new.search(MOVES[path])
