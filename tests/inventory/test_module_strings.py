"""Which strings of a file may name a module, and as what."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.module_strings import literals_of, module_strings
from relayout.inventory.python import read_python
from relayout.tree import Tree


def found(code: str) -> set[tuple[str, str]]:
    """Return (text, place) of the strings that may name a module."""
    return {(x.string.text, x.string.place.value) for x in literals_of(ast.parse(code))}


@pytest.mark.parametrize(
    "code",
    [
        "import importlib\nimportlib.import_module('a')",
        "from importlib import import_module as load\nload('a')",
        "import importlib\nimportlib.import_module(name='a', package=None)",
        "__import__('a')",
        "import importlib.util as u\nu.find_spec('a')",
        "import runpy\nrunpy.run_module('a', run_name='__main__')",
        "import pkgutil\npkgutil.get_data('a', 'x')",
        "from importlib import resources\nresources.files('a')",
        "from importlib.resources import files\nfiles(anchor='a')",
        "import importlib_resources\nimportlib_resources.read_text('a', 'x')",
        "import pkg_resources\npkg_resources.resource_filename('a', 'x')",
        "import pytest\npytest.importorskip('a')",
        "import sys\nsys.modules['a']",
        "import sys\nsys.modules.pop('a', None)",
        "import sys\n'a' in sys.modules",
        "from sys import modules\ndel modules['a']",
        "import sys\nmonkeypatch.setitem(sys.modules, 'a', None)",
        "from unittest.mock import patch\npatch.dict('sys.modules', {'a': None})",
        "import sys\nmocker.patch.dict(sys.modules, values={'a': None})",
        "pytest_plugins = 'a'",
        "pytest_plugins = ('a',)",
        "run(['python', '-m', 'a', '-v'])",
        "run('python', '-m', 'a')",
        "run('cd x && python3.11 -u -m a --all')",
        "run(f'python -m a {n}')",
    ],
)
def test_strings_that_are_handed_over_as_a_module(code: str) -> None:
    assert found(code) - {("sys.modules", "object")} == {("a", "module")}
    strings = module_strings(ast.parse(code), code)
    assert ("a", "module") in [(s.text, s.place.value) for s in strings]


@pytest.mark.parametrize(
    "code",
    [
        "from unittest import mock\n@mock.patch('a.b')\ndef f(): pass",
        "import unittest.mock\nunittest.mock.patch('a.b', new=1)",
        "from mock import patch as p\np('a.b')",
        "from unittest.mock import patch as p\np.dict('a.b', {})",
        "patch.multiple('a.b', c=1)",
        "mocker.patch(target='a.b')",
        "mocker.patch.dict(in_dict='a.b')",
        "monkeypatch.setattr('a.b', 1)",
        "with monkeypatch.context() as m:\n    m.delattr('a.b', raising=False)",
        "import pkgutil\npkgutil.resolve_name('a.b')",
        "from pydoc import locate\nlocate('a.b')",
    ],
)
def test_strings_that_are_handed_over_as_an_object(code: str) -> None:
    assert found(code) == {("a.b", "object")}
    assert [s.text for s in module_strings(ast.parse(code), code)] == ["a.b"]


@pytest.mark.parametrize(
    "code",
    [
        "import logging\nlogging.getLogger('a.b')",
        "from logging import getLogger\ngetLogger(name='a.b')",
        "self.assertLogs('a.b', level='INFO')",
        "caplog.set_level(10, logger='a.b')",
        "config = {'loggers': {'a.b': {'level': 'INFO'}}}",
    ],
)
def test_names_of_loggers(code: str) -> None:
    assert found(code) == {("a.b", "logger")}
    assert [s.place.value for s in module_strings(ast.parse(code), code)] == ["logger"]


@pytest.mark.parametrize(
    "code",
    [
        "X = 'a.b'",
        "X = ['a.b']",
        "f('a.b')",
        "f(x='a.b')",
        "X = {'a.b': 1}",
        "X = {'handler': 'a.b'}",
        "X = r'a.b'",
        "def f(x='a.b'): return x",
        "x == 'a.b'",
        "f(g('a.b'))",
        "match x:\n    case 'a.b': pass",
    ],
)
def test_strings_elsewhere_that_have_the_form_of_a_name(code: str) -> None:
    assert found(code) == {("a.b", "elsewhere")}
    assert module_strings(ast.parse(code), code) == ()


@pytest.mark.parametrize(
    "code",
    [
        "'''a.b'''",
        "def f():\n    'a.b'",
        "print('a.b')",
        "log.info('a.b', 1)",
        "raise ValueError('a.b')",
        "x: 'a.b' = 1",
        "x: 'list[a.b] | a.b'",
        "def f(x: 'a.b') -> 'a.b': pass",
        "X = Optional['a.b']",
        "import typing\nX = typing.cast('a.b', y)",
        "X = f'{n}a.b'",
        "X = b'a.b'",
        "X = 'a'",
        "X = 'see a.b'",
        "X = 'a.py'",
        "X = 'a/b.c'",
        "requests.patch('/a.b')",
        "setattr(x, 'a', 1)",
        "from unittest.mock import patch\npatch.object(x, 'a')",
        "getattr(x, 'y')('-m', n)",
    ],
)
def test_strings_that_are_left_alone(code: str) -> None:
    assert found(code) == set()


@pytest.mark.parametrize(
    ("code", "is_shared"),
    [
        ("X = 'a.b'", False),
        ("class_path = 'a.b'", False),
        ("TABLE = 'a.b'", True),
        ("self.source_table = 'a.b'", True),
        ("X = {'topic': 'a.b'}", True),
        ("X = {'topic': ['a.b']}", True),
        ("TOPICS = {'a.b': 1}", True),
        ("spark.table('a.b')", True),
        ("frame.saveAsTable('a.b')", True),
        ("f(queue='a.b')", True),
        ("open('a.b')", True),
        ("read_sql_table('a.b')", True),
        ("f('a.b')\nTABLE = 'a.b'", True),
        ("f('a.b')\ng('select * from a.b where x')", True),
        ("f('a.b')\ng('select * from a.c where x')", False),
        ("f('a.b.%s' % x)", True),
        ("f(f'a.b.{x}')", True),
    ],
)
def test_what_a_string_is_given_to_may_make_it_doubtful(code: str, is_shared: bool) -> None:
    named = [x.string for x in literals_of(ast.parse(code)) if x.string.text.startswith("a.b")]
    assert {string.is_shared for string in named} == {is_shared}


@pytest.mark.parametrize(
    ("code", "package"),
    [
        ("import_module('.b', __package__)", ""),
        ("import_module('.b', package=__package__)", ""),
        ("import_module('.b', __spec__.parent)", ""),
        ("import_module('.b', __name__.rpartition('.')[0])", ""),
        ("import_module('.b', __name__)", "__name__"),
        ("import_module('.b', 'a')", "a"),
        ("import_module('.b', package='a')", "a"),
        ("import_module('.b', other)", None),
        ("import_module('.b')", None),
    ],
)
def test_what_a_relative_name_counts_from(code: str, package: str | None) -> None:
    code = f"from importlib import import_module\n{code}"
    strings = module_strings(ast.parse(code), code)
    assert [s.package for s in strings if s.text == ".b"] == [package]
    assert ("a" in [s.text for s in strings]) is (package == "a")


@pytest.mark.parametrize(
    ("code", "text", "yields_top"),
    [
        ("x = __import__('a.b')", "a.b", True),
        ("x = __import__('a.b', fromlist=[])", "a.b", True),
        ("x = __import__('a.b', fromlist=['c'])", "a.b", False),
        ("x = __import__('a.b', globals(), locals(), ('c',))", "a.b", False),
        ("__import__('a.b')", "a.b", False),
        ("x = __import__('b', globals(), locals(), ['c'], 2)", "..b", False),
        ("x = __import__('b', fromlist=['c'], level=1)", ".b", False),
    ],
)
def test_what_the_built_in_import_returns(code: str, text: str, yields_top: bool) -> None:
    [string] = module_strings(ast.parse(code), code)
    assert (string.text, string.yields_top) == (text, yields_top)


def test_facts_about_a_file_hold_what_is_handed_over_in_line_order() -> None:
    code = (
        "import importlib\nX = 'd.e'\nimportlib.import_module('b')\nimportlib.import_module('a')\n"
    )
    strings = read_python("m.py", Tree.of({"m.py": code})).module_strings
    assert [(s.line, s.text) for s in strings] == [(3, "b"), (4, "a")]
