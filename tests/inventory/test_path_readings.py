"""A text names what stands at its path in a tree, read as the code would read it."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.path_readings import PathReader, Reading, written_path
from relayout.inventory.path_texts import PathTexts
from relayout.inventory.path_uses import PathUse, uses_in
from relayout.tree import Tree

TREE = Tree.of(dict.fromkeys(("sql/a.sql", "sql/b.sql", "sql/in/c.sql", "top.txt"), ""))


def use_of(code: str) -> PathUse:
    module = ast.parse(f"import glob\nfrom pathlib import Path\n{code}")
    return uses_in(module, PathTexts(module, {}, {}))[0]


def read(code: str, folder: str = "") -> Reading | None:
    return PathReader(TREE).read(use_of(code), folder)


@pytest.mark.parametrize(
    ("code", "paths", "is_exact"),
    [
        ("open('sql/a.sql')", ("sql/a.sql",), True),
        ("open('./sql//a.sql')", ("sql/a.sql",), True),
        ("open(r'sql\\a.sql')", ("sql/a.sql",), True),
        ("open('sql/')", ("sql",), True),
        ("open('sql/new.sql')", ("sql",), False),
        ("open('sql/../top.txt')", ("top.txt",), True),
        ("create_engine('sqlite:///sql/x.db')", ("sql",), False),
        ("open(f'sql/{x}.sql')", ("sql/a.sql", "sql/b.sql", "sql/in/c.sql"), False),
        ("open(f'sql/in/{x}.txt')", ("sql/in",), False),
        ("glob.glob('sql/*.sql')", ("sql/a.sql", "sql/b.sql"), False),
        ("glob.glob('sql/**/c.sql')", ("sql/in/c.sql",), False),
        ("glob.glob('sql/[ab].sql')", ("sql/a.sql", "sql/b.sql"), False),
    ],
)
def test_what_a_text_names(code: str, paths: tuple[str, ...], is_exact: bool) -> None:
    reading = read(code)
    assert reading is not None
    assert (reading.paths, reading.is_exact) == (paths, is_exact)


@pytest.mark.parametrize(
    "code",
    [
        *("open('/sql/a.sql')", "open('~/sql')", "open('C:/sql/a.sql')", "open('s3://sql/a.sql')"),
        *("open('../sql')", "open('.')", "open('new.txt')", "open(f'{x}/a.sql')", "open('*.sql')"),
    ],
)
def test_what_names_nothing_tracked(code: str) -> None:
    assert read(code) is None


def test_a_text_counts_from_a_folder() -> None:
    reading = read("open('in/c.sql')", "sql")
    assert reading == Reading("sql/in/c.sql", ("sql/in/c.sql",), is_exact=True, is_file=True)


@pytest.mark.parametrize(
    ("code", "start", "text"),
    [
        ("open('./a/b')", 2, "a/b"),
        ("open('.\\\\a\\\\b')", 2, "a/b"),
        ("create_engine('sqlite:///./a.db')", 12, "a.db"),
        ("glob.glob('a/*.b')", 0, "a/"),
    ],
)
def test_the_part_of_a_literal_that_is_a_path(code: str, start: int, text: str) -> None:
    written = written_path(use_of(code))
    assert written is not None
    assert (written.start, written.text) == (start, text)


def test_many_unknown_parts_take_no_time() -> None:
    tree = Tree.of({"a/" + "b" * 200 + ".sql": ""})
    text = "{x}b" * 60
    assert PathReader(tree).read(use_of(f"open(f'a/{text}c')"), "") is not None
