"""Path hacks are recognised, and what they add is told from the code."""

from __future__ import annotations

import ast

import pytest

from relayout.inventory.path_hacks import PathAnalysis, may_have_hacks
from relayout.tree import Tree

TREE = Tree.of({"Makefile": "", "a/b/script.py": "", "utils/db.py": "", "lib/x.py": ""})
IMPORTS = "import os, sys, site\nfrom pathlib import Path\nfrom sys import path as search\n"


def hacks(code: str) -> list[tuple[str, tuple[str, ...] | None]]:
    module = ast.parse(IMPORTS + code)
    return [(h.where, h.folders) for h in PathAnalysis(module, "a/b/script.py", TREE).hacks]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("sys.path.insert(0, str(Path(__file__).parents[2]))", [("front", ("",))]),
        ("sys.path.append('utils')", [("back", ("utils",))]),
        ("sys.path.append(os.path.join(os.path.dirname(__file__), '..'))", [("back", ("a",))]),
        ("sys.path.extend(['utils', 'lib'])", [("back", ("utils", "lib"))]),
        ("sys.path += ['utils']", [("back", ("utils",))]),
        ("sys.path = ['utils'] + sys.path", [("front", ("utils",))]),
        ("sys.path = [*['utils'], *['lib']]", [("front", ("utils", "lib"))]),
        ("sys.path[:0] = ['utils']", [("front", ("utils",))]),
        ("sys.path[0] = 'utils'", [("front", ("utils",))]),
        ("search.append('utils')", [("back", ("utils",))]),
        ("site.addsitedir('utils')", [("back", ("utils",))]),
        ("os.environ['PYTHONPATH'] = 'utils'", [("front", ("utils",))]),
        ("if 'utils' not in sys.path:\n    sys.path.insert(0, 'utils')", [("front", ("utils",))]),
        ("for p in ['utils', 'lib']:\n    sys.path.insert(0, p)", [("front", ("lib", "utils"))]),
        ("for p in ['utils', 'lib']:\n    sys.path.append(p)", [("back", ("utils", "lib"))]),
        ("sys.path.insert(1, 'utils')", [("second", ("utils",))]),
        ("sys.path = sys.path + ['utils']", [("back", ("utils",))]),
        ("sys.path = ['lib', *sys.path, 'utils']", [("front", ("lib", "utils"))]),
        ("old = sys.path[:]\nsys.path = old", [("none", ())]),
        ("x = sys.path[0]\nsys.path.append(x)", [("back", None)]),
        ("os.environ['PYTHONPATH'] = 'lib:utils'", [("front", ("lib", "utils"))]),
        ("def setup():\n    sys.path.append('utils')", [("back", ("utils",))]),
        ("class A:\n    sys.path.append('utils')", [("back", ("utils",))]),
        (
            "try:\n    import x\nexcept ImportError:\n    sys.path.append('lib')",
            [("back", ("lib",))],
        ),
        ("if __name__ == '__main__':\n    sys.path.append('lib')", [("back", ("lib",))]),
        ("sys.path.insert(0, '/opt/shared')", [("front", None)]),
        ("sys.path.insert(0, os.environ['LIB'])", [("front", None)]),
        ("sys.path.insert(0, sys.argv[1])", [("front", None)]),
        ("sys.path.pop(0)", [("none", ())]),
        ("sys.path.remove('utils')", [("none", ())]),
        ("print(sys.path)", []),
        ("folders = list(sys.path)", []),
        ("os.environ['PATH'] = 'utils'", []),
        ("class sys:\n    path = []\n", []),
    ],
)
def test_what_a_statement_adds(code: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert hacks(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("sys.path.append('..')", ("a",)),
        ("sys.path.append(str(Path.cwd().parent))", ("a",)),
        ("os.chdir('../..')\nsys.path.append('lib')", ("lib",)),
        ("sys.path.append(__file__)", None),
    ],
)
def test_a_notebook_starts_in_its_own_folder_and_has_no_file(
    code: str, expected: tuple[str, ...] | None
) -> None:
    module = ast.parse(IMPORTS + code)
    [hack] = PathAnalysis(module, "a/b/look.ipynb", TREE).hacks
    assert hack.folders == expected


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ("add('lib')", ("lib",)),
        ("add('lib')\nadd(Path('utils'))", ("lib", "utils")),
        ("def main():\n    add('lib')\nif __name__ == '__main__':\n    main()", ("lib",)),
        ("def main():\n    add('lib')", ("lib",)),
        ("class A:\n    def run(self):\n        add('lib')", ("lib",)),
        ("add('lib')\nadd(sys.argv[1])", None),
        ("add('lib')\nrun = add", None),
        ("add('lib', *sys.argv)", None),
        ("", None),
    ],
)
def test_a_helper_adds_what_its_calls_say(calls: str, expected: tuple[str, ...] | None) -> None:
    helper = "def add(folder):\n    sys.path.append(str(folder))\n"
    assert hacks(helper + calls) == [("back", expected)]


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nsys.path.append('x')",
        "import sys\nsys . path.append('x')",
        "import os, sys as s\ns.path.append('x')",
        "from sys import path",
        "__import__('sys').path",
        'import_module("sys")',
        "getattr(sys, 'path')",
        "site.addsitedir('x')",
        "os.environ['PYTHONPATH'] = 'x'",
    ],
)
def test_files_with_hacks_are_looked_at(text: str) -> None:
    assert may_have_hacks(text)


def test_lines_are_those_of_the_statements() -> None:
    module = ast.parse("import sys\n\nsys.path.append('a')\nx = 1\nsys.path.append('b')\n")
    assert [h.line for h in PathAnalysis(module, "x.py", TREE).hacks] == [3, 5]
