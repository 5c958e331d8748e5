"""Tables of keys say what is read in a file of YAML."""

from __future__ import annotations

import pytest

from relayout.inventory.references.data.keyed_yaml import (
    Table,
    around_file,
    as_command,
    as_data,
    as_module,
    as_object,
    as_path,
    read_keyed,
)
from relayout.tree import Tree

FILES = ("code/load.py", "code/__init__.py", "sql/x.sql", "conf/a.yml")
TREE = Tree.of(dict.fromkeys(FILES, ""))


def named(text: str, table: Table) -> list[tuple[str, str]]:
    found = read_keyed(text, table, around_file("a.yml", "k", TREE))
    return [(r.text, r.path) for r in found]


@pytest.mark.parametrize(
    ("keys", "is_read"),
    [
        ("a/b", True), ("a/*", True), ("*/b", True), ("**/b", True), ("a/**/b", True),
        ("**/a/**/b", True), ("b", False), ("a", False), ("a/b/c", False), ("a/*/b", False),
        ("A/b", False), ("a.b", False), ("*", False),
    ],
)  # fmt: skip
def test_keys_are_those_of_the_table(keys: str, is_read: bool) -> None:
    expected = [("sql/x.sql", "sql/x.sql")] if is_read else []
    for text in ("a: {b: sql/x.sql}", "a: [{b: [sql/x.sql]}]", "sql/x.sql: 1\na:\n- b: sql/x.sql"):
        assert named(text, ((keys, as_path),)) == expected


@pytest.mark.parametrize(
    "value", ["/sql/x.sql", "~/sql/x.sql", "s3://sql/x.sql", "C:/sql", "$HOME/sql", "'{{ sql }}/x'",
              "!sql/x.sql", "'!sql'", "none.sql", "''", "../sql/x.sql", "|\n  sql/x.sql\n  a"],
)  # fmt: skip
def test_what_is_no_path_of_the_repository_is_left(value: str) -> None:
    assert named(f"a: {value}", (("a", as_path),)) == []


def test_values_are_read_in_different_ways() -> None:
    assert named("a: python code/load.py", (("a", as_command),)) == [("code/load.py",) * 2]
    assert named("a: code.load", (("a", as_module),)) == [("code.load", "code/load.py")]
    assert named("a: code/load.py:main", (("a", as_object),)) == [("code/load.py",) * 2]
    assert named("a: code.load.main", (("a", as_object),)) == [("code.load", "code/load.py")]
    assert named("a: code.load:main", (("a", as_object),)) == [("code.load", "code/load.py")]
    assert named("a: out/x.db", (("a", as_data),)) == [("out/x.db",) * 2]
    assert named("a: ':memory:'", (("a", as_data),)) == []
