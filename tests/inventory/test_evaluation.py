"""What path expressions evaluate to, found without running anything."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.evaluation import Evaluator
from relayout.inventory.expressions import Environment
from relayout.inventory.path_values import Unknown, repository_path
from relayout.tree import Tree

TREE = Tree.of({"Makefile": "", "a/b/script.py": "", "a/pyproject.toml": "", "data/x.csv": ""})

IMPORTS = """\
import os, sys, pathlib, inspect
import os.path as osp
from os import path, getcwd
from os.path import abspath as ab, dirname, join
from pathlib import Path
from pathlib import Path as P
"""


def evaluate(expression: str, before: str = "") -> object:
    """Return what an expression means in ``a/b/script.py``, relative to the repository."""
    module = ast.parse(f"{IMPORTS}{before}\nresult = {expression}\n")
    evaluator = Evaluator(module, "a/b/script.py", TREE)
    env = Environment()
    evaluator.run(module.body, env)
    value = env["result"]
    return "unknown" if value is Unknown else value


PATHS = {
    "__file__": "a/b/script.py",
    "os.path.dirname(__file__)": "a/b",
    "os.path.dirname(os.path.abspath(__file__))": "a/b",
    "os.path.dirname(os.path.dirname(os.path.realpath(__file__)))": "a",
    "os.path.join(os.path.dirname(__file__), '..')": "a",
    "os.path.join(os.path.dirname(__file__), os.pardir, os.pardir)": "",
    "os.path.join(os.path.dirname(__file__), '..', '..', 'data')": "data",
    "os.path.abspath(os.path.join(os.path.dirname(__file__), '../..'))": "",
    "os.path.normpath(os.path.dirname(__file__) + '/../..')": "",
    "osp.dirname(ab(__file__))": "a/b",
    "path.join(dirname(__file__), 'x')": "a/b/x",
    "Path(__file__)": "a/b/script.py",
    "Path(__file__).parent": "a/b",
    "P(__file__).resolve().parent.parent": "a",
    "pathlib.Path(__file__).absolute().parents[0]": "a/b",
    "Path(__file__).resolve().parents[1]": "a",
    "Path(__file__).resolve().parents[2]": "",
    "Path(__file__).resolve().parents[-1]": None,
    "Path(__file__).parent / '..' / 'c'": "a/c",
    "Path(__file__).parent.joinpath('..', '..', 'data')": "data",
    "Path(__file__).with_name('other.py')": "a/b/other.py",
    "Path(__file__).with_suffix('.sql')": "a/b/script.sql",
    "str(Path(__file__).parent)": "a/b",
    "os.fspath(Path(__file__).parent)": "a/b",
    "Path(__file__).parent.as_posix()": "a/b",
    "f'{Path(__file__).parent}/lib'": "a/b/lib",
    "Path(os.getcwd())": "",
    "Path.cwd() / 'data'": "data",
    "getcwd()": "",
    "Path(inspect.getfile(inspect.currentframe())).parent": "a/b",
    "'data'": "data",
    "'./data/'": "data",
    "os.path.abspath('..')": None,
    "Path(__file__).parent if Path(__file__).exists() else None": "a/b",
    "Path(__file__).parents[5] if Path('nowhere').exists() else Path(__file__).parent": "a/b",
    "[Path('a'), Path('data')][1]": "data",
    "next(p for p in Path(__file__).resolve().parents if (p / 'Makefile').exists())": "",
    "next(p for p in Path(__file__).resolve().parents if (p / 'pyproject.toml').is_file())": "a",
    "next((p for p in Path(__file__).parents if (p / 'none').exists()), Path('data'))": "unknown",
    "next(p for p in Path(__file__).resolve().parents if (p / '.git').is_dir())": "",
    "next(p for p in Path(__file__).resolve().parents if p.name == 'a')": "a",
    "(lambda: Path('a'))()": "a",
    "(lambda p: p.parent)(Path(__file__))": "a/b",
    "'%s/../c' % dirname(__file__)": "a/c",
    "'%s/%s' % (dirname(__file__), 'c')": "a/b/c",
    "'{}/{name}'.format(dirname(__file__), name='c')": "a/b/c",
    "os.sep.join([dirname(__file__), 'c'])": "a/b/c",
    "os.sep.join(ab(__file__).split(os.sep)[:-2])": "a",
    "__file__.rsplit('/', 1)[0]": "a/b",
    "Path(*Path(__file__).resolve().parts[:-2])": "a",
    "Path(__file__).resolve().parents[:2][-1]": "a",
    "os.path.split(dirname(__file__))[0]": "a",
    "os.path.relpath(dirname(__file__))": "a/b",
    "os.path.expanduser('data')": "data",
    "__import__('os').getcwd()": "",
    "{'a': 'data'}['a']": "data",
    "list(map(str, [Path('data')]))[0]": "data",
    "sorted(['data', 'a'])[0]": "a",
    "inspect.stack()[0][1]": "a/b/script.py",
    "sys.modules[__name__].__file__": "a/b/script.py",
}


@pytest.mark.parametrize(("expression", "expected"), PATHS.items())
def test_paths(expression: str, expected: str | None) -> None:
    value = evaluate(expression)
    assert (value if value == "unknown" else repository_path(value)) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "os.environ['HOME']",
        "os.getenv('ROOT', '.')",
        "sys.argv[1]",
        "open('config').read()",
        "Path.home()",
        "Path('~').expanduser()",
        "unknown_name",
        "Path(unknown_name) / 'a'",
        "os.path.join(*sys.argv)",
        "sys.path[0]",
        "os.path.dirname(sys.path[0])",
        "[p + '/x' for p in sys.path]",
        "len(sys.path)",
        "sys.argv[0]",
        "os.path.expanduser('~/x')",
        "'%d' % Path('a')",
        "'{0.__class__}'.format('a')",
        "{**{'a': 'b'}}['a']",
        "sorted(['a'], key=print)",
        "Path(__file__).parents[99]",
        "Path(__file__) / 3",
        "'a' * 3",
        "Path(__file__).read_text()",
        "(yield)",
        "[p for p in Path('/').iterdir()]",
        "10 ** 10 ** 10",
    ],
)
def test_what_cannot_be_told_is_unknown(expression: str) -> None:
    if expression == "(yield)":
        expression = "(lambda: (yield))()"
    assert evaluate(expression) == "unknown"


FOLLOWED = {
    "names assigned earlier": ("here = os.path.dirname(__file__)\nup = here + '/..'", "up", "a"),
    "a name assigned twice": ("p = Path('a')\np = p / 'b'", "p", "a/b"),
    "an annotated name": ("p: Path = Path('a')", "p", "a"),
    "an augmented name": ("p = 'a'\np += '/b'", "p", "a/b"),
    "a loop upwards": (
        "p = Path(__file__).resolve()\nwhile not (p / 'Makefile').exists():\n    p = p.parent",
        "p",
        "",
    ),
    "a loop over parents": (
        "for p in Path(__file__).resolve().parents:\n"
        "    if (p / 'pyproject.toml').exists():\n        break",
        "p",
        "a",
    ),
    "continue and else": (
        "for n in ['x', 'data']:\n    if n == 'x':\n        continue\n    p = Path(n)\n"
        "else:\n    q = p",
        "q",
        "data",
    ),
    "a counted loop": ("p = __file__\nfor _ in range(2):\n    p = os.path.dirname(p)", "p", "a"),
    "a helper": ("def up(p, n=1):\n    return p.parents[n]", "up(Path(__file__))", "a"),
    "a helper with keywords": (
        "def up(p, n=1):\n    return p.parents[n]",
        "up(Path('a/b'), n=0)",
        "a",
    ),
    "a helper of a helper": (
        "def one():\n    return Path(__file__).parent\ndef two():\n    return one().parent",
        "two()",
        "a",
    ),
    "try and except": (
        "try:\n    p = Path(__file__).parent\nexcept NameError:\n    p = Path(__file__).parent",
        "p",
        "a/b",
    ),
    "branches that agree": ("if unknown:\n    p = Path('a')\nelse:\n    p = Path('a')", "p", "a"),
    "branches that do not": ("if unknown:\n    p = Path('a')\nelse:\n    p = Path('b')", "p", None),
    "what is reassigned to the unknown": ("p = Path('a')\np = input()", "p", None),
    "what a with statement binds": ("with open('x') as p:\n    pass", "p", None),
    "a list that grows": ("p = ['a']\np.append('data')", "p[1]", "data"),
    "a list that something unknown is added to": ("p = ['a']\np.append(sys.argv)", "p[0]", None),
    "an item set": ("p = ['a']\np[0] = 'data'", "p[0]", None),
    "another current folder": ("os.chdir('a')", "os.path.abspath('b')", "a/b"),
    "two names for one value": ("p = q = Path('a')", "p / q", "a/a"),
    "pairs": ("for n, p in [(1, 'a'), (2, 'data')]:\n    pass", "p", "data"),
    "unpacking": ("p, q = Path('a'), Path('b')", "p", "a"),
    "a walrus": ("if (p := Path('a')):\n    pass", "p", "a"),
}


@pytest.mark.parametrize("case", FOLLOWED)
def test_statements_are_followed(case: str) -> None:
    before, expression, expected = FOLLOWED[case]
    value = evaluate(expression, before)
    assert (None if value == "unknown" else repository_path(value)) == expected


@pytest.mark.parametrize(
    "before",
    [
        "def f():\n    return f()",
        "p = 1\nwhile True:\n    p = p + 1",
        "p = Path('/')\nwhile p:\n    p = p.parent",
        "def f(n):\n    return g(n)\ndef g(n):\n    return f(n)",
    ],
)
def test_code_that_does_not_end_is_given_up(before: str) -> None:
    module = ast.parse(f"{IMPORTS}{before}\nresult = f(1) if 'f' in globals() else p\n")
    evaluator = Evaluator(module, "a/b/script.py", TREE)
    evaluator.run_leniently(module.body, Environment())
