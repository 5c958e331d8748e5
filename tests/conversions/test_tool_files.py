"""Tables that a file of the repository stands for are not brought by the template."""

from __future__ import annotations

import pytest

from relayout.conversions.tool_files import tables_elsewhere
from relayout.tree import Tree


@pytest.mark.parametrize(
    ("path", "text", "tables"),
    [
        ("pytest.ini", "", ("tool.pytest",)),
        ("setup.cfg", "[tool:pytest]\naddopts = -q\n", ("tool.pytest",)),
        ("tox.ini", "[tox]\n[pytest]\naddopts = -q\n", ("tool.pytest",)),
        ("setup.cfg", "[mypy]\nstrict = true\n", ("tool.mypy",)),
        ("setup.cfg", "[coverage:report]\nfail_under = 1\n", ("tool.coverage",)),
        (".ruff.toml", "", ("tool.ruff",)),
        ("workspace.yaml", "", ("tool.dagster",)),
        ("dg.toml", "", ("tool.dagster",)),
        (".flake8", "[flake8]\n", ()),
        ("setup.cfg", "[metadata]\nname = x\n# [mypy]\n", ()),
        ("tox.ini", "[tox]\n", ()),
        ("sub/pytest.ini", "[pytest]\n", ()),
    ],
)
def test_tables_elsewhere(path: str, text: str, tables: tuple[str, ...]) -> None:
    assert tables_elsewhere(Tree.of({path: text})) == tables
