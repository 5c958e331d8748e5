"""Where a text stands says what is wanted there: a path, a pattern, words, or something else."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.path_consumers import Wanted, may_open
from relayout.inventory.path_texts import PathTexts
from relayout.inventory.path_uses import PathUse, uses_in


def uses(code: str) -> list[PathUse]:
    module = ast.parse("import glob, os, subprocess\nimport pandas as pd\n" + code)
    return uses_in(module, PathTexts(module, {}, {}))


def wanted(code: str) -> Wanted | None:
    [use] = [use for use in uses(code) if use.text.own == "a/b"]
    return use.wanted


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("open('a/b')", Wanted.PATH),
        ("image.open('a/b')", Wanted.PATH),
        ("os.listdir('a/b')", Wanted.PATH),
        ("pd.read_csv('a/b')", Wanted.PATH),
        ("pd.read_csv(filepath_or_buffer='a/b')", Wanted.PATH),
        ("frame.to_parquet('a/b')", Wanted.PATH),
        ("FileSystemLoader(['a/b', x])", Wanted.PATH),
        ("DATA_DIR = 'a/b'", Wanted.PATH),
        ("glob.glob('a/b')", Wanted.PATTERN),
        ("subprocess.run(['python', 'a/b'])", Wanted.WORDS),
        ("os.system('a/b')", Wanted.WORDS),
        ("parser.add_argument('--x', default='a/b')", Wanted.DEFAULT),
        ("os.getenv('X', 'a/b')", Wanted.DEFAULT),
        ("x = 'a/b'", None),
        ("f('a/b')", None),
        ("f({'x': 'a/b'})", None),
        ("f({'a/b': x})", Wanted.NOT_A_PATH),
        ("f({'s3_key': 'a/b'})", Wanted.NOT_A_PATH),
        ("d['a/b']", Wanted.NOT_A_PATH),
        ("x == 'a/b'", Wanted.NOT_A_PATH),
        ("print('a/b')", Wanted.NOT_A_PATH),
        ("log.info('a/b')", Wanted.NOT_A_PATH),
        ("s3.put_object(Key='a/b')", Wanted.NOT_A_PATH),
        ("s3.download_file(x, 'a/b', y)", Wanted.NOT_A_PATH),
        ("s3.download_file(x, y, 'a/b')", None),
        ("session.get('a/b')", Wanted.NOT_A_PATH),
        ("config.get('x', 'a/b')", None),
        ("parser.add_argument('--x', help='a/b')", Wanted.NOT_A_PATH),
        ("TABLE_URL = 'a/b'", Wanted.NOT_A_PATH),
    ],
)
def test_what_is_wanted(code: str, expected: Wanted | None) -> None:
    assert wanted(code) is expected


@pytest.mark.parametrize(
    "code", ["'a/b'", "def f():\n    'a/b'", "x: 'a/b' = y", "def f(x: 'a/b') -> 'a/b': pass"]
)
def test_docstrings_and_annotations_are_no_uses(code: str) -> None:
    assert [use for use in uses(code) if use.text.own == "a/b"] == []


def test_what_a_name_is_given_is_told_from_its_uses() -> None:
    found = uses("NAME = 'a/b'\nclass C:\n    inner = 'c/d'\ndef f():\n    local = 'e/f'\n")
    told = {use.text.own: (use.bound, use.visible_as) for use in found}
    assert told == {"a/b": ("NAME", "NAME"), "c/d": ("inner", "C"), "e/f": ("local", "")}


def test_a_command_with_a_folder_of_its_own() -> None:
    [use] = [u for u in uses("subprocess.run(['a/b'], cwd='c')") if u.text.own == "a/b"]
    assert use.has_own_folder


def test_signs_of_code_that_opens_files() -> None:
    assert may_open("x = open('a')")
    assert may_open("from dotenv import load_dotenv")
    assert not may_open("def add(a, b):\n    return a + b\n")
